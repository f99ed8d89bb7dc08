// Scripts that a classic script may load, without eval and under a strict Content-Security-Policy.

import { makeError } from './errors.js';

// The policy's nonce, where the page has one: a script that it trusts may pass it on.
export function nonceOf(script: HTMLScriptElement | null | undefined): string {
  return (script && (script.nonce || script.getAttribute('nonce'))) || '';
}

export function loadByElement(url: string, nonce: string): Promise<void> {
  return new Promise(function (resolve, reject) {
    const script = document.createElement('script');
    if (nonce) script.setAttribute('nonce', nonce);
    script.onload = function () {
      resolve();
    };
    script.onerror = function () {
      reject(makeError('LoadError', url + ' is missing, or script-src forbids it'));
    };
    script.src = url;
    (document.head || document.documentElement).appendChild(script);
  });
}

// In a classic worker. A module worker has importScripts, too, which throws there.
export function loadByWorker(url: string): Promise<void> {
  return new Promise(function (resolve) {
    (self as unknown as { importScripts(url: string): void }).importScripts(url);
    resolve();
  });
}
