// What all pages have in common: the header with the links and the language switch.

import { language, languages, setText, switchLanguage } from './i18n.js';

const page = document.body.dataset.page;

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function link(name) {
  const a = element('a', { href: `${name}.html`, 'data-text': `nav.${name}` });
  if (name === page) a.setAttribute('aria-current', 'page');
  return a;
}

function languageSwitch() {
  const group = element('div', { class: 'languages', role: 'group', 'data-label': 'nav.language' });
  const show = () => {
    for (const button of group.children) button.ariaPressed = String(button.lang === language());
    setTitle();
  };
  for (const [code, name] of Object.entries(languages)) {
    const button = element('button', { type: 'button', lang: code, id: `language-${code}` }, name);
    button.addEventListener('click', () => {
      switchLanguage(code);
      show();
    });
    group.append(button);
  }
  queueMicrotask(show);
  return group;
}

function setTitle() {
  const heading = document.querySelector('h1').textContent;
  document.title = page === 'home' ? `Koeru: ${heading}` : `${heading} – Koeru`;
}

export function show(target, key, values) {
  target.hidden = !key;
  if (key) setText(target, key, values);
}

document
  .getElementById('header')
  .append(
    element('a', { class: 'brand', href: './' }, element('span', { lang: 'ja' }, '越'), ' Koeru'),
    element(
      'nav',
      { 'data-label': 'nav.label' },
      ...['camera', 'call', 'doctor', 'inspector'].map(link),
    ),
    languageSwitch(),
  );
switchLanguage(language());
