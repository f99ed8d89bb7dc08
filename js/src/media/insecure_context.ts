// Why the camera is hidden, and which address would show it.
//
// Browsers offer the camera to secure contexts only (W3C "Secure Contexts" section 3): pages over
// https, and pages of this very machine (localhost, 127.0.0.0/8, ::1). Elsewhere today's browsers
// remove navigator.mediaDevices and every older form of getUserMedia.

import type { KoeruError } from '../../koeru.js';
import { makeError } from '../errors.js';
import type { LocationLike, Scope } from '../scope.js';
import { adviceOf, type Thing } from './advice.js';

export function isLocalName(hostname: string): boolean {
  return (
    /^(.*\.)?localhost\.?$/i.test(hostname) ||
    /^127(\.\d{1,3}){3}$/.test(hostname) ||
    hostname === '[::1]' ||
    hostname === '::1'
  );
}

export function isInsecureContext(scope: Scope): boolean {
  if (typeof scope.isSecureContext === 'boolean') return !scope.isSecureContext;
  // Browsers from before isSecureContext: judge by the address.
  const location = scope.location;
  return !!location && location.protocol === 'http:' && !isLocalName(location.hostname);
}

// The addresses under which this page would be a secure context, best first.
export function secureAddresses(location: LocationLike | undefined): string[] {
  if (!location || location.protocol !== 'http:' || !location.hostname) return [];
  const rest = location.pathname + location.search + location.hash;
  const port = location.port ? ':' + location.port : '';
  return ['https://' + location.hostname + rest, 'http://localhost' + port + rest];
}

export function insecureContextError(scope: Scope, what: Thing, cause?: unknown): KoeruError {
  const location = scope.location;
  const addresses = secureAddresses(location);
  const isFrame = !addresses.length && !!location && location.protocol === 'https:';
  const advice = adviceOf(
    isFrame ? 'insecure-frame' : 'insecure-page',
    what,
    addresses.concat('https://', 'http://localhost'),
  );
  const facts: Partial<KoeruError> = { addresses: addresses, advice: advice };
  if (cause !== undefined) facts.cause = cause;
  return makeError('InsecureContextError', advice.en, facts);
}
