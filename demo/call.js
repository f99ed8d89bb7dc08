// The Call page: a lobby, and then the call with everybody in the room.

import { enableChat, onChat, showLine } from './chat.js';
import { Call } from './call_session.js';
import { hasText, setText } from './i18n.js';
import { mediaProblemText } from './media_words.js';
import { show } from './page.js';
import { newRoomId } from './room.js';

const byId = (id) => document.getElementById(id);
const main = byId('call');
const linkInput = byId('link');
let call = null;
let stream = null;

// The room's name is in the part of the link that no server ever sees.
function roomFromLink() {
  return new URLSearchParams(location.hash.slice(1)).get('room');
}

function showLink() {
  const url = new URL(location.href);
  url.hash = `room=${roomFromLink()}`;
  linkInput.value = url.href;
}

if (roomFromLink()) setText(byId('lead'), 'call.invited');
else history.replaceState(null, '', `#room=${newRoomId()}`);
showLink();
window.addEventListener('hashchange', showLink);

function setState(state) {
  main.dataset.state = state;
  const isOut = ['idle', 'left', 'refused'].includes(state);
  show(byId('status'), hasText(`state.${state}`) ? `state.${state}` : null);
  byId('lobby').hidden = !isOut;
  byId('lead').hidden = !isOut;
  byId('stage').hidden = isOut || state === 'joining';
}

function showProblem(key, values) {
  show(byId('problem'), key, values);
  main.dataset.problem = key ?? '';
}

async function openCamera() {
  try {
    return await Koeru.getUserMedia({ video: true, audio: true });
  } catch (error) {
    if (error.name === 'InsecureContextError') throw error;
    showProblem('call.noCamera', { reason: mediaProblemText(error) });
    return null;
  }
}

async function join(event) {
  event.preventDefault();
  showProblem();
  setState('joining');
  try {
    stream = await openCamera();
  } catch (error) {
    setState('idle');
    return showProblem('problem.secure', { address: error.addresses[0] });
  }
  call = new Call({
    room: roomFromLink(),
    name: byId('name').value.trim(),
    relayOnly: byId('relay-only').checked,
    stream,
    tiles: byId('tiles'),
    paths: byId('paths'),
    onstate: setState,
    onproblem: showProblem,
    onrefused: (key, values) => {
      leave('refused');
      showProblem(key, values);
    },
    onchat: showLine,
    onchatready: enableChat,
  });
  for (const id of ['microphone', 'picture']) {
    byId(id).disabled = !stream;
    byId(id).ariaPressed = 'false';
  }
  await call.start();
}

function leave(state) {
  call?.close();
  call = null;
  if (stream) Koeru.stop(stream);
  stream = null;
  enableChat(false);
  showProblem();
  setState(state);
  byId('join').focus();
}

function toggle(button, tracks) {
  const isOff = button.ariaPressed !== 'true';
  button.ariaPressed = String(isOff);
  for (const track of tracks) track.enabled = !isOff;
}

byId('lobby').addEventListener('submit', join);
byId('leave').addEventListener('click', () => leave('left'));
window.addEventListener('pagehide', () => call?.close());
byId('microphone').addEventListener('click', (e) =>
  toggle(e.currentTarget, stream.getAudioTracks()),
);
byId('picture').addEventListener('click', (e) => toggle(e.currentTarget, stream.getVideoTracks()));
byId('copy').addEventListener('click', async () => {
  linkInput.select();
  await navigator.clipboard.writeText(linkInput.value);
  setText(byId('copy'), 'call.copied');
  setTimeout(() => setText(byId('copy'), 'call.copy'), 2000);
});
onChat((text) => call?.say(text));
