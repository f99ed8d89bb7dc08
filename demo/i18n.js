// The pages' language: strings of one file per language, put into elements by key.
//
//   <button data-text="camera.start"></button>        its text
//   <video data-label="camera.picture"></video>       its aria-label
//   <input data-placeholder="chat.write">             its placeholder
//   setText(element, 'camera.running', { width: 640, height: 480 });
//
// When the language is switched everything on the page follows, what setText wrote included.

import en from './text_en.js';
import ja from './text_ja.js';

export const languages = { en: 'English', ja: '日本語' };
const textByLanguage = { en, ja };

function preferredLanguage() {
  const saved = localStorage.getItem('koeru.language');
  if (saved in languages) return saved;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2));
  return wanted.find((tag) => tag in languages) ?? 'en';
}

let current = preferredLanguage();

export function t(key, values = {}) {
  const text = textByLanguage[current][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (braces, name) => values[name] ?? braces);
}

export function hasText(key) {
  return key in textByLanguage[current];
}

export function setText(element, key, values) {
  element.dataset.text = key;
  if (values) element.dataset.values = JSON.stringify(values);
  else delete element.dataset.values;
  element.textContent = t(key, values);
}

export function translate(root = document) {
  for (const element of root.querySelectorAll('[data-text]')) {
    element.textContent = t(element.dataset.text, JSON.parse(element.dataset.values ?? '{}'));
  }
  for (const element of root.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', t(element.dataset.label));
  }
  for (const element of root.querySelectorAll('[data-placeholder]')) {
    element.placeholder = t(element.dataset.placeholder);
  }
}

export function language() {
  return current;
}

export function switchLanguage(next) {
  current = next;
  localStorage.setItem('koeru.language', next);
  document.documentElement.lang = next;
  translate();
  document.dispatchEvent(new Event('languageswitch'));
}
