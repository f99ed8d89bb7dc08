// The errors of Koeru.getUserMedia in words: Koeru has them in the languages of these pages.

import { t } from './i18n.js';

// For setText(): a key and its values, which follow when the language is switched.
export function mediaProblem(error) {
  if (error.advice) return { key: 'media.advice', values: error.advice };
  return { key: 'media.other', values: { message: error.message } };
}

export function mediaProblemText(error) {
  const { key, values } = mediaProblem(error);
  return t(key, values);
}
