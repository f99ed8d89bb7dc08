// What Koeru.install puts in place in browsers of each age, and that uninstall leaves no trace.

import assert from 'node:assert/strict';
import test from 'node:test';
import { getUserMediaIn } from '../../../build/js/media/get_user_media.js';
import { installIn, uninstallIn } from '../../../build/js/media/install.js';
import { attachIn } from '../../../build/js/media/attach.js';
import * as fake from '../support/fake_browsers.mjs';
import { machine } from '../support/fake_machine.mjs';

// Every own property of the objects that a script could look at, by its very descriptor.
function snapshot(scope) {
  const places = [
    scope.navigator,
    scope.navigator.mediaDevices,
    scope.URL,
    scope.HTMLMediaElement?.prototype,
    scope.MediaStream?.prototype,
  ];
  return places.map((place) => place && Object.getOwnPropertyDescriptors(place));
}

function installed(scope, steps) {
  const names = installIn(scope);
  return Promise.resolve(steps(names)).then(
    () => uninstallIn(scope),
    (error) => {
      uninstallIn(scope);
      throw error;
    },
  );
}

for (const [name, browser] of Object.entries(fake.everyAge)) {
  test(`${name}: mediaDevices as today, and not a trace after uninstall`, async () => {
    const scope = browser('ok');
    const before = snapshot(scope);
    await installed(scope, async (names) => {
      assert.deepEqual(installIn(scope), names); // twice is once
      const devices = scope.navigator.mediaDevices;
      const stream = await devices.getUserMedia({ video: true });
      assert.equal(stream.getVideoTracks().length, 1);
      assert.equal(typeof devices.enumerateDevices, 'function');
      assert.equal(typeof scope.navigator.getUserMedia, 'function');
      // Koeru itself still goes to the browser.
      assert.equal((await getUserMediaIn(scope, { video: true })).getVideoTracks().length, 1);
    });
    assert.deepEqual(snapshot(scope), before);
  });
}

for (const name of ['modern', 'safari11']) {
  test(`${name}: the good native functions stay`, async () => {
    const scope = fake[name]('ok');
    const { getUserMedia, enumerateDevices } = scope.navigator.mediaDevices;
    await installed(scope, (names) => {
      assert.equal(scope.navigator.mediaDevices.getUserMedia, getUserMedia);
      assert.equal(scope.navigator.mediaDevices.enumerateDevices, enumerateDevices);
      assert.ok(!names.some((each) => /mediaDevices/.test(each)), String(names));
    });
  });
}

for (const [name, original] of [
  ['edge12', { name: 'PermissionDeniedError' }],
  ['chrome47', { name: 'DevicesNotFoundError' }],
  ['firefox17', 'PERMISSION_DENIED'],
]) {
  test(`${name}: errors come out by today's names`, async () => {
    const scope = fake[name](original);
    await installed(scope, async () => {
      const error = await scope.navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => null,
        (e) => e,
      );
      assert.match(error.name, /^Not(Allowed|Found)Error$/);
      assert.equal(error.cause, original);
      assert.ok(error.advice.en);
    });
  });
}

test('the callback form takes constraints of old pages where it was missing', async () => {
  const log = [];
  const scope = fake.safari11('ok', log);
  await installed(scope, async () => {
    const old = { video: { mandatory: { minWidth: 640 } } };
    await new Promise((resolve, reject) => scope.navigator.getUserMedia(old, resolve, reject));
    assert.deepEqual(log[0].constraints.video, { width: { min: 640 } });
  });
});

test('enumerateDevices over getSources', async () => {
  const scope = fake.chrome30('ok');
  await installed(scope, async () => {
    const list = await scope.navigator.mediaDevices.enumerateDevices();
    assert.equal(list.length, machine.sources.length);
    assert.equal(list[0].deviceId, 'mic');
  });
});

test('on an insecure page it says which address would work', async () => {
  const scope = fake.insecure();
  await installed(scope, async () => {
    await assert.rejects(scope.navigator.mediaDevices.getUserMedia({ video: true }), {
      name: 'InsecureContextError',
    });
  });
  assert.equal(scope.navigator.mediaDevices, undefined);
});

test('getDisplayMedia where the screen can be had, and only there', async () => {
  const firefox = fake.firefox32('ok');
  await installed(firefox, async () => {
    const stream = await firefox.navigator.mediaDevices.getDisplayMedia({ video: true });
    assert.equal(stream.getVideoTracks().length, 1);
  });
  const chrome = fake.chrome47('ok');
  await installed(chrome, () => {
    assert.equal(chrome.navigator.mediaDevices.getDisplayMedia, undefined);
  });
});

function element(scope, more) {
  return Object.assign(Object.create(scope.HTMLMediaElement.prototype), {
    removeAttribute(name) {
      delete this[name];
    },
    load() {},
    ...more,
  });
}

test('Chrome 21: srcObject by an object URL', async () => {
  const scope = fake.chrome21('ok');
  await installed(scope, async () => {
    const video = element(scope);
    assert.equal(video.srcObject, null);
    const stream = await scope.navigator.mediaDevices.getUserMedia({ video: true });
    video.srcObject = stream;
    assert.equal(video.src, 'blob:old');
    assert.equal(video.srcObject, stream);
    video.srcObject = null;
    assert.equal(video.src, undefined);
    assert.equal(video.srcObject, null);
  });
});

test('Firefox 17: srcObject by mozSrcObject, also for attach', async () => {
  const scope = fake.firefox17('ok');
  await installed(scope, async () => {
    const video = element(scope, { play: () => undefined, setAttribute() {} });
    const stream = {};
    video.srcObject = stream;
    assert.equal(video.mozSrcObject, stream);
    assert.equal(video.srcObject, stream);
    const other = {};
    await attachIn(scope, video, other, {});
    assert.equal(video.mozSrcObject, other);
  });
});

test('streams of today get back the stop that old pages call', async () => {
  class MediaStream {
    getTracks() {
      return this.tracks;
    }
  }
  const scope = fake.modern('ok', [], { MediaStream });
  const stream = Object.assign(new MediaStream(), { tracks: [{ stop: () => ++stopped }] });
  let stopped = 0;
  await installed(scope, () => stream.stop());
  assert.equal(stopped, 1);
  assert.equal(stream.stop, undefined);
});

// A browser of today: srcObject, and createObjectURL for files alone.
function today({ takesStreams = false } = {}) {
  class MediaStream {
    stop() {}
  }
  class HTMLMediaElement {
    constructor() {
      Object.assign(this, { srcObject_: null, src_: '' });
    }
    get src() {
      return this.src_;
    }
    set src(url) {
      this.src_ = `set ${url}`;
    }
    get srcObject() {
      return this.srcObject_;
    }
    set srcObject(stream) {
      this.srcObject_ = stream;
    }
  }
  const element = {
    setAttribute(name, value) {
      this[name] = value;
    },
  };
  Object.setPrototypeOf(HTMLMediaElement.prototype, element);
  const revoked = [];
  const URL = {
    createObjectURL(object) {
      if (object instanceof MediaStream && !takesStreams)
        throw new TypeError('Overload resolution failed');
      return 'blob:file';
    },
    revokeObjectURL: (url) => revoked.push(url),
  };
  return { scope: fake.modern('ok', [], { MediaStream, HTMLMediaElement, URL }), revoked };
}

test('createObjectURL(stream), for pages that still use it', async () => {
  const { scope, revoked } = today();
  const before = snapshot(scope);
  await installed(scope, () => {
    const stream = new scope.MediaStream();
    const url = scope.URL.createObjectURL(stream);
    assert.match(url, /^blob:/);
    const video = new scope.HTMLMediaElement();
    video.src = url;
    assert.equal(video.srcObject, stream);
    assert.equal(video.src, url);
    // Pages revoke at once; what plays goes on.
    scope.URL.revokeObjectURL(url);
    assert.equal(video.srcObject, stream);
    video.src = 'film.webm';
    assert.equal(video.srcObject, null);
    assert.equal(video.src, 'set film.webm');
    video.setAttribute('SRC', scope.URL.createObjectURL(stream));
    assert.equal(video.srcObject, stream);
    video.setAttribute('width', '640');
    assert.equal(video.width, '640');
    // Files go the old way.
    assert.equal(scope.URL.createObjectURL({}), 'blob:file');
    scope.URL.revokeObjectURL('blob:file');
    assert.deepEqual(revoked, ['blob:file']);
  });
  assert.deepEqual(snapshot(scope), before);
});

test('createObjectURL stays where it takes streams itself (Chrome 53 to 70)', async () => {
  const { scope } = today({ takesStreams: true });
  const { createObjectURL } = scope.URL;
  await installed(scope, () => assert.equal(scope.URL.createObjectURL, createObjectURL));
});

test('what somebody else built upon it stays, and that is said', () => {
  const said = [];
  const scope = fake.safari11('ok');
  scope.console = { warn: (message) => said.push(message) };
  installIn(scope);
  const theirs = () => {};
  scope.navigator.getUserMedia = theirs;
  uninstallIn(scope);
  assert.equal(scope.navigator.getUserMedia, theirs);
  assert.deepEqual(said, [
    'Koeru.uninstall: navigator.getUserMedia was changed by somebody else and stays',
  ]);
});
