// The errors of every generation of getUserMedia, by today's names.
//
//   2012  Opera 12, Chrome 21..: { code: 1 }               (codes of the 2012 draft)
//   2013  Firefox 17..:          'PERMISSION_DENIED'       (a string)
//   2014  Chrome 32..:           { name: 'PermissionDeniedError', constraintName: '' }
//   2015  Firefox 35.., Edge 12: { name: 'SourceUnavailableError', message: '' }
//   today                        DOMException 'NotAllowedError', OverconstrainedError

import { kindOf } from '../errors.js';
import { modernNameOf } from './read_constraints.js';

// [today's name, what the older ones have in common]. PermissionDismissedError, NO_DEVICES_FOUND,
// DevicesNotFoundError, TrackStartError, HARDWARE_UNAVAILABLE, MANDATORY_UNSATISFIED_ERROR, ...
const kNames: [string, RegExp][] = [
  ['NotAllowed', /denied|dismissed|invalid_?state|security|shutdown|killswitch/i],
  ['NotFound', /no_devices|not_?found/i],
  ['NotReadable', /unavailable|trackstart|internal/i],
  ['Overconstrained', /constraint|mandatory/i],
  ['NotSupported', /not_?supported/i],
];

// NavigatorUserMediaError of the draft of 28 June 2012.
const kNameByCode = ['', 'NotAllowed', 'NotSupported', 'Overconstrained'];

const kModernNames = new RegExp(
  '^(NotAllowed|NotFound|NotReadable|Overconstrained|NotSupported|Abort|Type|InsecureContext|' +
    'Timeout)Error$',
);

export interface ToldError {
  // Today's name.
  name: string;
  // In the browser's words, if it had any.
  said: string;
  // By today's name: width, not minWidth.
  constraint: string;
  // Whether the original is an Error by that name itself.
  isModern: boolean;
}

export function readError(original: unknown): ToldError {
  const told = (typeof original === 'object' && original) as Record<string, any> | false;
  const oldName = told ? String(told['name'] || '') : String(original || '');
  let name = 'Abort'; // TabCaptureError, ScreenCaptureError, ..., and what nobody knows
  if (!oldName && told) name = kNameByCode[told['code']] || name;
  kNames.forEach(function (row) {
    if (row[1].test(oldName)) name = row[0];
  });
  name = kModernNames.test(oldName) ? oldName : name + 'Error';
  const constraint = told && (told['constraint'] || told['constraintName']);
  return {
    name: name,
    said:
      (told && told['message']) ||
      oldName ||
      (told && told['code'] ? 'code ' + told['code'] : kindOf(original)),
    constraint: typeof constraint === 'string' ? modernNameOf(constraint).name : '',
    // By the kind's name, because an error of another frame is no instance of ours.
    isModern: name === oldName && /(Error|Exception)$/.test(kindOf(original)),
  };
}
