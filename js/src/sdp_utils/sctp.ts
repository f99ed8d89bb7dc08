// RFC 8841 sections 5 and 6: a=sctp-port and a=max-message-size; and a=sctpmap of its drafts.

import type { SDPMLine, SDPSctpDescription, SDPSection } from '../../sdp.js';
import { readNumber, writtenNumber } from './kept.js';
import { parseMLine } from './media_line.js';
import { firstValue } from './sections.js';
import { asText, words } from './text.js';

// RFC 8841 section 6.1: 64 K unless said otherwise.
const kMaxMessageSize = 65536;
const kStreams = 65535;

export function parseSctpDescription(mediaSection: SDPSection): SDPSctpDescription | undefined {
  const port = firstValue(mediaSection, 'a=sctp-port:');
  const map = firstValue(mediaSection, 'a=sctpmap:');
  const description = {} as SDPSctpDescription;
  if (port !== undefined) {
    readNumber(description, 'port', port);
    description.protocol = parseMLine(mediaSection).fmt as string;
  } else if (map !== undefined) {
    const [mapPort, protocol, streams] = words(map);
    readNumber(description, 'port', mapPort);
    description.protocol = protocol as string;
    if (streams !== undefined) readNumber(description, 'streams', streams);
  } else return undefined;
  const size = readNumber(
    description,
    'maxMessageSize',
    firstValue(mediaSection, 'a=max-message-size:'),
  );
  if (Number.isNaN(size)) description.maxMessageSize = kMaxMessageSize;
  return description;
}

export function writeSctpDescription(media: SDPMLine, sctp: SDPSctpDescription): SDPSection {
  const port = writtenNumber(sctp, 'port', sctp.port);
  const size = writtenNumber(sctp, 'maxMessageSize', sctp.maxMessageSize);
  const isOfDrafts = media.protocol === 'DTLS/SCTP';
  const protocol = asText(sctp.protocol === undefined ? media.fmt : sctp.protocol);
  const streams = writtenNumber(sctp, 'streams', sctp.streams) || kStreams;
  return (
    `m=${asText(media.kind)} 9 ${asText(media.protocol)} ${isOfDrafts ? port : protocol}\r\n` +
    'c=IN IP4 0.0.0.0\r\n' +
    (isOfDrafts ? `a=sctpmap:${port} ${protocol} ${streams}\r\n` : `a=sctp-port:${port}\r\n`) +
    (size === '' ? '' : `a=max-message-size:${size}\r\n`)
  );
}
