// The examples of js/MEDIA.md: each runs in a fake browser, and gives what it says behind "//".

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as Koeru from '../../../build/dist/koeru.mjs';
import * as fake from '../support/fake_browsers.mjs';
import { machine, modernTracks } from '../support/fake_machine.mjs';

const page = readFileSync(new URL('../../../js/MEDIA.md', import.meta.url), 'utf8');
const [, chapter] = /## Examples\n([^]*?)\n## /.exec(page);
const examples = [...chapter.matchAll(/\n([^\n]+):\n\n```js\n([^]*?)```/g)];
const AsyncFunction = (async () => {}).constructor;

function fakeVideo() {
  return {
    muted: false,
    srcObject: null,
    setAttribute() {},
    pause() {},
    play() {
      const refusal = Object.assign(new Error(), { name: 'NotAllowedError' });
      return this.muted ? Promise.resolve() : Promise.reject(refusal);
    },
  };
}

function impossible() {
  const error = Object.assign(new Error(), { name: 'OverconstrainedError', constraint: 'width' });
  const scope = fake.modern(error);
  const getCapabilities = () => ({ width: { min: 1, max: 1920 } });
  scope.navigator.mediaDevices.enumerateDevices = async () => [
    { ...machine.devices[1], getCapabilities },
  ];
  return scope;
}

// The browser for an example, by its title.
const worlds = [
  [/what is wrong/, () => fake.modern(new DOMException('', 'NotAllowedError'))],
  [/plain http/, () => fake.insecure()],
  [/no camera can meet/, impossible],
  [/nobody answers/, () => fake.modern('never')],
  [/Today's interface/, () => fake.chrome21('ok')],
];

function worldOf(title) {
  const [, make] = worlds.find(([pattern]) => pattern.test(title)) ?? [];
  const scope = make ? make() : fake.modern('ok');
  const devices = scope.navigator.mediaDevices;
  if (make || !devices) return scope;
  const { getUserMedia } = devices;
  devices.getUserMedia = async function (constraints) {
    const stream = await getUserMedia.call(this, constraints);
    for (const track of stream.getTracks()) track.applyConstraints = async () => {};
    return stream;
  };
  return scope;
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('there are examples, none longer than ten lines', () => {
  assert.equal(examples.length, chapter.match(/```js/g).length);
  assert.ok(examples.length >= 10);
  for (const [, title, code] of examples) assert.ok(code.split('\n').length <= 11, title);
});

for (const [, title, code] of examples) {
  test(`example: ${title}`, async () => {
    let checks = 0;
    const check = (value, expected) => {
      ++checks;
      assert.deepEqual(value, expected);
    };
    const body = code.replace(/^(.*); \/\/ (.*)$/gm, (line, expression, comment) =>
      isJson(comment) ? `check(${expression}, ${comment});` : line,
    );
    const scope = worldOf(title);
    const given = { Koeru, check, video: fakeVideo(), navigator: scope.navigator };
    if (/waits for a tap/.test(title)) given.stream = modernTracks({ audio: true });
    else given.video.muted = true;
    const names = Object.keys(given).filter((name) => !new RegExp(`const ${name}\\b`).test(code));
    globalThis.window = scope;
    try {
      await new AsyncFunction(...names, body)(...names.map((name) => given[name]));
    } finally {
      delete globalThis.window;
    }
    const expected = code.match(/; \/\/ /g)?.length ?? 0;
    assert.equal(checks, expected);
  });
}

test('the table of advice has exactly the ids of koeru.d.ts', () => {
  const types = readFileSync(new URL('../../../js/koeru.d.ts', import.meta.url), 'utf8');
  const [, union] = /export type AdviceId =([^;]*);/.exec(types);
  const declared = [...union.matchAll(/'([\w-]+)'/g)].map(([, id]) => id);
  const listed = [...page.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, id]) => id);
  assert.deepEqual(listed, declared);
});
