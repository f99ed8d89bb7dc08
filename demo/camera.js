// The Camera page: Start, Stop, the local picture, and clear words when it does not work.

import { setText } from './i18n.js';
import { mediaProblem } from './media_words.js';
import { show } from './page.js';

const main = document.getElementById('camera');
const video = document.getElementById('video');
const note = document.getElementById('note');
const status = document.getElementById('status');
const problem = document.getElementById('problem');
const advice = document.getElementById('advice');
const startButton = document.getElementById('start');
const stopButton = document.getElementById('stop');

let stream = null;

function setState(state) {
  main.dataset.state = state;
  note.hidden = state === 'running';
  setText(note, state === 'starting' ? 'camera.waiting' : 'camera.off');
  startButton.disabled = state === 'starting' || state === 'running';
  stopButton.disabled = state !== 'running';
}

async function start() {
  show(problem);
  show(advice);
  setState('starting');
  try {
    stream = await Koeru.getUserMedia({ video: true });
  } catch (error) {
    return fail(error);
  }
  const [track] = stream.getVideoTracks();
  track.addEventListener('ended', () => {
    stop();
    show(problem, 'camera.ended');
  });
  if (!(await Koeru.attach(video, stream, { muted: true }))) {
    stop();
    return show(problem, 'camera.tap');
  }
  setState('running');
  showSize(track);
}

function showSize(track) {
  const size = () =>
    show(status, 'camera.running', {
      label: track.label,
      width: video.videoWidth,
      height: video.videoHeight,
    });
  video.onresize = size;
  if (video.videoWidth) size();
}

function stop() {
  video.onresize = null;
  Koeru.detach(video);
  if (stream) Koeru.stop(stream);
  stream = null;
  show(status);
  setState('idle');
}

function fail(error) {
  const words = mediaProblem(error);
  show(problem, words.key, words.values);
  show(advice, words.adviceKey, words.values);
  setState('failed');
  main.dataset.error = error.name;
  startButton.focus();
}

startButton.addEventListener('click', start);
stopButton.addEventListener('click', () => {
  stop();
  startButton.focus();
});
