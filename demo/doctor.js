// The Doctor page: Koeru.diagnose with its progress, and what came of it.

import { fillFromLink, linkToTest, serversToTest } from './doctor_servers.js';
import { showReport } from './doctor_view.js';
import { setText } from './i18n.js';
import { show } from './page.js';

const main = document.getElementById('doctor');
const startButton = document.getElementById('start');
const cancelButton = document.getElementById('cancel');
const progress = document.getElementById('progress');
const step = document.getElementById('step');
const problem = document.getElementById('problem');
const result = document.getElementById('result');

let controller = null;

function setState(state) {
  main.dataset.state = state;
  startButton.disabled = state === 'running';
  cancelButton.disabled = state !== 'running';
  progress.hidden = state !== 'running';
  if (state !== 'running') show(step);
}

function onProgress({ done, of, step: name }) {
  [progress.max, progress.value] = [of, done];
  const [word, url] = name.startsWith('call ') ? ['call', name.slice(5)] : [name, name];
  const key = /^(reach|devices|verdict|call)$/.test(word)
    ? `doctor.step.${word}`
    : 'doctor.step.server';
  show(step, key, { url });
}

async function start() {
  show(problem);
  result.hidden = true;
  controller = new AbortController();
  setState('running');
  try {
    const iceServers = serversToTest();
    const options = { onProgress, signal: controller.signal };
    const report = await Koeru.diagnose(iceServers ? { ...options, iceServers } : options);
    showReport(report);
    result.hidden = false;
    setState('done');
    document.getElementById('verdict-title').focus();
  } catch (error) {
    setState('idle');
    if (error.name !== 'AbortError') show(problem, 'doctor.problem', { message: error.message });
    startButton.focus();
  }
}

startButton.addEventListener('click', start);
cancelButton.addEventListener('click', () => controller.abort());
document.getElementById('copy').addEventListener('click', async () => {
  const copied = document.getElementById('copied');
  try {
    await navigator.clipboard.writeText(linkToTest());
    setText(copied, 'call.copied');
  } catch {
    copied.textContent = linkToTest(); // to be copied by hand
  }
});
if (fillFromLink()) start();
