// Live offers of each browser, edited by each operation of koeru_sdp_edit: the other browser takes
// them, and its answer or what it kept shows the effect. Whether the browser that made the offer
// takes the edited one as its own is recorded in kRefusedAsLocal.

import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { launchChromium, launchFirefox, newPage } from './support/browsers.mjs';
import { loadKoeruWasm } from './support/koeru_wasm.mjs';
import { serve } from './support/static_server.mjs';

const kLimit = { timeout: 120_000 };
const kCandidate = 'candidate:77 1 udp 1 198.51.100.7 5000 typ host';

// The m= line and the lines behind it, of the section with this medium.
function section(sdp, medium) {
  return sdp.split(/\r\n(?=m=)/).find((part) => part.startsWith(`m=${medium} `));
}

// Names in the order of the m= line.
function codecs(sdp, medium) {
  const lines = section(sdp, medium).split('\r\n');
  const formats = lines[0].split(' ').slice(3);
  return formats.map((format) => {
    const map = lines.find((line) => line.startsWith(`a=rtpmap:${format} `));
    return map ? map.split(/[ /]/)[1] : format;
  });
}

// Each has the fields of koeru_sdp_edit, and checks the answer and the description that the
// answerer kept. The offer has audio (0), video (1) and data (2).
const kEdits = [
  {
    name: 'VP9 in front',
    edit: ['reorder-codecs', '1', 'VP9'],
    check: ({ answer }) => assert.equal(codecs(answer, 'video')[0], 'VP9'),
  },
  {
    name: 'no VP8',
    edit: ['remove-codecs', '', 'VP8'],
    check({ answer, kept }) {
      assert.ok(!codecs(answer, 'video').includes('VP8'));
      assert.ok(codecs(answer, 'video').includes('VP9'));
      assert.ok(!kept.includes('VP8/90000'));
    },
  },
  {
    name: 'Opus and VP8 alone',
    edit: ['keep-codecs', '', 'opus', 'VP8'],
    check({ answer }) {
      assert.deepEqual([...new Set(codecs(answer, 'video'))], ['VP8', 'rtx']);
      assert.equal(codecs(answer, 'audio')[0], 'opus');
      assert.ok(!codecs(answer, 'audio').includes('PCMU'));
    },
  },
  {
    name: 'a bandwidth of 500 kbit/s',
    edit: ['set-bandwidth', '1', 'AS', '500'],
    check: ({ kept }) => assert.match(section(kept, 'video'), /\r\nb=AS:500\r\n/),
  },
  {
    name: 'a bandwidth of 250,000 bit/s',
    edit: ['set-bandwidth', '', 'TIAS', '250000'],
    check: ({ kept }) => assert.match(section(kept, 'audio'), /\r\nb=TIAS:250000\r\n/),
  },
  {
    name: 'an inactive video',
    edit: ['set-direction', '1', 'inactive'],
    check({ answer }) {
      assert.match(section(answer, 'video'), /\r\na=inactive\r\n/);
      assert.match(section(answer, 'audio'), /\r\na=recvonly\r\n/);
    },
  },
  {
    name: 'Opus in stereo with 64 kbit/s',
    edit: ['set-opus', '', 'stereo', '1', 'maxaveragebitrate', '64000', 'ptime', '40'],
    check({ kept }) {
      const fmtp = section(kept, 'audio').match(/a=fmtp:\d+ [^\r]*maxaveragebitrate[^\r]*/);
      assert.match(fmtp[0], /stereo=1/);
      assert.match(fmtp[0], /maxaveragebitrate=64000/);
      assert.match(section(kept, 'audio'), /\r\na=ptime:40\r\n/);
    },
  },
  {
    name: 'a limit for the size of VP8 frames',
    edit: ['set-fmtp', '', 'VP8', 'max-fs', '3600'],
    check: ({ kept }) => assert.match(section(kept, 'video'), /a=fmtp:\d+ [^\r]*max-fs=3600/),
  },
  {
    name: 'no in-band FEC',
    edit: ['remove-fmtp', '', 'opus', 'useinbandfec'],
    check: ({ edited }) => assert.ok(!edited.includes('useinbandfec')),
  },
  {
    name: 'one candidate more',
    edit: ['add-candidate', '0', kCandidate],
    check: ({ kept }) =>
      assert.match(section(kept, 'audio'), /\r\na=candidate:[^\r]*198\.51\.100\.7/),
  },
  {
    name: 'no candidate at all',
    edit: ['remove-candidates', ''],
    check: ({ kept }) => assert.ok(!kept.includes('a=candidate:')),
  },
  {
    name: 'simulcast of two streams',
    edit: ['set-simulcast', '1', 'send', 'h', '', 'l', 'max-width=320;max-height=180'],
    // Browsers do not receive simulcast, so that their answers are silent about it. Chromium keeps
    // no a=rid lines beside a=ssrc lines.
    check: ({ kept }) => assert.match(section(kept, 'video'), /\r\na=simulcast:send h;l(\r\n|$)/),
  },
];

// What a browser does not take as its own description (RFC 8829 section 5.4 forbids all changes but
// some), measured with Chromium 156 and Firefox ESR 153.
// Chromium takes all of these, also what it ignores; Firefox takes no candidates from the page.
const kRefusedAsLocal = { Chromium: [], Firefox: ['one candidate more'] };

const kLaunch = { Chromium: launchChromium, Firefox: launchFirefox };
const pages = {};
const closers = [];
let call;

before(async () => {
  call = await loadKoeruWasm();
  const server = await serve(['tests/browser/harness']);
  closers.push(() => server.close());
  for (const [name, launch] of Object.entries(kLaunch)) {
    const browser = await launch();
    closers.unshift(() => browser.close());
    pages[name] = await newPage(browser);
    await pages[name].goto(`http://localhost:${server.port}/harness.html?files=`);
  }
}, kLimit);

after(async () => {
  for (const close of closers) await close();
});

// An offer with candidates; the connection stays, as globalThis.offerer.
function makeOffer(page) {
  return page.evaluate(async () => {
    globalThis.offerer?.close();
    const pc = new RTCPeerConnection();
    globalThis.offerer = pc;
    pc.addTransceiver('audio');
    pc.addTransceiver('video');
    pc.createDataChannel('x');
    const offer = await pc.createOffer();
    // Candidates come with a local description; another connection with the same offer has them.
    const twin = new RTCPeerConnection();
    twin.addTransceiver('audio');
    twin.addTransceiver('video');
    twin.createDataChannel('x');
    await twin.setLocalDescription(await twin.createOffer());
    const end = Date.now() + 5000;
    while (!/a=candidate/.test(twin.localDescription.sdp) && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const gathered = twin.localDescription.sdp;
    twin.close();
    return { plain: offer.sdp, gathered };
  });
}

function answerTo(page, sdp) {
  return page.evaluate(async (offer) => {
    const pc = new RTCPeerConnection();
    try {
      await pc.setRemoteDescription({ type: 'offer', sdp: offer });
      await pc.setLocalDescription(await pc.createAnswer());
      return { answer: pc.localDescription.sdp, kept: pc.remoteDescription.sdp };
    } finally {
      pc.close();
    }
  }, sdp);
}

function takeAsLocal(page, sdp) {
  return page.evaluate(
    (offer) =>
      globalThis.offerer.setLocalDescription({ type: 'offer', sdp: offer }).then(
        () => '',
        (error) => `${error.name}: ${error.message}`,
      ),
    sdp,
  );
}

for (const [offerer, answerer] of [
  ['Chromium', 'Firefox'],
  ['Firefox', 'Chromium'],
]) {
  for (const { name, edit, check } of kEdits) {
    test(`${answerer} takes an offer of ${offerer} with ${name}`, kLimit, async () => {
      const { plain, gathered } = await makeOffer(pages[offerer]);
      const edited = call('sdp_edit', ...edit, gathered);
      const { answer, kept } = await answerTo(pages[answerer], edited);
      check({ answer, kept, edited });
      const refusal = await takeAsLocal(pages[offerer], call('sdp_edit', ...edit, plain));
      const isRefused = kRefusedAsLocal[offerer].includes(name);
      assert.equal(refusal !== '', isRefused, refusal || 'was taken as the local description');
    });
  }

  test(`${answerer} keeps of an offer of ${offerer} what the diff says`, kLimit, async () => {
    const { gathered } = await makeOffer(pages[offerer]);
    const edited = call('sdp_edit', 'remove-codecs', '', 'VP8', gathered);
    const kinds = JSON.parse(call('sdp_diff', gathered, edited)).map(({ kind }) => kind);
    assert.deepEqual([...new Set(kinds)], ['codec-removed']);
    const { kept } = await answerTo(pages[answerer], edited);
    const removed = JSON.parse(call('sdp_diff', gathered, kept));
    assert.ok(removed.some(({ kind, before }) => kind === 'codec-removed' && /VP8/.test(before)));
    assert.deepEqual(JSON.parse(call('sdp_diff', gathered, gathered)), []);
  });
}
