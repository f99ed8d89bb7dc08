// The errors of Koeru.getUserMedia in words: what happened, and what to do.

import { hasText, t } from './i18n.js';

export function mediaProblem(error) {
  const key = hasText(`media.${error.name}`) ? `media.${error.name}` : 'media.other';
  const values = {
    message: error.message,
    constraint: error.constraint ?? '',
    address: error.addresses?.[0] ?? `https://${location.host}`,
  };
  return { key, adviceKey: `${key}.advice`, values };
}

export function mediaProblemText(error) {
  const { key, adviceKey, values } = mediaProblem(error);
  return `${t(key, values)} ${t(adviceKey, values)}`;
}
