// Koeru.uri: stun:, stuns:, turn: and turns: URIs (RFC 7064, RFC 7065).

import type { ServerUri } from '../koeru.js';
import { callForJson } from './abi.js';
import { textOf, utf8Encode } from './text.js';

const kParse = 'Koeru.uri.parse(text)';

export function parse(text: unknown): ServerUri {
  return callForJson(kParse, 'koeru_uri_parse', utf8Encode(textOf(kParse, text))) as ServerUri;
}
