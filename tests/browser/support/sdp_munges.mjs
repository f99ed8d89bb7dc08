// Ways to damage an offer of audio, video and data, as munging code does by mistake: for each, the
// rule of the lint (core/sdp/checks/rule.cc) that must find it.

// Edits of a whole text, or of one section of it.
const line = (start) => new RegExp(`^${start}.*\r\n`, 'm');
const lines = (start) => new RegExp(`^${start}.*\r\n`, 'gm');
const swap = (pattern, by) => (text) => text.replace(pattern, by);
const drop = (pattern) => swap(pattern, '');
const value = (name, by) => swap(new RegExp(`^(a=${name}:).*`, 'gm'), `$1${by}`);
const behind = (start, added) => swap(line(start), `$&${added}\r\n`);
const append = (added) => (text) => `${text}${added}\r\n`;
const move = (start, to) => (text) => to(text.replace(line(start), ''), line(start).exec(text)[0]);

const split = (text) => text.split(/(?=^m=)/m);
const inSection = (index) => (change) => (text) => {
  const parts = split(text);
  parts[index] = change(parts[index]);
  return parts.join('');
};
const session = inSection(0);
const audio = inSection(1);
const video = inSection(2);
const data = inSection(3);

const firstFormat = (part) => /^m=\S+ \S+ \S+ (\d+)/.exec(part)[1];
const port = (by) => swap(/^(m=\S+) \S+/m, `$1 ${by}`);
const format = (added) => swap(/^(m=.*)\r/m, `$1 ${added}\r`);
const protocol = (by) => swap('UDP/TLS/RTP/SAVPF', by);
const kMidExtension = 'urn:ietf:params:rtp-hdrext:sdes:mid';

function firstFormatAsVideo(text) {
  const number = firstFormat(split(text)[1]);
  return video((part) => append(`a=rtpmap:${number} VP8/90000`)(format(number)(part)))(text);
}

// The audio section's number of the mid extension, for another extension of the video section.
function midExtensionAsAnother(text) {
  const id = new RegExp(`^a=extmap:(\\d+) ${kMidExtension}`, 'm').exec(text)[1];
  const without = drop(new RegExp(`^a=extmap:\\d+ ${kMidExtension}\r\n`, 'm'));
  const toffset = /^a=extmap:\d+(.*:toffset)/m;
  return video((part) => without(part).replace(toffset, `a=extmap:${id}$1`))(text);
}

// [rule, what is done, how]
export const kMunges = [
  ['missing-line', 'no v=', drop(line('v='))],
  ['missing-line', 'no o=', drop(line('o='))],
  ['missing-line', 'no s=', drop(line('s='))],
  ['missing-line', 'no t=', drop(line('t='))],
  ['missing-line', 'nothing at all', () => ''],
  ['session-line-order', 's= in front of o=', swap(/^(o=.*\r\n)(s=.*\r\n)/m, '$2$1')],
  ['session-line-order', 'v= behind o=', swap(/^(v=.*\r\n)(o=.*\r\n)/m, '$2$1')],
  ['session-line-order', 't= at the end', session(move('t=', (rest, t) => rest + t))],
  ['media-line-order', 'c= at the end of a section', audio(move('c=', (rest, c) => rest + c))],
  ['media-line-order', 'b= at the end of a section', audio(append('b=AS:300'))],
  ['line-twice', 'v= twice', behind('v=', 'v=0')],
  ['line-twice', 'o= twice', behind('o=', 'o=- 1 1 IN IP4 0.0.0.0')],
  ['line-twice', 's= twice', behind('s=', 's=-')],
  ['line-level', 't= in a section', audio(behind('c=', 't=0 0'))],
  ['line-without-type', 'words in the session', behind('t=', 'hello world')],
  ['line-without-type', 'words in a section', audio(behind('c=', 'hello'))],
  ['line-without-type', 'a space in front of a line', audio(swap(/^a=mid/m, ' a=mid'))],
  ['line-without-type', 'spaces around "="', audio(swap(/^a=mid/m, 'a = mid'))],
  ['unknown-line-type', 'x= in the session', behind('s=', 'x=1')],
  ['unknown-line-type', 'x= in a section', audio(behind('c=', 'x=1'))],
  ['empty-line', 'an empty line in the session', behind('t=', '')],
  ['empty-line', 'an empty line in a section', audio(behind('c=', ''))],
  ['empty-line', 'an empty line at the end', append('')],
  ['line-ending', 'LF instead of CRLF', (text) => text.replaceAll('\r\n', '\n')],
  ['control-character', 'CR instead of CRLF', (text) => text.replaceAll('\r\n', '\r')],
  ['control-character', 'a NUL in a line', swap(/^s=.*/m, 's=\0-')],
  ['last-line-unended', 'no end of the last line', (text) => text.slice(0, -2)],
  ['not-ascii', 'a session name that is not ASCII', swap(/^s=.*/m, 's=会議')],
  ['long-line', 'a line of 100,000 bytes', audio(append(`a=x-long:${'x'.repeat(100_000)}`))],
  ['connection-missing', 'no c= anywhere', drop(lines('c='))],

  ['version-number', 'v=1', swap(/^v=0/m, 'v=1')],
  ['value', 'o= without an address', swap(/^(o=.*) \S+\r\n/m, '$1\r\n')],
  ['value', 't= with a word', swap(/^t=0/m, 't=now')],
  ['value', 'a port that is a word', audio(port('port'))],
  ['value', 'a port over 65535', audio(port('70000'))],
  ['value', 'm= without formats', audio(swap(/^(m=\S+ \S+ \S+).*/m, '$1'))],
  ['value', 'm= without a protocol', audio(swap(/^(m=\S+ \S+).*/m, '$1'))],
  ['value', 'b= without a number', audio(behind('c=', 'b=AS:fast'))],
  ['value', 'b= without a colon', audio(behind('c=', 'b=AS'))],
  ['value', 'c= without an address', audio(swap(/^c=.*/m, 'c=IN IP4'))],
  ['value', 'rtpmap without a clock rate', audio(swap(/^(a=rtpmap:\d+ \w+)\/.*/m, '$1'))],
  ['value', 'rtpmap of payload type 200', audio(swap(/^a=rtpmap:\d+/m, 'a=rtpmap:200'))],
  ['value', 'fmtp without parameters', audio(swap(/^(a=fmtp:\d+).*/m, '$1'))],
  ['value', 'rtcp-fb without a type', video(swap(/^(a=rtcp-fb:\d+).*/m, '$1'))],
  ['value', 'extmap without a URI', audio(swap(/^(a=extmap:\d+).*/m, '$1'))],
  ['value', 'an ice-ufrag of three characters', value('ice-ufrag', 'abc')],
  ['value', 'an ice-ufrag with "%"', value('ice-ufrag', 'ab%d')],
  ['value', 'an ice-pwd of ten characters', value('ice-pwd', '0123456789')],
  ['value', 'setup:server', value('setup', 'server')],
  ['value', 'a fingerprint without a hash', value('fingerprint', 'sha-256')],
  ['value', 'a group without semantics', value('group', '')],
  ['value', 'a mid without a name', audio(value('mid', ''))],
  ['value', 'an msid without a stream', audio(value('msid', ''))],
  ['value', 'an msid of three words', audio(swap(/^(a=msid:.*)\r/m, '$1 more\r'))],
  ['value', 'an ssrc that is a word', audio(append('a=ssrc:word cname:x'))],
  ['value', 'an ssrc without an attribute', audio(append('a=ssrc:1'))],
  ['value', 'a sctp-port that is a word', data(value('sctp-port', 'word'))],
  ['value', 'a max-message-size that is a word', data(value('max-message-size', 'big'))],
  [
    'value',
    'a candidate without a port',
    audio(append('a=candidate:1 1 udp 1 192.0.2.1 typ host')),
  ],
  ['value', 'rtcp-mux with a value', audio(swap(/^a=rtcp-mux\r/m, 'a=rtcp-mux:1\r'))],
  ['value', 'a rid without a direction', video(append('a=rid:1'))],
  ['value', 'simulcast without streams', video(append('a=simulcast:send'))],
  ['value', 'a ptime that is a word', audio(append('a=ptime:fast'))],
  ['value-spacing', 'a space behind a mid', audio(swap(/^(a=mid:.*)\r/m, '$1 \r'))],
  ['value-spacing', 'a space behind a ufrag', swap(/^(a=ice-ufrag:.*)\r/gm, '$1 \r')],
  ['value-spacing', 'a space behind a group', swap(/^(a=group:.*)\r/m, '$1 \r')],
  ['value-spacing', 'a space behind m=', audio(format(''))],
  ['value-spacing', 'two spaces in m=', audio(swap(/^(m=\S+) /m, '$1  '))],
  ['value-spacing', 'a space behind "rtpmap:"', audio(swap(/^a=rtpmap:/m, 'a=rtpmap: '))],
  ['value-form', 'a payload type with a zero in front', audio(swap(/^a=rtpmap:/m, 'a=rtpmap:0'))],
  ['value-form', 'setup:ACTPASS', value('setup', 'ACTPASS')],
  ['attribute-level', 'a group in a section', audio(append('a=group:BUNDLE 0'))],
  ['attribute-level', 'a mid in the session', behind('t=', 'a=mid:9')],
  ['attribute-level', 'an rtpmap in the session', behind('t=', 'a=rtpmap:96 VP8/90000')],
  ['attribute-level', 'rtcp-mux in the session', behind('t=', 'a=rtcp-mux')],
  ['attribute-level', 'ice-lite in a section', audio(append('a=ice-lite'))],
  ['attribute-twice', 'two ice-ufrags', audio(behind('a=ice-ufrag:', 'a=ice-ufrag:abcdefgh'))],
  ['attribute-twice', 'two rtcp-muxes', audio(behind('a=rtcp-mux', 'a=rtcp-mux'))],
  ['attribute-twice', 'two sctp-ports', data(behind('a=sctp-port', 'a=sctp-port:5001'))],
  ['attribute-case', 'a=MID', video(swap(/^a=mid:/m, 'a=MID:'))],
  ['attribute-case', 'a=SendRecv', audio(swap(/^a=sendrecv/m, 'a=SendRecv'))],

  ['mid-duplicate', 'two sections with one mid', video(value('mid', '0'))],
  ['mid-twice', 'a section with two mids', audio(behind('a=mid:', 'a=mid:9'))],
  ['mid-missing', 'a section without mid', video(drop(line('a=mid:')))],
  ['mid-missing', 'no mid and no group', swap(/^a=(mid|group):.*\r\n/gm, '')],
  ['mid-not-in-bundle', 'BUNDLE without the video', value('group', 'BUNDLE 0 2')],
  ['no-bundle', 'no BUNDLE', drop(line('a=group:'))],
  ['group-mid-unknown', 'BUNDLE with an unknown mid', value('group', 'BUNDLE 0 1 2 99')],
  ['bundle-mid-twice', 'BUNDLE with a mid twice', value('group', 'BUNDLE 0 1 2 0')],
  ['bundle-mid-twice', 'two BUNDLEs with one mid', behind('a=group:', 'a=group:BUNDLE 0')],
  ['bundle-tag-rejected', 'port 0 in the first section', audio(port(0))],
  ['bundle-rejected-section', 'port 0 in the second section', video(port(0))],
  ['bundle-only-port', 'bundle-only with a port', video(append('a=bundle-only'))],

  ['media-unknown', 'm=sound', audio(swap(/^m=audio/m, 'm=sound'))],
  ['protocol-unknown', 'FOO/BAR', audio(protocol('FOO/BAR'))],
  ['protocol-insecure', 'RTP/AVP', audio(protocol('RTP/AVP'))],
  ['protocol-insecure', 'RTP/SAVPF', audio(protocol('RTP/SAVPF'))],
  ['format-not-number', 'a payload type that is a word', audio(format('opus'))],
  ['format-not-number', 'a payload type over 127', audio(format('128'))],
  ['format-twice', 'a payload type twice', audio((part) => format(firstFormat(part))(part))],
  ['format-without-rtpmap', 'a payload type too much', audio(format('127'))],
  [
    'format-without-rtpmap',
    'a codec without its rtpmap',
    video((part) => drop(line(`a=rtpmap:${firstFormat(part)} `))(part)),
  ],
  ['format-not-listed', 'a codec taken from m= only', video(swap(/^(m=\S+ \S+ \S+) \d+/m, '$1'))],
  ['format-not-listed', 'fmtp of an unknown payload type', audio(append('a=fmtp:127 a=b'))],
  ['format-not-listed', 'rtcp-fb of an unknown payload type', audio(append('a=rtcp-fb:127 nack'))],
  ['rtpmap-not-listed', 'rtpmap of an unknown payload type', audio(append('a=rtpmap:127 x/8000'))],
  [
    'rtpmap-conflict',
    'two codecs for one payload type',
    audio((part) => append(`a=rtpmap:${firstFormat(part)} other/16000`)(part)),
  ],
  ['rtpmap-twice', 'rtpmap twice', audio(swap(/^a=rtpmap:.*\r\n/m, '$&$&'))],
  ['fmtp-twice', 'fmtp twice', audio(swap(/^a=fmtp:.*\r\n/m, '$&$&'))],
  ['codec-clock', 'opus at 8000 Hz', audio(swap('opus/48000/2', 'opus/8000/2'))],
  ['codec-clock', 'opus with one channel', audio(swap('opus/48000/2', 'opus/48000'))],
  ['bundle-codec-conflict', 'one payload type for two codecs', firstFormatAsVideo],
  ['rtx-without-apt', 'rtx without apt', video(drop(/^a=fmtp:\d+ apt=.*\r\n/m))],
  ['apt-unknown', 'apt of nothing', video(swap(/^(a=fmtp:\d+ apt)=.*/m, '$1=127'))],
  ['apt-unknown', 'apt of a word', video(swap(/^(a=fmtp:\d+ apt)=.*/m, '$1=vp8'))],
  ['apt-unknown', 'apt of itself', video(swap(/^(a=fmtp:(\d+) apt)=.*/m, '$1=$2'))],

  [
    'extmap-id-twice',
    'one id, two extensions',
    audio(swap(/^(a=extmap:\d+).*\r\n/m, '$&$1 urn:x\r\n')),
  ],
  [
    'extmap-uri-twice',
    'one extension, two ids',
    audio(swap(/^a=extmap:\d+( .*\r\n)/m, '$&a=extmap:12$1')),
  ],
  ['bundle-extmap-conflict', 'one id, two extensions, in two sections', midExtensionAsAnother],
  ['extmap-id-range', 'id 0', audio(swap(/^a=extmap:\d+/m, 'a=extmap:0'))],
  ['extmap-id-range', 'id 256', audio(swap(/^a=extmap:\d+/m, 'a=extmap:256'))],
  ['extmap-two-byte', 'id 15', audio(swap(/^a=extmap:\d+/m, 'a=extmap:15'))],

  ['ice-credentials-missing', 'no ice-ufrag', drop(lines('a=ice-ufrag:'))],
  ['ice-credentials-missing', 'no ice-pwd', drop(lines('a=ice-pwd:'))],
  ['ice-credentials-missing', 'no ice-ufrag in the video', video(drop(line('a=ice-ufrag:')))],
  [
    'candidate-type',
    'a candidate of another type',
    audio(append('a=candidate:1 1 udp 1 192.0.2.1 9 typ other')),
  ],
  [
    'candidate-after-end',
    'a candidate behind the end',
    audio(append('a=end-of-candidates\r\na=candidate:1 1 udp 1 127.0.0.1 50000 typ host')),
  ],
  ['fingerprint-missing', 'no fingerprint', drop(lines('a=fingerprint:'))],
  ['fingerprint-form', 'a short fingerprint', swap(/^(a=fingerprint:\S+ .{20}).*/gm, '$1')],
  [
    'value',
    'a fingerprint without colons',
    (text) => text.replace(/(?<=^a=fingerprint:\S+ ).*/gm, (hash) => hash.replaceAll(':', '')),
  ],
  [
    'fingerprint-form',
    'a fingerprint in small letters',
    (text) => text.replace(/^a=fingerprint:.*/gm, (found) => found.toLowerCase()),
  ],
  [
    'fingerprint-forbidden',
    'a fingerprint by MD5',
    swap(/^a=fingerprint:\S+ (.{47}).*/gm, 'a=fingerprint:md5 $1'),
  ],
  [
    'fingerprint-weak',
    'a fingerprint by SHA-1',
    swap(/^a=fingerprint:\S+ (.{59}).*/gm, 'a=fingerprint:sha-1 $1'),
  ],
  ['fingerprint-hash', 'an unknown hash', swap(/^a=fingerprint:\S+/gm, 'a=fingerprint:sha-9')],
  ['setup-missing', 'no setup', drop(lines('a=setup:'))],
  ['setup-holdconn', 'setup:holdconn', value('setup', 'holdconn')],
  ['setup-offer', 'setup:active', value('setup', 'active')],
  ['rtcp-mux-missing', 'no rtcp-mux', drop(lines('a=rtcp-mux'))],
  ['rtcp-mux-missing', 'no rtcp-mux in the video', video(drop(line('a=rtcp-mux')))],
  [
    'crypto-with-dtls',
    'crypto beside fingerprint',
    audio(append('a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9Cn')),
  ],

  ['direction-twice', 'two directions', audio(append('a=inactive'))],
  ['bandwidth-unknown', 'b=FAST', audio(behind('c=', 'b=FAST:1'))],
  ['bandwidth-twice', 'b=AS twice', audio(behind('c=', 'b=AS:100\r\nb=AS:200'))],
  ['bandwidth-zero', 'b=AS:0', audio(behind('c=', 'b=AS:0'))],
  ['rid-undeclared', 'simulcast without rids', video(append('a=simulcast:send 1;2'))],
  ['rid-undeclared', 'a rid too few', video(append('a=rid:1 send\r\na=simulcast:send 1;2'))],
  ['rid-direction', 'a rid to receive', video(append('a=rid:1 recv\r\na=simulcast:send 1'))],
  ['rid-twice', 'a rid twice', video(append('a=rid:1 send\r\na=rid:1 send\r\na=simulcast:send 1'))],
  ['rid-format-unknown', 'a rid of pt=7', video(append('a=rid:1 send pt=7\r\na=simulcast:send 1'))],
  [
    'simulcast-twice',
    'simulcast twice',
    video(append('a=rid:1 send\r\na=simulcast:send 1\r\na=simulcast:send 1')),
  ],
  ['simulcast-id-twice', 'one rid twice', video(append('a=rid:1 send\r\na=simulcast:send 1;1'))],
  ['ssrc-cname-missing', 'an ssrc without cname', video(append('a=ssrc:11 msid:a b'))],
  [
    'ssrc-two-sections',
    'one ssrc in two sections',
    (text) => video(append('a=ssrc:11 cname:x'))(audio(append('a=ssrc:11 cname:x'))(text)),
  ],
  ['ssrc-group-member', 'a group of unknown ssrcs', video(append('a=ssrc-group:FID 11 12'))],
  ['ssrc-group-size', 'an empty group', video(append('a=ssrc-group:FID'))],
  ['ssrc-group-size', 'a FID of three', video(append('a=ssrc-group:FID 11 12 13'))],
  ['sctp-elsewhere', 'sctp-port in the audio', audio(append('a=sctp-port:5000'))],
  ['sctp-port-missing', 'no sctp-port', data(drop(line('a=sctp-port')))],
  [
    'sctpmap-old',
    'sctpmap',
    data((part) =>
      part
        .replace(/^m=.*/m, 'm=application 9 DTLS/SCTP 5000')
        .replace(/^a=sctp-port:(\d+)/m, 'a=sctpmap:$1 webrtc-datachannel 1024'),
    ),
  ],
];
