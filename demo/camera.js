// The Camera page: Start, Stop, the local picture, and clear words when it does not work.

import { constraints, listCameras, sizeConstraints, watchChoices } from './camera_choice.js';
import { setText } from './i18n.js';
import { mediaProblem } from './media_words.js';
import { element, show } from './page.js';

const main = document.getElementById('camera');
const video = document.getElementById('video');
const note = document.getElementById('note');
const status = document.getElementById('status');
const problem = document.getElementById('problem');
const address = document.getElementById('address');
const startButton = document.getElementById('start');
const stopButton = document.getElementById('stop');

let stream = null;
let stopWatching = null;

function setState(state) {
  main.dataset.state = state;
  note.hidden = state === 'running';
  setText(note, state === 'starting' ? 'camera.waiting' : 'camera.off');
  startButton.disabled = state === 'starting' || state === 'running';
  stopButton.disabled = state !== 'running';
}

async function start() {
  show(problem);
  address.hidden = true;
  setState('starting');
  try {
    stream = await Koeru.getUserMedia(constraints());
  } catch (error) {
    return fail(error);
  }
  const [track] = stream.getVideoTracks();
  stopWatching = Koeru.onTrackChange(stream, onTrackChange);
  if (!(await Koeru.attach(video, stream, { muted: true }))) {
    stop();
    return show(problem, 'camera.tap');
  }
  setState('running');
  showSize(track);
  listCameras();
}

function onTrackChange(track, state) {
  if (state === 'ended') stop();
  const words = { ended: 'camera.ended', muted: 'camera.muted' };
  show(problem, words[state]);
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
  stopWatching?.();
  Koeru.detach(video);
  if (stream) Koeru.stop(stream);
  stream = stopWatching = null;
  show(status);
  setState('idle');
}

function explain(error) {
  const { key, values } = mediaProblem(error);
  show(problem, key, values);
  main.dataset.error = error.name;
  const [better] = error.addresses ?? [];
  address.hidden = !better;
  if (better) address.replaceChildren(element('a', { href: better }, better));
}

function fail(error) {
  explain(error);
  setState('failed');
  startButton.focus();
}

// Another camera is another stream; another size the running one can take.
async function changeCamera() {
  if (!stream) return;
  stop();
  await start();
}

async function changeSize() {
  if (!stream) return;
  show(problem);
  try {
    await Koeru.applyConstraints(stream.getVideoTracks()[0], sizeConstraints());
  } catch (error) {
    explain(error);
  }
}

watchChoices({ onWhich: changeCamera, onSize: changeSize });
startButton.addEventListener('click', start);
stopButton.addEventListener('click', () => {
  stop();
  startButton.focus();
});
