// The Call page: a lobby, and then the call with everybody in the room, by Koeru.join.

import { enableChat, onChat, showLine } from './chat.js';
import { Controls } from './controls.js';
import { FilesPanel } from './files.js';
import { hasText, setText, t } from './i18n.js';
import { mediaProblemText } from './media_words.js';
import { MemberView } from './member_view.js';
import { show } from './page.js';
import { callProblem } from './problems.js';
import { linkToRoom, makeRoom, roomFromLink } from './room_link.js';
import { Tile } from './tile.js';

const byId = (id) => document.getElementById(id);
const main = byId('call');
const controls = new Controls(() => leave('left'));
const files = new FilesPanel();
const views = new Map(); // Member -> MemberView
let room = null;
let own = null;

if (roomFromLink()) setText(byId('lead'), 'call.invited');
else makeRoom();
const showLink = () => (byId('link').value = linkToRoom());
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

// `peer`: the server's own media peer, to be called in a room of its own.
async function join(peer) {
  document.querySelector('.invite').hidden = Boolean(peer); // nobody else can come into that room
  showProblem();
  setState('joining');
  const name = byId('name').value.trim();
  const relayOnly = byId('relay-only').checked;
  let stream = null;
  try {
    if (peer?.mode !== 'source') stream = await openCamera();
    const where = peer ? '' : roomFromLink();
    room = await Koeru.join('', where, { name, stream, relayOnly, peer });
  } catch (error) {
    if (stream) Koeru.stop(stream);
    if (error.name === 'InsecureContextError') {
      setState('idle');
      return showProblem('problem.secure', { address: error.addresses[0] });
    }
    document.querySelector('.invite').hidden = false;
    setState('refused');
    return showProblem(...callProblem(error, relayOnly));
  }
  own = new Tile({ id: 'self', name, key: 'call.you', isSelf: true });
  byId('tiles').append(own.element);
  const isShown = peer?.mode !== 'source'; // of us nothing is opened, so there is nothing to see
  own.element.hidden = !isShown;
  controls.follow(room, isShown);
  follow(room, relayOnly);
}

function follow(joined, relayOnly) {
  files.follow(joined);
  joined.on('member', (member) => {
    views.set(member, new MemberView(member, { tiles: byId('tiles'), paths: byId('paths'), update }));
    update();
  });
  joined.on('memberleft', (member) => {
    views.get(member)?.remove();
    views.delete(member);
    update();
  });
  joined.on('message', ({ member, text }) => showLine(member.name ?? t('call.guest'), text, false));
  joined.on('media', showOwn);
  joined.on('error', (error) => showProblem(...callProblem(error, relayOnly)));
  joined.on('state', (state) => {
    if (state === 'open') showProblem();
    if (state === 'closed' && room === joined) leave('left');
  });
  showOwn();
  update();
}

function showOwn() {
  if (room?.stream) own.show(room.stream);
  if (room) own.setState('new', room.muted.audio ? 'call.muted' : room.name ? 'call.you' : null);
}

// The state of the call: the best of its connections.
function update() {
  if (!room) return;
  const states = room.members.map(({ state }) => state);
  enableChat(states.includes('connected'));
  if (states.length === 0) setState('waiting');
  else if (states.includes('connected')) {
    if (main.dataset.problem !== 'problem.serverLost') showProblem();
    setState('connected');
  } else if (states.includes('lost')) setState('lost');
  else setState(states.every((state) => state === 'failed') ? 'failed' : 'connecting');
}

function leave(state) {
  const left = room;
  room = null;
  left.leave();
  if (left.stream) Koeru.stop(left.stream);
  for (const view of views.values()) view.remove();
  views.clear();
  own.remove();
  enableChat(false);
  files.clear();
  showProblem();
  document.querySelector('.invite').hidden = false;
  setState(state);
  byId('join').focus();
}

byId('lobby').addEventListener('submit', (event) => {
  event.preventDefault();
  join();
});
byId('echo').addEventListener('click', () => join({ mode: byId('echo-mode').value }));
byId('copy').addEventListener('click', async () => {
  byId('link').select();
  await navigator.clipboard.writeText(byId('link').value);
  setText(byId('copy'), 'call.copied');
  setTimeout(() => setText(byId('copy'), 'call.copy'), 2000);
});
onChat((text) => {
  if (room?.say(text)) showLine(own.name, text, true);
});
