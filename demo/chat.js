// The chat: a line to write, and a log that screen readers follow.

import { element } from './page.js';

const log = document.getElementById('chat-log');
const form = document.getElementById('chat-form');
const input = document.getElementById('chat-text');
const button = document.getElementById('chat-send');

// Calls `send(text)` for each line written.
export function onChat(send) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    send(text);
    input.value = '';
  });
}

export function enableChat(enabled) {
  input.disabled = !enabled;
  button.disabled = !enabled;
}

// Text only, never HTML: it comes from somebody else.
export function showLine(name, text, isOwn) {
  const line = element('p', { class: isOwn ? 'own' : 'other' }, element('b', {}, name), ' ', text);
  log.append(line);
  log.scrollTop = log.scrollHeight;
}
