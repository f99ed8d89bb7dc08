import assert from 'node:assert/strict';
import test from 'node:test';
import { attachIn, detachIn } from '../../../build/js/media/attach.js';

const stream = { kind: 'a fake MediaStream' };

function element(more) {
  return {
    attributes: {},
    played: 0,
    paused: 0,
    play() {
      ++this.played;
      return Promise.resolve();
    },
    pause() {
      ++this.paused;
    },
    load() {},
    setAttribute(name, value) {
      this.attributes[name] = value;
    },
    removeAttribute(name) {
      delete this[name];
    },
    ...more,
  };
}

function scopeWithUrls(name = 'URL') {
  const open = new Set();
  let next = 0;
  const urls = {
    createObjectURL: () => {
      open.add(`blob:${++next}`);
      return `blob:${next}`;
    },
    revokeObjectURL: (url) => open.delete(url),
  };
  return { scope: { Promise, [name]: urls }, open };
}

test('sets srcObject, plays inline, and says that it plays', async () => {
  const video = element({ srcObject: null });
  assert.equal(await attachIn({ Promise }, video, stream, { muted: true }), true);
  assert.equal(video.srcObject, stream);
  assert.equal(video.muted, true);
  assert.equal(video.played, 1);
  assert.ok('playsinline' in video.attributes);
});

test('the same stream again does not interrupt what plays', async () => {
  let sets = 0;
  let current = null;
  const video = Object.defineProperty(element({}), 'srcObject', {
    get: () => current,
    set(value) {
      current = value;
      ++sets;
    },
  });
  await attachIn({ Promise }, video, stream, {});
  await attachIn({ Promise }, video, stream, {});
  assert.equal(sets, 1);
});

test('leaves the sound alone unless told', async () => {
  const video = element({ srcObject: null, muted: false });
  await attachIn({ Promise }, video, stream, {});
  assert.equal(video.muted, false);
});

test('detach takes the stream out again', async () => {
  const video = element({ srcObject: null });
  await attachIn({ Promise }, video, stream, {});
  detachIn({ Promise }, video);
  assert.equal(video.srcObject, null);
  assert.equal(video.paused, 1);
});

test('Firefox 18 to 57: mozSrcObject', async () => {
  const video = element({ mozSrcObject: null });
  await attachIn({ Promise }, video, stream, {});
  assert.equal(video.mozSrcObject, stream);
  detachIn({ Promise }, video);
  assert.equal(video.mozSrcObject, null);
});

for (const name of ['URL', 'webkitURL']) {
  test(`before srcObject: an object URL of ${name}, given back on detach`, async () => {
    const { scope, open } = scopeWithUrls(name);
    const video = element({ play: () => undefined });
    assert.equal(await attachIn(scope, video, stream, {}), true);
    assert.equal(video.src, 'blob:1');
    detachIn(scope, video);
    assert.equal(video.src, undefined);
    assert.equal(open.size, 0);
  });
}

test('a second stream gives the first object URL back', async () => {
  const { scope, open } = scopeWithUrls();
  const video = element({});
  await attachIn(scope, video, stream, {});
  await attachIn(scope, video, stream, {});
  assert.deepEqual([...open], ['blob:2']);
});

test('a srcObject that refuses streams (Safari 9) falls back to an object URL', async () => {
  const { scope } = scopeWithUrls();
  const video = Object.defineProperty(element({}), 'srcObject', {
    get: () => null,
    set() {
      throw new TypeError('wrong type');
    },
  });
  await attachIn(scope, video, stream, {});
  assert.equal(video.src, 'blob:1');
});

test('no way to show a stream is a clear error', () => {
  assert.throws(
    () => attachIn({ Promise }, element({}), stream, {}),
    /neither srcObject nor object URLs/,
  );
});

test('Opera 12: the stream itself is the source', async () => {
  const video = element({ play: () => undefined, paused: false });
  assert.equal(await attachIn({ opera: {} }, video, stream, {}), true);
  assert.equal(video.src, stream);
  detachIn({ opera: {} }, video);
  assert.equal(video.src, undefined);
});

test('before play() gave a promise: whether it is paused', async () => {
  const blocked = element({ srcObject: null, play: () => undefined, paused: true });
  assert.equal(await attachIn({ Promise }, blocked, stream, {}), false);
});

// Refuses to play with sound until there was a tap.
function refusing() {
  const listeners = new Map();
  return element({
    srcObject: null,
    muted: false,
    ownerDocument: {
      addEventListener: (type, listener) => listeners.set(type, listener),
      removeEventListener: (type, listener) =>
        listeners.get(type) === listener && listeners.delete(type),
    },
    listeners,
    tapped: false,
    play() {
      ++this.played;
      const allowed = this.muted || this.tapped;
      const refusal = Object.assign(new Error('x'), { name: 'NotAllowedError' });
      return allowed ? Promise.resolve() : Promise.reject(refusal);
    },
  });
}

test("muted: 'if-needed' plays without sound where sound is refused", async () => {
  const video = refusing();
  assert.equal(await attachIn({ Promise }, video, stream, { muted: 'if-needed' }), true);
  assert.equal(video.muted, true);
  const allowed = element({ srcObject: null, muted: false });
  assert.equal(await attachIn({ Promise }, allowed, stream, { muted: 'if-needed' }), true);
  assert.equal(allowed.muted, false);
});

test('playOnTap: the next tap or key anywhere in the page plays it, once', async () => {
  const video = refusing();
  assert.equal(await attachIn({ Promise }, video, stream, { playOnTap: true }), false);
  assert.deepEqual([...video.listeners.keys()], ['click', 'touchend', 'keydown']);
  video.tapped = true;
  video.listeners.get('keydown')();
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(video.played, 2);
  assert.equal(video.listeners.size, 0);
});

test('playOnTap ends with detach', async () => {
  const video = refusing();
  await attachIn({ Promise }, video, stream, { playOnTap: true });
  detachIn({ Promise }, video);
  assert.equal(video.listeners.size, 0);
});

test('without a native Promise it gives one all the same', async () => {
  const video = element({ srcObject: null });
  const started = attachIn({}, video, stream, {});
  assert.equal(typeof started.then, 'function');
  assert.equal(await started, true);
});

for (const name of ['NotAllowedError', 'AbortError']) {
  test(`play() refused with ${name}: false, so that the page can offer a button`, async () => {
    const video = element({
      srcObject: null,
      play: () => Promise.reject(Object.assign(new Error('x'), { name })),
    });
    assert.equal(await attachIn({ Promise }, video, stream, {}), false);
  });
}

test('any other failure of play() is passed on', async () => {
  const error = Object.assign(new Error('no decoder'), { name: 'NotSupportedError' });
  const video = element({ srcObject: null, play: () => Promise.reject(error) });
  await assert.rejects(attachIn({ Promise }, video, stream, {}), /no decoder/);
});

test('wrong arguments say which and what instead', () => {
  assert.throws(
    () => attachIn({ Promise }, null, stream, {}),
    /<video> or <audio> element, got null/,
  );
  assert.throws(
    () => attachIn({ Promise }, {}, stream, {}),
    /<video> or <audio> element, got Object/,
  );
  assert.throws(() => attachIn({ Promise }, element({}), null, {}), /use Koeru.detach/);
  assert.throws(() => detachIn({ Promise }, undefined), /Koeru.detach\(element\)/);
});
