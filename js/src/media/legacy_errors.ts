// The errors of every generation of getUserMedia, told in today's names.
//
//   2012  Opera 12, Chrome 21..: { code: 1 }               (codes of the 2012 draft)
//   2013  Firefox 17..:          'PERMISSION_DENIED'       (a string)
//   2014  Chrome 32..:           { name: 'PermissionDeniedError', constraintName: '' }
//   2015  Firefox 35.., Edge 12: { name: 'SourceUnavailableError', message: '' }
//   today                        DOMException 'NotAllowedError', OverconstrainedError

import type { KoeruError } from '../../koeru.js';
import { kindOf, makeError } from '../errors.js';

const kModernNameByLegacyName: Record<string, string> = {
  PERMISSION_DENIED: 'NotAllowedError',
  PermissionDeniedError: 'NotAllowedError',
  PermissionDismissedError: 'NotAllowedError',
  InvalidStateError: 'NotAllowedError',
  SecurityError: 'NotAllowedError',
  MediaDeviceFailedDueToShutdown: 'NotAllowedError',
  MediaDeviceKillSwitchOn: 'NotAllowedError',
  FailedDueToShutdown: 'NotAllowedError',
  KillSwitchOn: 'NotAllowedError',
  NO_DEVICES_FOUND: 'NotFoundError',
  DevicesNotFoundError: 'NotFoundError',
  DeviceNotFoundError: 'NotFoundError',
  HARDWARE_UNAVAILABLE: 'NotReadableError',
  TrackStartError: 'NotReadableError',
  SourceUnavailableError: 'NotReadableError',
  SOURCE_UNAVAILABLE: 'NotReadableError',
  InternalError: 'NotReadableError',
  CONSTRAINT_NOT_SATISFIED: 'OverconstrainedError',
  MANDATORY_UNSATISFIED_ERROR: 'OverconstrainedError',
  ConstraintNotSatisfiedError: 'OverconstrainedError',
  NOT_SUPPORTED_ERROR: 'NotSupportedError',
  TabCaptureError: 'AbortError',
  ScreenCaptureError: 'AbortError',
  DeviceCaptureError: 'AbortError',
  CaptureError: 'AbortError',
};

// NavigatorUserMediaError of the draft of 28 June 2012.
const kModernNameByCode: Record<number, string> = {
  1: 'NotAllowedError',
  2: 'NotSupportedError',
  3: 'OverconstrainedError',
};

const kSentenceByName: Record<string, string> = {
  NotAllowedError: 'The camera or microphone was not allowed, by the user or by the settings',
  NotFoundError: 'There is no camera or microphone of the kind that was asked for',
  NotReadableError: 'The camera or microphone is there but does not start; it may be in use',
  OverconstrainedError: 'No camera or microphone can do what the constraints demand',
  NotSupportedError: 'This browser cannot do what the constraints ask for',
  AbortError: 'The camera or microphone stopped before it delivered anything',
};

const kModernNames =
  /^(NotAllowed|NotFound|NotReadable|Overconstrained|NotSupported|Abort|Type|InsecureContext)Error$/;

interface LegacyError {
  name?: unknown;
  message?: unknown;
  code?: unknown;
  constraintName?: unknown;
  constraint?: unknown;
}

// Modern errors of the browser come back as they are; others are wrapped, kept as `cause`.
export function modernError(original: unknown): Error {
  const legacy: LegacyError =
    typeof original === 'object' && original !== null ? original : { name: original };
  const name = typeof legacy.name === 'string' ? legacy.name : '';
  // By the kind's name, because an error of another frame is no instance of ours.
  if (kModernNames.test(name) && /(Error|Exception)$/.test(kindOf(original))) {
    return original as Error;
  }

  const modernName = modernNameOf(name, legacy.code);
  const said = typeof legacy.message === 'string' && legacy.message ? legacy.message : name;
  const sentence = kSentenceByName[modernName] || 'The browser gave no known reason';
  const facts: Partial<KoeruError> = { cause: original };
  const constraint = legacy.constraintName || legacy.constraint;
  if (typeof constraint === 'string') facts.constraint = constraint;
  const detail = said || (legacy.code ? 'code ' + legacy.code : kindOf(original));
  return makeError(modernName, sentence + ' (the browser said: ' + detail + ')', facts);
}

function modernNameOf(name: string, code: unknown): string {
  if (kModernNames.test(name)) return name;
  if (Object.prototype.hasOwnProperty.call(kModernNameByLegacyName, name)) {
    return kModernNameByLegacyName[name] as string;
  }
  if (typeof code === 'number' && !name) return kModernNameByCode[code] || 'AbortError';
  return 'AbortError';
}
