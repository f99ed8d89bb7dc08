// RFC 8839 sections 5.3, 5.4 and 5.6: ice-lite, ice-ufrag and ice-pwd, ice-options.

import type { SDPIceParameters, SDPLine, SDPSection } from '../../sdp.js';
import { matchBoth } from './sections.js';
import { asText, words } from './text.js';

const kUfrag = 'a=ice-ufrag:';
const kPassword = 'a=ice-pwd:';

export function parseIceOptions(line: SDPLine): string[] {
  return words(line.slice('a=ice-options:'.length));
}

// Of the section, else of the session; null unless there are both.
export function getIceParameters(
  mediaSection: SDPSection,
  session?: SDPSection,
): SDPIceParameters | null {
  const ufrag = matchBoth(mediaSection, session, kUfrag)[0];
  const password = matchBoth(mediaSection, session, kPassword)[0];
  if (ufrag === undefined || password === undefined) return null;
  const parameters: SDPIceParameters = {
    usernameFragment: ufrag.slice(kUfrag.length),
    password: password.slice(kPassword.length),
  };
  if (matchBoth(mediaSection, session, 'a=ice-lite').includes('a=ice-lite')) {
    parameters.iceLite = true;
  }
  return parameters;
}

export function writeIceParameters(params: SDPIceParameters): SDPLine {
  return (
    `${kUfrag}${asText(params.usernameFragment)}\r\n${kPassword}${asText(params.password)}\r\n` +
    (params.iceLite ? 'a=ice-lite\r\n' : '')
  );
}
