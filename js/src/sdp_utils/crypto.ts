// RFC 4568 section 9.1:
//   a=crypto:<tag> <crypto-suite> <key-params> [<session-params>]
//   key-params = "inline:" <key||salt> ["|" lifetime] ["|" MKI ":" length], more of them behind ";"

import type { SDPCrypto, SDPCryptoKeyParameters, SDPLine, SDPSection } from '../../sdp.js';
import { readNumber, writtenNumber } from './kept.js';
import { matchBoth } from './sections.js';
import { joinWords, words } from './text.js';

const kCrypto = 'a=crypto:';
const kInline = 'inline:';

export function parseCryptoLine(line: SDPLine): SDPCrypto {
  const parts = words(line.slice(kCrypto.length));
  const crypto = {} as SDPCrypto;
  readNumber(crypto, 'tag', parts[0]);
  crypto.cryptoSuite = parts[1] as string;
  crypto.keyParams = parts[2] as string;
  crypto.sessionParams = parts.slice(3);
  return crypto;
}

export function writeCryptoLine(params: SDPCrypto): SDPLine {
  const key = params.keyParams;
  const line = joinWords([
    writtenNumber(params, 'tag', params.tag),
    params.cryptoSuite,
    typeof key === 'object' ? writeCryptoKeyParams(key) : key,
    params.sessionParams ? params.sessionParams.join(' ') : '',
  ]);
  return `${kCrypto}${line}\r\n`;
}

export function parseCryptoKeyParams(keyParams: string): SDPCryptoKeyParameters | null {
  if (!keyParams.startsWith(kInline)) return null;
  const end = keyParams.indexOf(';');
  const first = end < 0 ? keyParams : keyParams.slice(0, end);
  const [salt, ...rest] = first.slice(kInline.length).split('|');
  // A lifetime has no colon, so that it may be left out in front of the MKI.
  const hasLifetime = rest.length > 1 || (rest.length === 1 && !(rest[0] as string).includes(':'));
  const [value, length] = (rest[hasLifetime ? 1 : 0] || '').split(':');
  const params: SDPCryptoKeyParameters = {
    keyMethod: 'inline',
    keySalt: salt as string,
    lifeTime: hasLifetime ? rest[0] : undefined,
    mkiValue: value || undefined,
    mkiLength: length,
  };
  if (end >= 0) params.furtherKeys = keyParams.slice(end + 1);
  return params;
}

export function writeCryptoKeyParams(params: SDPCryptoKeyParameters): string {
  const hasMki = params.mkiValue && params.mkiLength;
  return (
    `${params.keyMethod}:${params.keySalt}` +
    (params.lifeTime ? `|${params.lifeTime}` : '') +
    (hasMki ? `|${params.mkiValue}:${params.mkiLength}` : '') +
    (params.furtherKeys === undefined ? '' : `;${params.furtherKeys}`)
  );
}

export function getCryptoParameters(mediaSection: SDPSection, session?: SDPSection): SDPCrypto[] {
  return matchBoth(mediaSection, session, kCrypto).map(parseCryptoLine);
}
