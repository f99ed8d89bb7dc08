// A description as lines and as sections.

import type { SDPBlob, SDPLine, SDPSection } from '../../sdp.js';

export function splitLines(blob: SDPBlob): SDPLine[] {
  return blob.trim().split('\n').map(trimmed);
}

function trimmed(line: string): string {
  return line.trim();
}

// The session, then one section for each m-line; each ends with one CRLF.
export function splitSections(blob: SDPBlob): SDPSection[] {
  const sections: string[] = [];
  for (let start = 0; start >= 0; ) {
    const next = blob.indexOf('\nm=', start);
    sections.push(blob.slice(start, next < 0 ? blob.length : next).trim() + '\r\n');
    start = next < 0 ? next : next + 1;
  }
  return sections;
}

export function getDescription(blob: SDPBlob): SDPSection {
  return splitSections(blob)[0] as string;
}

export function getMediaSections(blob: SDPBlob): SDPSection[] {
  return splitSections(blob).slice(1);
}

export function matchPrefix(blob: SDPBlob, prefix: string): SDPLine[] {
  return splitLines(blob).filter(function (line) {
    return line.startsWith(prefix);
  });
}

// RFC 8866 section 5: a letter, "=", and a value. Only the outermost lines matter here: "v=0" alone
// passes, and an empty text does not.
export function isValidSDP(blob: unknown): boolean {
  if (typeof blob !== 'string' || blob === '') return false;
  return splitLines(blob).every(function (line) {
    return line.length >= 2 && line.charAt(1) === '=';
  });
}

export function firstLine(section: SDPSection): string {
  return splitLines(section)[0] as string;
}

// The value of the first such line, without the prefix.
export function firstValue(section: SDPSection, prefix: string): string | undefined {
  const line = matchPrefix(section, prefix)[0];
  return line === undefined ? undefined : line.slice(prefix.length);
}

// Lines of a media section, then of its session. They need no line end at the seam, and a session
// is not needed at all.
export function matchBoth(
  media: SDPSection,
  session: SDPSection | undefined,
  prefix: string,
): SDPLine[] {
  return matchPrefix(media || '', prefix).concat(matchPrefix(session || '', prefix));
}
