// RFC 8122 section 5: a=fingerprint:<hash function> <fingerprint>, and RFC 4145 section 4: a=setup.

import type { SDPDtlsParameters, SDPFingerprint, SDPLine, SDPSection } from '../../sdp.js';
import { matchBoth } from './sections.js';
import { fields, joinWords } from './text.js';

const kFingerprint = 'a=fingerprint:';

export function parseFingerprint(line: SDPLine): SDPFingerprint {
  const [algorithm, value] = fields(line.slice(kFingerprint.length), 2);
  return { algorithm: (algorithm || '').toLowerCase(), value: (value || '').toUpperCase() };
}

// All of the section, then all of the session. The role is always "auto": a=setup is for the
// caller.
export function getDtlsParameters(
  mediaSection: SDPSection,
  session?: SDPSection,
): SDPDtlsParameters {
  return {
    role: 'auto',
    fingerprints: matchBoth(mediaSection, session, kFingerprint).map(parseFingerprint),
  };
}

export function writeDtlsParameters(params: SDPDtlsParameters, setupType: string): SDPSection {
  const setup = setupType === undefined ? '' : `a=setup:${setupType}\r\n`;
  return setup + params.fingerprints.map(writeFingerprint).join('');
}

function writeFingerprint(fingerprint: SDPFingerprint): string {
  return `${kFingerprint}${joinWords([fingerprint.algorithm, fingerprint.value])}\r\n`;
}
