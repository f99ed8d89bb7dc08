// Inputs for the C interface: good ones, each cut short everywhere, and each with bytes changed.

import { readFileSync, readdirSync } from 'node:fs';
import { addSdpInputs } from './sdp_inputs.mjs';

const kVectors = new URL('../vectors/', import.meta.url);
const kText = (name) => readFileSync(new URL(name, kVectors), 'utf8');

const kUris = [
  'stun:stun.example.org',
  'stuns:[2001:db8::1]:443',
  'turn:192.0.2.1?transport=udp',
  'turns:turn.example.org:443?transport=tcp',
  'turn:user@example.org',
  'TURN:Example.ORG:3478',
];
const kCandidates = [
  '',
  'end-of-candidates',
  'candidate:842163049 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 10.0.0.1 rport 61665 generation 0 ufrag abcd network-cost 999',
  'a=candidate:1 1 TCP 2130706431 fe80::1%eth0 9 typ host tcptype active generation 0 network-id 1',
  'candidate:a+/ 2 udp 1 1b2c3d4e-0000-4000-8000-00805f9b34fb.local 5000 typ host',
];

// Numerical Recipes' generator: the same inputs for the same seed everywhere.
function random(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function fields(values) {
  const parts = values.map((value) => Buffer.from(value));
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  );
}

// The hexadecimal messages of tests/vectors/stun_messages.h.
function messages() {
  const found = [...kText('stun_messages.h').matchAll(/k\w+ =\s*((?:"[0-9a-f ]+"\s*)+);/g)];
  return found.map(([, literals]) => Buffer.from(literals.replace(/[^0-9a-f]/g, ''), 'hex'));
}

// The rows {name, hex, text} of tests/vectors/attribute_values.h, as far as they are plain text.
function attributes() {
  const rows = kText('attribute_values.h').matchAll(
    /\{"([A-Z0-9-]+)",\s*"([0-9a-f]*)",\s*"([^"\\]*)"\}/g,
  );
  return [...rows].map(([, name, hex, text]) => ({ name, hex, text }));
}

// Operations of koeru_sdp_edit, all but their text.
const kEdits = [
  ['reorder-codecs', '', 'VP9'],
  ['remove-codecs', '', 'VP8'],
  ['keep-codecs', '', 'opus', 'H264'],
  ['set-bandwidth', '', 'AS', '500'],
  ['set-bandwidth', 'session', 'CT', '1000'],
  ['set-direction', '0', 'recvonly'],
  ['set-fmtp', '', 'H264', 'x-test', '1'],
  ['remove-fmtp', '', 'H264', 'profile-level-id'],
  ['add-candidate', '0', 'candidate:1 1 udp 1 192.0.2.1 9 typ host'],
  ['remove-candidates', '', 'transport=tcp'],
  ['set-opus', '', 'stereo', '1', 'ptime', '40'],
  ['set-simulcast', '', 'send', 'h', 'max-width=1280;max-fps=30', '~l', ''],
];

function descriptions() {
  const folder = new URL('sdp/', kVectors);
  const names = readdirSync(folder).filter((name) => name.endsWith('.sdp'));
  return names.sort().map((name) => kText(`sdp/${name}`));
}

// Inputs of koeru_inspect, each with its form.
function inspected(description) {
  const capture = readFileSync(new URL('turn-coturn-4.6.1.pcapng', kVectors));
  return [
    ['', description],
    ['', capture.subarray(0, 4000)],
    ['text', [...kUris, ...kCandidates].join('\n')],
    ...messages().flatMap((message) => [
      ['packet', message],
      ['text', message.toString('hex')],
    ]),
  ];
}

function good() {
  const list = [];
  const add = (operation, bytes) => list.push({ operation, bytes: Buffer.from(bytes) });
  add('version', '');
  kUris.forEach((uri) => add('uri_parse', uri));
  kCandidates.forEach((line) => add('candidate_parse', line));
  add(
    'candidate_format',
    fields(['candidate:', '1', '1', 'udp', '99', '192.0.2.1', '9', 'host', '', '', 'x', 'y']),
  );
  const texts = descriptions();
  for (const message of messages()) {
    add('stun_decode', fields(['bytes', message, 'マトリックス', 'example.org', 'TheMatrIX']));
    add('stun_decode', fields(['hex', message.toString('hex'), '', '', 'VOkJxbRl1RmTxUk/WvJxBt']));
  }
  const id = 'b7e7a701bc34d686fa87dfae';
  for (const { name, hex, text } of attributes()) {
    const head = ['success response', 'Allocate', id, 'u', 'r', 'p', 'sha256', 'fingerprint'];
    add('stun_encode', fields([...head, name, 'value', text, '']));
    add('stun_encode', fields([...head, name, 'hex', hex, '']));
  }
  for (const name of ['chromium_video_offer', 'firefox_simulcast_offer', 'firefox_data_answer']) {
    const text = kText(`sdp/${name}.sdp`);
    add('sdp_lint', fields(['lenient', name.split('_').pop(), text]));
    add('sdp_lint', fields(['strict', '', text.replaceAll('mid:', 'mid: ')]));
  }
  inspected(texts[0]).forEach(([form, input]) => {
    add('inspect', fields(['user', '', 'secret', form, input]));
  });
  texts.forEach((text, i) => {
    for (const edit of kEdits) add('sdp_edit', fields([...edit, text]));
    add('sdp_diff', fields([text, texts[(i + 1) % texts.length]]));
  });
  return list;
}

// What takes most memory: it grows, several times.
const kLargest = {
  operation: 'candidate_parse',
  bytes: Buffer.from(`candidate:1 1 udp 1 192.0.2.1 9 typ host${' a b'.repeat(65_000)}`),
};

export function makeInputs(seed) {
  const next = random(seed);
  const all = good();
  addSdpInputs((operation, values) => all.push({ operation, bytes: fields(values) }), next);
  const whole = [...all];
  all.push(kLargest);
  for (const { operation, bytes } of whole) {
    for (let i = 0; i < 12 && bytes.length; ++i) {
      all.push({ operation, bytes: bytes.subarray(0, next(bytes.length)) });
      const changed = Buffer.from(bytes);
      for (let n = next(4); n >= 0; --n) changed[next(changed.length)] = next(256);
      all.push({ operation, bytes: changed });
    }
  }
  return all;
}
