// The lines that have a place in a result of sdp-transform, in the order in which it writes them.
// [key in the result, template, anchor]; '+key' is a list, and a key with one field of the same name
// holds that value itself.

import { compile, type Fields, type Template } from './template.js';

export interface Row {
  name?: string;
  push?: string;
  names?: string[];
  reg: RegExp;
  format: string | ((fields: Fields) => string);
}

// What parse and write know beyond what users see.
export interface Known extends Row {
  key: string;
  template: Template;
  // The names of the attributes that it reads.
  attributes: string[];
}

type Line = [key: string, template: string, end?: string];

const kToken = '\\S*';
const kDigits = '\\d*';

// "ice-ufrag:{ice-ufrag}" and so on: one value after the name.
function value(key: string, attribute: string, reg = '.*', end = ''): Line {
  return [key, attribute + ':{' + key + '|' + reg + '}', end];
}
function number(key: string, attribute: string, reg: string): Line {
  return [key, attribute + ':{' + key + '#|' + reg + '}'];
}
function flag(key: string, names: string): Line {
  return [key, '{' + key + '|' + names + '}'];
}
function text(key: string): Line {
  return [key, '{' + key + '|.*}'];
}

const kMilliseconds = '\\d*(?:\\.\\d*)*';
const kSimulcastList = '[a-zA-Z0-9\\-_~;,]+';
const kImages = '\\*|\\[\\S+\\](?:\\s+\\[\\S+\\])*';
const kOneOf = 'send|recv';
const kBlank = '{= |\\s+}';

const kCandidate =
  'candidate:{foundation|\\S*} {component#|\\d*} {transport|\\S*} {priority#|\\d*} {ip|\\S*} ' +
  '{port#|\\d*} typ {type|\\S*}< raddr {raddr|\\S*} rport {rport#|\\d*}>< tcptype {tcptype|\\S*}>' +
  '< generation {generation#|\\d*}>< network-id {network-id#|\\d*}>' +
  '< network-cost {network-cost#|\\d*}>';

const kAttributes: Line[] = [
  // RFC 8866 section 6.6. Some senders put blanks before the slash.
  [
    '+rtp',
    'rtpmap:{payload#|\\d*} {codec|[\\w\\-.]*}<?{=|\\s*}/{rate|\\d*}<?{=|\\s*}/{encoding|\\S*}>>',
  ],
  // RFC 8866 section 6.15
  ['+fmtp', 'fmtp:{payload#|\\d*} {config|[\\S ]*}'],
  value('control', 'control'),
  // RFC 3605
  ['rtcp', 'rtcp:{port#|\\d*}< {netType|\\S*} IP{ipVer#|\\d} {address|\\S*}>'],
  // RFC 4585 section 4.2
  ['+rtcpFbTrrInt', 'rtcp-fb:{payload|\\*|\\d*} trr-int {value#|\\d*}'],
  ['+rtcpFb', 'rtcp-fb:{payload|\\*|\\d*} {type|[\\w-]*}< {subtype|[\\w-]*}>'],
  // RFC 8285 section 8, RFC 6904 section 4
  [
    '+ext',
    'extmap:{value#|\\d+}<?/{direction|\\w+}><? {encrypt-uri|urn:ietf:params:rtp-hdrext:encrypt}>' +
      ' {uri|\\S*}<? {config|\\S*}>',
  ],
  flag('extmapAllowMixed', 'extmap-allow-mixed'),
  // RFC 4568 section 9.1
  ['+crypto', 'crypto:{id#|\\d*} {suite|\\w*} {config|\\S*}< {sessionConfig|\\S*}>'],
  // RFC 4145
  value('setup', 'setup', '\\w*'),
  value('connectionType', 'connection', 'new|existing'),
  // RFC 5888
  value('mid', 'mid', kToken),
  // RFC 8830
  ['+msid', 'msid:{id|[\\w-]+}< {appdata|[\\w-]+}>'],
  number('ptime', 'ptime', kMilliseconds),
  number('maxptime', 'maxptime', kMilliseconds),
  flag('direction', 'sendrecv|recvonly|sendonly|inactive'),
  // RFC 8839 section 5
  flag('icelite', 'ice-lite'),
  value('iceUfrag', 'ice-ufrag', kToken),
  value('icePwd', 'ice-pwd', kToken),
  // RFC 8122 section 5
  ['fingerprint', 'fingerprint:{type|\\S*} {hash|\\S*}'],
  ['+candidates', kCandidate],
  flag('endOfCandidates', 'end-of-candidates'),
  value('remoteCandidates', 'remote-candidates'),
  // Several options, separated by blanks
  value('iceOptions', 'ice-options', '\\S*(?: +\\S+)*'),
  // RFC 5576
  ['+ssrcs', 'ssrc:{id#|\\d*} {attribute|[\\w-]*}<:{value|.*}>'],
  ['+ssrcGroups', "ssrc-group:{semantics|[!#$%&'*+\\-.\\w]*} {ssrcs|.*}"],
  // draft-ietf-mmusic-msid; browsers write a blank after the colon
  ['msidSemantic', 'msid-semantic:{= |\\s?}{semantic|\\w+}< {token|.*}>'],
  ['+groups', 'group:{type|\\w*} {mids|.*}'],
  // RFC 5761, RFC 5506
  flag('rtcpMux', 'rtcp-mux'),
  flag('rtcpRsize', 'rtcp-rsize'),
  ['sctpmap', 'sctpmap:{sctpmapNumber|[\\w/]*} {app|\\S*}< {maxMessageSize|\\S*}>'],
  value('xGoogleFlag', 'x-google-flag', kToken),
  // RFC 8851, RFC 6236, RFC 8853
  ['+rids', 'rid:{id|\\w+} {direction|\\w+}<? {params|[\\S ]*}>'],
  [
    '+imageattrs',
    `imageattr:{pt|\\d+|\\*}${kBlank}{dir1|${kOneOf}}${kBlank}{attrs1|${kImages}}` +
      `<?${kBlank}{dir2|${kOneOf}}${kBlank}{attrs2|${kImages}}>`,
  ],
  [
    'simulcast',
    `simulcast:{dir1|${kOneOf}} {list1|${kSimulcastList}}` +
      `<?{= |\\s?}{dir2|${kOneOf}} {list2|${kSimulcastList}}>`,
    '$',
  ],
  // draft-ietf-mmusic-sdp-simulcast-03, as old Firefox has it
  ['simulcast_03', 'simulcast:{= |\\s+}{value|[\\S\\s]+}', '$'],
  value('framerate', 'framerate', '\\d+(?:$|\\.\\d+)'),
  // RFC 4570
  [
    'sourceFilter',
    'source-filter:{= | *}{filterMode|excl|incl} {netType|\\S*} {addressTypes|IP4|IP6|\\*}' +
      ' {destAddress|\\S*} {srcList|.*}',
  ],
  flag('bundleOnly', 'bundle-only'),
  value('label', 'label', '.+'),
  // RFC 8841
  value('sctpPort', 'sctp-port', '\\d+', '$'),
  value('maxMessageSize', 'max-message-size', '\\d+', '$'),
  // RFC 7273
  ['+tsRefClocks', 'ts-refclk:{clksrc|[^\\s=]*}<={clksrcExt|\\S*}>'],
  [
    'mediaClk',
    'mediaclk:<id={id|\\S*}{= |}>{=| *}{mediaClockName|[^\\s=]*}<={mediaClockValue|\\S*}>' +
      '<{= | *}rate={rateNumerator|\\d+}/{rateDenominator|\\d+}>',
  ],
  value('keywords', 'keywds', '.+', '$'),
  value('content', 'content', '.+'),
  // RFC 8856
  value('bfcpFloorCtrl', 'floorctrl', 'c-only|s-only|c-s'),
  value('bfcpConfId', 'confid', '\\d+'),
  value('bfcpUserId', 'userid', '\\d+'),
  ['bfcpFloorId', 'floorid:{id|.+} {=mstrm:|(?:m-stream|mstrm):}{mStream|.+}'],
  // Everything else, word for word
  ['+invalid', '{value|.*}'],
];

const kLines: { [type: string]: Line[] } = {
  v: [['version', '{version|\\d*}', '$']],
  o: [
    [
      'origin',
      '{username|\\S*} {sessionId|\\d*} {sessionVersion#|\\d*} {netType|\\S*} IP{ipVer#|\\d} {address|\\S*}',
    ],
  ],
  s: [text('name')],
  i: [text('description')],
  u: [text('uri')],
  e: [text('email')],
  p: [text('phone')],
  z: [text('timezones')],
  r: [text('repeats')],
  t: [['timing', `{start#|${kDigits}} {stop#|${kDigits}}`]],
  c: [['connection', 'IN IP{version#|\\d} {ip|\\S*}']],
  b: [['+bandwidth', '{type|[^:\\s]+}:{limit|\\d*}']],
  m: [['', '{type|\\w*} {port#|\\d*}<?/{portCount#|\\d+}> {protocol|[\\w/]*}< {payloads|.*}>']],
  a: kAttributes,
};

function rowOf(line: Line): Known {
  const key = line[0].replace('+', '');
  const template = compile(line[1], line[2]);
  const isValue = template.names.length === 1 && template.names[0] === key;
  const row = { key: key, template: template, attributes: attributesOf(line[1]) } as Known;
  if (line[0].charAt(0) === '+') row.push = key;
  else if (key) row.name = key;
  if (!isValue) row.names = template.names;
  row.reg = template.reg;
  row.format = template.isFixed ? template.format({}) : template.format;
  return row;
}

function attributesOf(template: string): string[] {
  const colon = /^([a-z-]+):/.exec(template);
  if (colon) return [colon[1] as string];
  return template.slice(template.indexOf('|') + 1, -1).split('|');
}

export const known: { [type: string]: Known[] } = {};
export const grammar: { [type: string]: Row[] } = {};
for (const type in kLines) {
  const rows = (kLines[type] as Line[]).map(rowOf);
  known[type] = rows;
  // What users see and may change: copies, so that a change can be noticed.
  grammar[type] = rows.map(publicRow);
}

function publicRow(row: Known): Row {
  const shown = { reg: row.reg, format: row.format } as Row;
  if (row.name) shown.name = row.name;
  if (row.push) shown.push = row.push;
  if (row.names) shown.names = row.names;
  return shown;
}

// Whether somebody changed the exported grammar: then the general way has to be taken.
export function isChanged(): boolean {
  let types = 0;
  for (const type in grammar) {
    ++types;
    const rows = known[type];
    const shown = grammar[type] as Row[];
    if (!rows || rows.length !== shown.length) return true;
    for (let i = 0; i < rows.length; ++i) {
      const a = rows[i] as Row;
      const b = shown[i] as Row;
      if (a.reg !== b.reg || a.format !== b.format || a.name !== b.name || a.push !== b.push) {
        return true;
      }
    }
  }
  return types !== 14;
}
