// RFC 5576 sections 4.1 and 4.2: a=ssrc and a=ssrc-group; RFC 8830 section 2: a=msid.

import type {
  SDPLine,
  SDPMediaSource,
  SDPMediaSourceGroup,
  SDPMediaStreamId,
  SDPSection,
} from '../../sdp.js';
import { readNumber } from './kept.js';
import { firstValue, matchPrefix } from './sections.js';
import { fields, words } from './text.js';

const kSsrc = 'a=ssrc:';
const kSsrcGroup = 'a=ssrc-group:';

// a=ssrc:<ssrc-id> <attribute>[:<value>]
export function parseSsrcMedia(line: SDPLine): SDPMediaSource {
  const [id, attribute] = fields(line.slice(kSsrc.length), 1);
  const source = {} as SDPMediaSource;
  readNumber(source, 'ssrc', id);
  if (attribute === undefined) return source;
  const colon = attribute.indexOf(':');
  source.attribute = colon < 0 ? attribute : attribute.slice(0, colon);
  if (colon >= 0) source.value = attribute.slice(colon + 1);
  return source;
}

export function parseSsrcGroup(line: SDPLine): SDPMediaSourceGroup {
  const [semantics, ssrcs] = fields(line.slice(kSsrcGroup.length), 1);
  return {
    semantics: semantics || '',
    ssrcs: words(ssrcs || '').map(function (ssrc) {
      return parseInt(ssrc, 10);
    }),
  };
}

export function ssrcsWith(mediaSection: SDPSection, attribute: string): SDPMediaSource[] {
  return matchPrefix(mediaSection, kSsrc)
    .map(parseSsrcMedia)
    .filter(function (source) {
      return source.attribute === attribute;
    });
}

// Of the section itself, else of one of its sources; the first, where there are several.
export function parseMsid(mediaSection: SDPSection): SDPMediaStreamId | undefined {
  const ofSection = firstValue(mediaSection, 'a=msid:');
  if (ofSection !== undefined) return streamId(ofSection);
  const source = ssrcsWith(mediaSection, 'msid')[0];
  return source && streamId(source.value || '');
}

function streamId(text: string): SDPMediaStreamId {
  const [stream, track] = words(text);
  return { stream: stream || '', track: track as string };
}
