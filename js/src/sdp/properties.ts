// Properties of sections, named as in WebRTC. None of them holds anything: they read lines.

import { badArgument, shown } from '../errors.js';
import { placeOf, valuesOf } from './access.js';
import { codecsOf } from './codec.js';
import { Section, type SectionState } from './section.js';
import { lineFrom } from './text.js';

const kDirections = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];
const kDirectionLine = RegExp('(^|\\n)a=(' + kDirections.join('|') + ')(?=\\r?(\\n|$))', 'g');

function define(
  name: string,
  get: (this: SectionState) => unknown,
  set?: (this: SectionState, value: string) => void,
): void {
  const property: PropertyDescriptor = { get, enumerable: true, configurable: true };
  if (set) property.set = set;
  Object.defineProperty(Section.prototype, name, property);
}

// Part `index` of the m= line (RFC 8866 section 5.14), which the session has not.
function media(section: SectionState): string[] {
  return section.cached('m=', function () {
    const text = section.raw('m=') || '';
    return text.split(text.indexOf('  ') < 0 ? ' ' : / +/);
  });
}

define('kind', function () {
  return media(this)[0] || '';
});
define('port', function () {
  return this.index ? parseInt(media(this)[1] as string, 10) : undefined;
});
define('protocol', function () {
  return media(this)[2] || '';
});
define('formats', function () {
  return media(this).slice(3);
});
define('codecs', function () {
  return codecsOf(this);
});
// RFC 8866 section 5.14; with bundle-only a port of 0 says something else (RFC 9143 section 6).
define('rejected', function () {
  return this.port === 0 && this.raw('bundle-only') === undefined;
});

// The value's text: these are nothing but one.
function defineText(name: string, attribute: string, isInherited: boolean): void {
  define(name, function () {
    const own = this.raw(attribute);
    return own === undefined && isInherited ? this.owner.session.raw(attribute) : own;
  });
}
defineText('mid', 'mid', false);
// The session's holds for each section that has none (RFC 8839 section 5.4, RFC 8842 section 5.2).
defineText('iceUfrag', 'ice-ufrag', true);
defineText('icePwd', 'ice-pwd', true);
defineText('setup', 'setup', true);

function defineValues(name: string, line: string, isInherited?: boolean): void {
  define(name, function () {
    const own = valuesOf(this, line);
    return own.length || !isInherited ? own : valuesOf(this.owner.session, line);
  });
}
defineValues('bandwidths', 'b=');
defineValues('candidates', 'candidate');
defineValues('fingerprints', 'fingerprint', true);
defineValues('headerExtensions', 'extmap', true);
defineValues('msids', 'msid');
defineValues('rids', 'rid');
defineValues('ssrcs', 'ssrc');

// Where lines of a direction start in the text.
function directionsOf(section: SectionState): number[] {
  const found: number[] = [];
  section.toString().replace(kDirectionLine, function (line, lf, _direction, _end, at) {
    found.push(at + lf.length);
    return line;
  });
  return found;
}

define(
  'direction',
  // RFC 8866 section 6.7: "sendrecv" where none is given.
  function () {
    const at = directionsOf(this)[0];
    if (at !== undefined) return lineFrom(this.toString(), at + 2);
    return this.index ? this.owner.session.direction : 'sendrecv';
  },
  function (direction) {
    if (kDirections.indexOf(direction) < 0) {
      throw badArgument(
        'Koeru.sdp: section.direction',
        'needs one of ' + kDirections.join(', ') + ', got ' + shown(direction),
      );
    }
    const found = directionsOf(this);
    const at = found.shift();
    // Another would contradict it.
    this.eraseAll(found.map(this.indexAt, this));
    if (at === undefined) this.insert(placeOf(this, direction, 'a='), 'a=' + direction);
    else this.writeAt(at, 'a=' + direction);
  },
);
