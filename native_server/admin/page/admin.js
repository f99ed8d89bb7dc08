// The administration page: signs in, asks once a second, shows, and asks twice before it ends
// anything. The token lives in this tab only.

import { currentLanguage, t, useLanguage } from './words.js';

const kRefreshMs = 1000;
const kShown = 200;
const byId = (id) => document.getElementById(id);

let token = sessionStorage.getItem('koeru.admin.token') ?? '';
let timer = 0;
let before = new Map(); // bytes of each allocation at the last answer, for rates
let beforeAt = 0;

class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(method, path, authorization = `Bearer ${token}`) {
  const answer = await fetch(path, { method, headers: { Authorization: authorization } });
  const body = await answer.json();
  if (!answer.ok) throw new ApiError(answer.status, body.error);
  return body;
}

function problem(text) {
  byId('problem').textContent = text;
  byId('problem').hidden = !text;
}

function showSignedIn(signedIn) {
  byId('sign-in').hidden = signedIn;
  byId('server').hidden = !signedIn;
}

function signOut() {
  token = '';
  sessionStorage.removeItem('koeru.admin.token');
  clearTimeout(timer);
  showSignedIn(false);
}

function bytes(count) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (count >= 1000 && unit < units.length - 1) {
    count /= 1000;
    ++unit;
  }
  return `${unit === 0 || count >= 100 ? Math.round(count) : count.toFixed(1)} ${units[unit]}`;
}

function duration(s) {
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

function showStatus(status) {
  const counters = status.counters;
  const dropped = Object.values(counters.dropped).reduce((sum, n) => sum + n, 0);
  const figures = [
    ['state', t(status.draining ? 'draining' : 'ready')],
    ['live', counters.allocations],
    ['ever', counters.allocations_total],
    ['toPeer', bytes(counters.client_to_peer.bytes)],
    ['toClient', bytes(counters.peer_to_client.bytes)],
    ['refused', counters.unauthorized],
    ['dropped', dropped],
    ['uptime', duration(counters.uptime_s)],
    ['version', status.version],
  ];
  byId('figures').replaceChildren(...figures.map(([key, value]) => {
    const box = document.createElement('div');
    const name = document.createElement('dt');
    const number = document.createElement('dd');
    name.textContent = t(key);
    number.textContent = value;
    number.dataset.figure = key;
    box.append(name, number);
    return box;
  }));
}

// "1.2 MB, 30 kB/s"
function traffic(id, direction, { bytes: total }, seconds) {
  const key = `${id} ${direction}`;
  const rate = seconds > 0 && before.has(key) ? (total - before.get(key)) / seconds : 0;
  return { key, total, text: rate > 0 ? `${bytes(total)}, ${bytes(rate)}/s` : bytes(total) };
}

// A button that asks once more before it acts.
function sureButton(label, sure, act) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = t(label);
  button.addEventListener('click', () => {
    if (button.dataset.sure) return act();
    button.dataset.sure = '1';
    button.textContent = t(sure);
  });
  return button;
}

function row(allocation, seconds, after) {
  const line = document.createElement('tr');
  line.dataset.id = allocation.id;
  const toPeer = traffic(allocation.id, 'peer', allocation.to_peer, seconds);
  const toClient = traffic(allocation.id, 'client', allocation.to_client, seconds);
  for (const { key, total } of [toPeer, toClient]) after.set(key, total);
  const cells = [
    allocation.user || '–',
    `${allocation.client} (${allocation.transport})`,
    allocation.relayed,
    duration(allocation.age_s),
    toPeer.text,
    toClient.text,
  ];
  for (const text of cells) line.insertCell().textContent = text;
  line.insertCell().append(sureButton('end', 'endSure', () => act('DELETE',
    `api/allocations/${allocation.id}`, () => t('ended'))));
  return line;
}

function showAllocations({ total, allocations }) {
  // A row in which somebody is about to press "Really?" stays as it is.
  if (document.querySelector('#rows [data-sure]:focus')) return;
  const now = performance.now();
  const after = new Map();
  const seconds = (now - beforeAt) / 1000;
  byId('rows').replaceChildren(...allocations.map((one) => row(one, seconds, after)));
  before = after;
  beforeAt = now;
  byId('shown').textContent = t('shown', { shown: allocations.length, total });
  byId('none').hidden = total > 0;
}

async function refresh() {
  clearTimeout(timer);
  try {
    showStatus(await ask('GET', 'api/status'));
    showAllocations(await ask('GET', `api/allocations?limit=${kShown}&sort=${byId('sort').value}`));
    problem('');
    showSignedIn(true);
  } catch (error) {
    if (error.status === 401) return signOut();
    problem(error instanceof ApiError ? error.message : t('gone'));
  }
  timer = setTimeout(refresh, kRefreshMs);
}

// Asks for something to be done and says what came of it.
async function act(method, path, words) {
  document.activeElement?.blur();
  try {
    byId('said').textContent = words(await ask(method, path));
    problem('');
  } catch (error) {
    problem(error instanceof ApiError ? error.message : t('gone'));
  }
  refresh();
}

function wordsOfReload({ changed, needs_restart: needsRestart }) {
  const first = changed.length ? t('changed', { changed: changed.join(', ') }) : t('unchanged');
  const second = needsRestart.length
    ? t('needsRestart', { options: needsRestart.join(', ') }) : '';
  return `${first} ${second}`.trim();
}

byId('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault();
  const pair = new TextEncoder().encode(`${byId('name').value}:${byId('password').value}`);
  const basic = `Basic ${btoa(String.fromCharCode(...pair))}`;
  try {
    ({ token } = await ask('POST', 'api/login', basic));
    sessionStorage.setItem('koeru.admin.token', token);
    byId('password').value = '';
    refresh();
  } catch (error) {
    problem(error instanceof ApiError ? error.message : t('gone'));
  }
});
byId('sign-out').addEventListener('click', () => {
  ask('POST', 'api/logout').catch(() => {});
  signOut();
});
byId('reload').addEventListener('click', () => act('POST', 'api/reload', wordsOfReload));
byId('drain').addEventListener('click', ({ target }) => {
  if (target.dataset.sure) {
    delete target.dataset.sure;
    target.textContent = t('drain');
    return act('POST', 'api/drain', () => t('drained'));
  }
  target.dataset.sure = '1';
  target.textContent = t('drainSure');
  return undefined;
});
byId('drain').addEventListener('blur', ({ target }) => {
  delete target.dataset.sure;
  target.textContent = t('drain');
});
byId('sort').addEventListener('change', refresh);
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => {
    useLanguage(button.dataset.language);
    if (token) refresh();
  });
}

useLanguage(currentLanguage());
if (token) refresh();
