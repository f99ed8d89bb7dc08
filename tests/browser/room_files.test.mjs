// Files over Koeru.join between the two browsers: whole, hashed at both ends, with bounded memory,
// cancelled by either side, and when the connection ends.
//
// KOERU_FILE_MB: the size of the large one (32; `make test-all` takes 1024).

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { launchChromium, launchFirefox, until } from './support/browsers.mjs';
import { startRelay } from './support/relay.mjs';
import { connected, enterRoom, heard, newRoomName } from './support/room_page.mjs';

const kMegabytes = Number(process.env.KOERU_FILE_MB ?? 32);
const kLimit = { timeout: 120_000 + kMegabytes * 2_000 };
// Beyond what the page needs anyhow: the window of 4 MiB, buffers of the channel, and garbage.
const kHeapBytes = 96 << 20;
let relay, chromium, firefox;

before(async () => {
  relay = await startRelay();
  chromium = await launchChromium({ args: ['--enable-precise-memory-info'] });
  firefox = await launchFirefox();
});
after(async () => {
  await chromium?.close();
  await firefox?.close();
  await relay?.stop();
});

async function pair(first, second, body) {
  const room = newRoomName();
  const media = 'none';
  const a = await enterRoom(first, relay.origin, { room, name: 'Aki', media });
  const b = await enterRoom(second, relay.origin, { room, name: 'Bo', media });
  try {
    await Promise.all([connected(a), connected(b)]);
    for (const page of [a, b]) await page.evaluate(prepare);
    await body(a, b);
    for (const page of [a, b]) assert.deepEqual(page.problems, []);
  } finally {
    await a.close();
    await b.close();
  }
}

function prepare() {
  // A file of any size that is nowhere: its bytes are made when they are asked for.
  window.made = (size, name) => ({
    size,
    name,
    type: 'application/x-made',
    slice: (start, end) => ({
      async arrayBuffer() {
        const words = new Uint32Array((end - start) / 4);
        for (let i = 0; i < words.length; ++i) {
          words[i] = Math.imul(start / 4 + i, 2654435761) ^ (start >>> 7);
        }
        return words.buffer;
      },
    }),
  });
  // FNV-1a over words, carried from piece to piece: both ends must come to the same.
  window.hashOf = () => {
    let hash = 0x811c9dc5;
    return {
      add(bytes) {
        const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
        for (let i = 0; i < words.length; ++i) hash = Math.imul(hash ^ words[i], 16777619);
      },
      get value() {
        return hash >>> 0;
      },
    };
  };
  // The heap is looked at all the while.
  window.heap = { start: performance.memory?.usedJSHeapSize ?? 0, most: 0 };
  setInterval(() => {
    window.heap.most = Math.max(window.heap.most, performance.memory?.usedJSHeapSize ?? 0);
  }, 50);
}

// Begins to send; `outcome` has the hash of what was sent once the other side has it all. Nothing
// waits in one call for as long as 1 GB may take: browsers' drivers do not.
function sendMade(size) {
  window.outcome = null;
  const note = (value) => void (window.outcome = value);
  sendAll().then(note, (error) => note({ error: `${error.name}: ${error.message}` }));

  async function sendAll() {
    const hash = window.hashOf();
    const file = window.made(size, 'made.bin');
    const { slice } = file;
    file.slice = (start, end) => ({
      async arrayBuffer() {
        const buffer = await slice(start, end).arrayBuffer();
        hash.add(new Uint8Array(buffer));
        return buffer;
      },
    });
    const transfer = window.room.sendFile(file, window.room.members[0]);
    const progress = [];
    transfer.on('progress', (bytes) => progress.push(bytes));
    await transfer.done;
    const grows = progress.every((bytes, i) => i === 0 || bytes >= progress[i - 1]);
    return { hash: hash.value, grows, last: progress.at(-1), steps: progress.length };
  }
}

function receiveMade() {
  window.outcome = null;
  const note = (value) => void (window.outcome = value);
  receiveAll().then(note, (error) => note({ error: `${error.name}: ${error.message}` }));

  async function receiveAll() {
    const offer = await new Promise((resolve) => {
      if (window.heard.files.length) resolve(window.heard.files.shift());
      else window.room.once('file', resolve);
    });
    window.heard.files.length = 0;
    const hash = window.hashOf();
    let bytes = 0;
    const transfer = offer.accept((piece, offset) => {
      if (offset !== bytes) throw new Error(`piece at ${offset}, not ${bytes}`);
      bytes += piece.length;
      hash.add(piece);
    });
    await transfer.done;
    return { hash: hash.value, bytes, name: offer.name, type: offer.type, from: offer.member.name };
  }
}

async function madeTravels(from, to, size) {
  await to.evaluate(receiveMade);
  await from.evaluate(sendMade, size);
  const outcomeOf = (page) =>
    until(() => page.evaluate(() => window.outcome), 'all of it', 60 + kMegabytes);
  const [sent, received] = await Promise.all([from, to].map(outcomeOf));
  assert.deepEqual(received, {
    hash: sent.hash,
    bytes: size,
    name: 'made.bin',
    type: 'application/x-made',
    from: received.from,
  });
  assert.ok(sent.grows && sent.steps > 4, `progress in ${sent.steps} steps`);
  assert.equal(sent.last, size);
}

test(`${kMegabytes} MB travel whole, and nobody holds them in memory`, kLimit, async (t) => {
  await pair(chromium, firefox, async (a, b) => {
    for (const [name, from, to] of [
      ['Chromium to Firefox', a, b],
      ['Firefox to Chromium', b, a],
    ]) {
      const start = Date.now();
      await madeTravels(from, to, kMegabytes << 20);
      const seconds = (Date.now() - start) / 1000;
      const { start: first, most } = await a.evaluate(() => window.heap);
      t.diagnostic(
        `${name}: ${(kMegabytes / seconds).toFixed(1)} MB/s; ` +
          `Chromium's heap ${(first / 1e6).toFixed(1)} MB, at most ${(most / 1e6).toFixed(1)} MB`,
      );
      assert.ok(most > 0 && most - first < kHeapBytes, `${most - first} bytes of heap`);
    }
  });
});

test('a File arrives as a Blob, an empty one too, and through a WritableStream', kLimit, () =>
  pair(firefox, chromium, async (a, b) => {
    await b.evaluate(() => {
      window.arrived = [];
      window.room.on('file', async (offer) => {
        if (offer.name !== 'stream.txt') {
          const blob = await offer.accept().done;
          window.arrived.push([offer.name, blob.type, await blob.text()]);
          return;
        }
        let text = '';
        const decoder = new TextDecoder();
        const sink = new WritableStream({ write: (piece) => void (text += decoder.decode(piece)) });
        await offer.accept(sink).done;
        window.arrived.push([offer.name, offer.type, text]);
      });
    });
    const sent = await a.evaluate(async () => {
      const { room } = window;
      const files = [
        new File(['こんにちは'], '挨拶.txt', { type: 'text/plain' }),
        new File([], 'empty'),
        new File(['in a stream'], 'stream.txt', { type: 'text/plain' }),
      ];
      for (const file of files) await room.sendFile(file, room.members[0]).done;
      return 'done';
    });
    assert.equal(sent, 'done');
    assert.deepEqual(await b.evaluate(() => window.arrived), [
      ['挨拶.txt', 'text/plain', 'こんにちは'],
      ['empty', '', ''],
      ['stream.txt', 'text/plain', 'in a stream'],
    ]);
  }),
);

// A sink that takes nothing until it is told to: the sender stays within its window.
test('a slow receiver is not flooded', kLimit, () =>
  pair(chromium, firefox, async (a, b) => {
    await b.evaluate(() => {
      window.room.on('file', (offer) => {
        window.taken = 0;
        const open = new Promise((resolve) => (window.goOn = resolve));
        window.transfer = offer.accept((piece) => {
          window.taken += piece.length;
          return open;
        });
      });
    });
    await a.evaluate(() => {
      window.cut = 0;
      const file = window.made(24 << 20, 'slow.bin');
      const { slice } = file;
      file.slice = (start, end) => {
        window.cut = end;
        return slice(start, end);
      };
      window.transfer = window.room.sendFile(file, window.room.members[0]);
    });
    const cut = () => a.evaluate(() => window.cut);
    await until(async () => (await cut()) === 4 << 20, 'the window is full');
    // One more message there and back: nothing more is cut meanwhile.
    await a.evaluate(() => window.room.say('wait'));
    await until(async () => (await heard(b)).messages.length === 1, 'the chat goes on');
    assert.equal(await cut(), 4 << 20);
    assert.equal(await b.evaluate(() => window.taken), 64 << 10);
    await b.evaluate(() => window.goOn());
    await a.evaluate(() => window.transfer.done);
    assert.equal(await b.evaluate(() => window.taken), 24 << 20);
  }),
);

// What each side's `done` says in the end.
function outcome(page) {
  return page.evaluate(() =>
    window.transfer.done.then(
      () => 'done',
      (error) => [error.name, error.code, typeof error.advice.ja],
    ),
  );
}

test('either side may cancel or refuse, and both are told', kLimit, () =>
  pair(chromium, firefox, async (a, b) => {
    const begin = async () => {
      await a.evaluate(() => {
        window.transfer = window.room.sendFile(window.made(64 << 20, 'x'), window.room.members[0]);
      });
      await until(() => b.evaluate(() => window.heard.files.length === 1), 'an offer');
      await b.evaluate(() => {
        const offer = window.heard.files.pop();
        window.offer = offer;
        window.transfer = offer.accept(
          () => new Promise((resolve) => setTimeout(resolve, 5)),
        );
      });
      await until(() => a.evaluate(() => window.transfer.bytes > 0), 'it is under way');
    };
    for (const who of [a, b]) {
      await begin();
      await who.evaluate(() => window.transfer.cancel());
      for (const page of [a, b]) {
        assert.deepEqual(await outcome(page), ['FileError', 'cancelled', 'string']);
      }
    }
    await a.evaluate(() => {
      window.transfer = window.room.sendFile(window.made(4, 'x'), window.room.members[0]);
    });
    await until(() => b.evaluate(() => window.heard.files.length === 1), 'an offer');
    await b.evaluate(() => window.heard.files.pop().reject());
    assert.deepEqual(await outcome(a), ['FileError', 'rejected', 'string']);
    // A sink that breaks says why, to both.
    await a.evaluate(() => {
      window.transfer = window.room.sendFile(window.made(1 << 20, 'x'), window.room.members[0]);
    });
    await until(() => b.evaluate(() => window.heard.files.length === 1), 'an offer');
    await b.evaluate(() => {
      window.transfer = window.heard.files.pop().accept(() => {
        throw new Error('the disk is full');
      });
    });
    for (const page of [a, b]) assert.deepEqual(await outcome(page), ['FileError', 'sink', 'string']);
    const message = await a.evaluate(() => window.transfer.done.catch((error) => error.message));
    assert.match(message, /the disk is full/);
  }),
);

test('a member who leaves in the middle ends the transfer with a clear error', kLimit, () =>
  pair(firefox, chromium, async (a, b) => {
    await a.evaluate(() => {
      window.transfer = window.room.sendFile(window.made(256 << 20, 'x'), window.room.members[0]);
    });
    await until(() => b.evaluate(() => window.heard.files.length === 1), 'an offer');
    await b.evaluate(() => {
      window.transfer = window.heard.files.pop().accept(
        () => new Promise((resolve) => setTimeout(resolve, 5)),
      );
    });
    await until(() => a.evaluate(() => window.transfer.bytes > 0), 'it is under way');
    await b.evaluate(() => window.room.leave());
    for (const page of [a, b]) assert.deepEqual(await outcome(page), ['FileError', 'lost', 'string']);
  }),
);
