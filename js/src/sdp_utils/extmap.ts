// RFC 8285 section 8: a=extmap:<value>["/"<direction>] <URI> <extension attributes>

import type { SDPDirection, SDPHeaderExtension, SDPLine } from '../../sdp.js';
import { readNumber, writtenNumber } from './kept.js';
import { fields, joinWords } from './text.js';

const kExtmap = 'a=extmap:';

export function parseExtmap(line: SDPLine): SDPHeaderExtension {
  const [place, uri, attributes] = fields(line.slice(kExtmap.length), 2);
  const [id, direction] = (place || '').split('/');
  const extension = {} as SDPHeaderExtension;
  readNumber(extension, 'id', id);
  extension.direction = direction === undefined ? 'sendrecv' : (direction as SDPDirection);
  extension.uri = uri as string;
  extension.attributes = attributes || '';
  return extension;
}

export function writeExtmap(extension: SDPHeaderExtension): SDPLine {
  const preferred = extension.preferredId;
  const id =
    !extension.id && preferred !== undefined
      ? writtenNumber(extension, 'preferredId', preferred)
      : writtenNumber(extension, 'id', extension.id);
  const direction = extension.direction;
  const place = direction && direction !== 'sendrecv' ? `${id}/${direction}` : id;
  return `${kExtmap}${joinWords([place, extension.uri, extension.attributes])}\r\n`;
}
