// Both browsers reach each other through the relay over every transport that a client may use:
// UDP, TCP, TLS, and TLS on the very port that serves the page.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { makeAuthority } from './support/authority.mjs';
import { launchChromium, launchFirefox, newPage } from './support/browsers.mjs';
import { startRelay } from './support/relay.mjs';

const kLimit = { timeout: 120_000 };
let files, relay;

before(async () => {
  files = await makeAuthority();
  relay = await startRelay([`--cert=${files.certificate}`, `--pkey=${files.key}`]);
});
after(async () => {
  assert.equal(await relay?.stop(), 0);
  await files?.remove();
});

// In the page: two connections that may use relay candidates of one URL only, and a data channel
// between them that carries each of `sizes` there and back.
async function loopbackThrough(url, credentials, sizes) {
  const config = { iceServers: [{ urls: [url], ...credentials }], iceTransportPolicy: 'relay' };
  const errors = [];
  const pcs = [new RTCPeerConnection(config), new RTCPeerConnection(config)];
  const bounded = (promise, what) =>
    Promise.race([
      promise,
      new Promise((_, reject) =>
        setTimeout(() => reject(new Error(`${what}: not within 30 s; ${errors.join(', ')}`)), 30_000),
      ),
    ]);
  try {
    const kinds = [];
    pcs.forEach((pc, i) => {
      pc.onicecandidateerror = (e) => errors.push(`${e.url} ${e.errorCode} ${e.errorText}`);
      pc.onicecandidate = ({ candidate }) => {
        if (!candidate?.candidate) return;
        kinds.push(`${candidate.type} ${candidate.relayProtocol ?? ''}`.trim());
        pcs[1 - i].addIceCandidate(candidate);
      };
    });
    pcs[1].ondatachannel = ({ channel }) => {
      channel.binaryType = 'arraybuffer';
      channel.onmessage = ({ data }) => channel.send(data);
    };
    const channel = pcs[0].createDataChannel('echo');
    channel.binaryType = 'arraybuffer';
    const opened = new Promise((resolve) => (channel.onopen = resolve));
    await pcs[0].setLocalDescription(await pcs[0].createOffer());
    await pcs[1].setRemoteDescription(pcs[0].localDescription);
    await pcs[1].setLocalDescription(await pcs[1].createAnswer());
    await pcs[0].setRemoteDescription(pcs[1].localDescription);
    await bounded(opened, 'a data channel');
    const echoed = [];
    for (const size of sizes) {
      const sent = new Uint8Array(size).map((_, i) => (i * 7 + size) & 255);
      const back = new Promise((resolve) => (channel.onmessage = ({ data }) => resolve(data)));
      channel.send(sent);
      const got = new Uint8Array(await bounded(back, `an echo of ${size} bytes`));
      echoed.push(got.length === size && got.every((byte, i) => byte === sent[i]));
    }
    return { kinds: [...new Set(kinds)], echoed, errors };
  } finally {
    pcs.forEach((pc) => pc.close());
  }
}

async function credentials() {
  const page = relay.output.match(/"username":"([^"]+)","credential":"([^"]+)"/);
  return { username: page[1], credential: page[2] };
}

const kUrls = [
  ['UDP', () => `turn:localhost:${relay.ports.stun}?transport=udp`, 'relay udp'],
  ['TCP', () => `turn:localhost:${relay.ports.stun}?transport=tcp`, 'relay tcp'],
  ['TLS', () => `turns:localhost:${relay.ports.tls}?transport=tcp`, 'relay tls'],
  ['TLS on the port of HTTPS', () => `turns:localhost:${relay.ports.https}?transport=tcp`, 'relay tls'],
  ['TLS on the port of TCP', () => `turns:localhost:${relay.ports.stun}?transport=tcp`, 'relay tls'],
];

for (const [name, launch] of [
  ['Chromium', launchChromium],
  ['Firefox', launchFirefox],
]) {
  test(`${name} reaches itself through the relay over every transport`, kLimit, async (t) => {
    const browser = await launch({ trust: files.authority });
    try {
      for (const [transport, url, relayed] of kUrls) {
        await t.test(transport, async () => {
          const page = await newPage(browser);
          await page.goto(`${relay.origin}/call.html`);
          const sizes = [1, 1000, 16_000, 60_000];
          const result = await page.evaluate(loopbackThrough, url(), await credentials(), sizes);
          assert.deepEqual(result.echoed, sizes.map(() => true));
          // Not every browser says by which protocol it reaches its relay; those that do say this.
          for (const kind of result.kinds) assert.ok(['relay', relayed].includes(kind), kind);
          await page.close();
        });
      }
    } finally {
      await browser.close();
    }
  });
}
