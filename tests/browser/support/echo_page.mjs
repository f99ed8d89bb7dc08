// What comes back from the media peer, recognised in the page: pictures by their content, sound by
// its level.

// How old the pictures are that come back, in milliseconds: each is looked for among our own of the
// last seconds. `same` is how well the best of them fits, 0 to 1; `other` how well the worst does.
export function pictureLags(page, samples = 10) {
  return page.evaluate(lagsInPage, samples);
}

async function lagsInPage(samples) {
  const kWidth = 32;
  const kHeight = 24;
  const kRing = 120;
  const kEveryMs = 50;
  const canvas = new OffscreenCanvas(kWidth, kHeight);
  const draw = canvas.getContext('2d', { willReadFrequently: true });
  const pixels = (video) => {
    draw.drawImage(video, 0, 0, kWidth, kHeight);
    return draw.getImageData(0, 0, kWidth, kHeight).data;
  };
  const likeness = (a, b) => {
    let sum = 0;
    for (let i = 0; i < a.length; ++i) sum += i % 4 === 3 ? 0 : Math.abs(a[i] - b[i]);
    return 1 - sum / (kWidth * kHeight * 3 * 255);
  };
  const own = Object.assign(document.createElement('video'), { muted: true });
  own.srcObject = window.room.stream;
  await own.play();
  const echo = document.querySelector('video[data-member="Echo"]');
  const ring = [];
  const found = [];
  while (found.length < samples) {
    await new Promise((resolve) => setTimeout(resolve, kEveryMs));
    ring.push({ at: performance.now(), picture: pixels(own) });
    if (ring.length > kRing) ring.shift();
    if (ring.length < kRing) continue;
    const back = pixels(echo);
    const fits = ring.map(({ at, picture }) => ({ at, fit: likeness(back, picture) }));
    const best = fits.reduce((a, b) => (b.fit > a.fit ? b : a));
    const worst = fits.reduce((a, b) => (b.fit < a.fit ? b : a));
    found.push({ lag: performance.now() - best.at, same: best.fit, other: worst.fit });
    for (let i = 0; i < 6; ++i) {
      await new Promise((resolve) => setTimeout(resolve, kEveryMs));
      ring.push({ at: performance.now(), picture: pixels(own) });
      ring.shift();
    }
  }
  own.srcObject = null;
  return found;
}

// What the browser has decoded of the sound that came back: the sum of its energy (webrtc-stats,
// totalAudioEnergy).
export function soundEnergy(page) {
  return page.evaluate(async () => {
    const reports = [...(await window.room.members[0].connection.getStats()).values()];
    const sound = reports.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
    return sound?.totalAudioEnergy ?? 0;
  });
}

// The loudest and the quietest tenth of a second that came back within `seconds`, and when it was
// loud (milliseconds): the fake microphone beeps.
export function soundBack(page, seconds = 4) {
  return page.evaluate(soundInPage, seconds);
}

async function soundInPage(seconds) {
  const context = new AudioContext();
  await context.resume();
  const { stream } = window.room.members[0].streams[0];
  const meter = context.createAnalyser();
  meter.fftSize = 4096;
  context.createMediaStreamSource(stream).connect(meter);
  const samples = new Float32Array(meter.fftSize);
  const levels = [];
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    meter.getFloatTimeDomainData(samples);
    levels.push({ at: performance.now() - began, level: Math.max(...samples.map(Math.abs)) });
  }
  await context.close();
  const loudest = Math.max(...levels.map(({ level }) => level));
  const quietest = Math.min(...levels.map(({ level }) => level));
  const beeps = [];
  for (const { at, level } of levels) {
    if (level > loudest / 2 && at - (beeps.at(-1) ?? -1000) > 300) beeps.push(at);
  }
  return { loudest, quietest, beeps };
}

// What the media peer's clock shows, in seconds with tenths, read off its digits of seven segments
// (native_server/media/clip/picture.cc). NaN: no such digits.
export function clockSeconds(page) {
  return page.evaluate(clockInPage);
}

function clockInPage() {
  const kLefts = [20, 70, 140, 190, 260];
  const kTop = 60;
  // In the middle of each segment: top, right, right, bottom, left, left, middle.
  const kPoints = [[20, 5], [35, 27], [35, 62], [20, 85], [5, 62], [5, 27], [20, 45]];
  const kDigits = [0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f];
  const video = document.querySelector('video[data-member="Echo"]');
  const draw = new OffscreenCanvas(320, 240).getContext('2d', { willReadFrequently: true });
  draw.drawImage(video, 0, 0, 320, 240);
  const isBright = (x, y) => draw.getImageData(x, y, 1, 1).data[1] > 128;
  const [tens, ones, ten, one, tenth] = kLefts.map((left) => {
    const lit = kPoints.map(([x, y], i) => (isBright(left + x, kTop + y) ? 1 << i : 0));
    const digit = kDigits.indexOf(lit.reduce((a, b) => a | b, 0));
    return digit < 0 ? NaN : digit;
  });
  return (tens * 10 + ones) * 60 + ten * 10 + one + tenth / 10;
}
