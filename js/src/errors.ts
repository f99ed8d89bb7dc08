// Errors of Koeru: plain Error objects with a name to switch on, a sentence to show, and facts.
//
// They are made by a function, not by classes: `class extends Error` does not survive
// compilation to ES5, and callers compare `error.name` as they do with the browser's own errors.

import type { KoeruError } from '../koeru.js';

export function makeError(name: string, message: string, facts?: Partial<KoeruError>): KoeruError {
  const error = new Error(message) as KoeruError;
  error.name = name;
  return defineFacts(error, facts);
}

// Adds facts to an error, the browser's own ones included.
export function defineFacts<E extends Error>(error: E, facts?: Partial<KoeruError>): E {
  for (const key in facts) {
    // `cause` is not enumerable on native errors either.
    Object.defineProperty(error, key, {
      value: facts[key as keyof KoeruError],
      enumerable: key !== 'cause',
      configurable: true,
      writable: true,
    });
  }
  return error;
}

// A wrong argument: `what` names the function and the argument, `remedy` says what it takes.
export function badArgument(what: string, remedy: string): KoeruError {
  return makeError('TypeError', what + ': ' + remedy);
}

// What a value is, in a word, for messages such as "got null".
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  return Object.prototype.toString.call(value).slice(8, -1);
}

// A value as messages show it, whatever it is and however long.
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return '"' + (value.length > 40 ? value.slice(0, 40) + '...' : value) + '"';
  }
  return typeof value === 'number' ? String(value) : kindOf(value);
}

// What goes into a line as it is.
export function isTextOrNumber(value: unknown): value is string | number {
  return typeof value === 'string' || (typeof value === 'number' && isFinite(value));
}
