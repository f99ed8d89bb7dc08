// A report of Koeru.diagnose on the page: the verdict in words, each server, and what is around.

import { setText } from './i18n.js';
import { element } from './page.js';

const marks = { bad: '✕', warning: '!', good: '✓' };

export function showReport(report) {
  document.getElementById('verdict').replaceChildren(...report.verdict.map(finding));
  document.getElementById('servers').replaceChildren(...report.servers.map(serverPanel));
  document.getElementById('around').replaceChildren(...around(report));
  const json = new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' });
  const download = document.getElementById('download');
  if (download.href) URL.revokeObjectURL(download.href);
  download.href = URL.createObjectURL(json);
}

function words(tag, key, values) {
  const made = element(tag);
  setText(made, key, values);
  return made;
}

function finding({ id, level, advice }) {
  const mark = element('span', { class: 'mark', 'aria-hidden': 'true' }, marks[level]);
  const degree = words('strong', `doctor.level.${level}`);
  // Koeru says it in both languages.
  const text = element('div', {}, degree, ' ', words('span', 'media.advice', advice));
  return element('li', { class: `finding ${level}`, 'data-id': id }, mark, text);
}

function serverPanel(server) {
  const summary = element(
    'summary',
    {},
    element('code', {}, server.url),
    ' ',
    words('span', ...outcome(server)),
  );
  const facts = element('dl', { class: 'facts' }, ...serverFacts(server));
  const level = server.hasAnswered && server.call?.isConnected !== false ? 'good' : 'bad';
  return element(
    'details',
    { class: `panel server ${level}`, 'data-url': server.url },
    summary,
    facts,
  );
}

function outcome({ hasAnswered, ms, call, errors }) {
  if (call && !call.isConnected) return ['doctor.noCall'];
  if (hasAnswered) return ms === null ? ['doctor.answered'] : ['doctor.answeredIn', { ms }];
  const refusal = errors.find(({ isHarmless }) => !isHarmless);
  return refusal ? ['doctor.refused', { code: refusal.code }] : ['doctor.silent'];
}

function row(key, ...value) {
  return [words('dt', key), element('dd', {}, ...value)];
}

function serverFacts({ addresses, errors, expires, call, hasAnswered }) {
  const rows = [];
  for (const { address, port, kind, base } of addresses) {
    const note = base === `${address}:${port}` ? 'doctor.ownAddress' : `doctor.kind.${kind}`;
    rows.push(...row('doctor.address', `${address} :${port} `, words('span', note)));
  }
  // Browsers leave out what a STUN server tells when it is the device's own address.
  if (hasAnswered && addresses.length === 0) {
    rows.push(...row('doctor.address', words('span', 'doctor.ownAddress')));
  }
  for (const { code, text, meaning } of errors) {
    rows.push(...row('doctor.error', `${code} ${text} `, words('span', 'media.advice', meaning)));
  }
  if (expires) rows.push(...row('doctor.expires', expires.replace(/T(.*)\.\d+Z/, ' $1 UTC')));
  return call?.isConnected ? [...rows, ...callFacts(call)] : rows;
}

function callFacts({ connectMs, latencyMs, loss, throughput, video }) {
  const rows = row('doctor.connect', `${connectMs} ms`);
  if (latencyMs)
    rows.push(...row('doctor.latency', `${latencyMs.median} ms (≤ ${latencyMs.worst} ms)`));
  if (loss !== null) rows.push(...row('doctor.loss', `${(loss * 100).toFixed(1)} %`));
  if (throughput !== null)
    rows.push(...row('doctor.throughput', `${(throughput / 1e6).toFixed(1)} Mbit/s`));
  if (video) {
    const { bitrate, framesDecoded, freezes } = video;
    const values = { kbits: Math.round(bitrate / 1000), frames: framesDecoded, freezes };
    rows.push(...row('doctor.video', words('span', 'doctor.videoFacts', values)));
  }
  return rows;
}

const permissionStates = ['granted', 'prompt', 'denied'];

function permission(device, state) {
  const known = permissionStates.includes(state) ? state : 'unknown';
  return [words('span', `doctor.${device}`), ' ', words('span', `doctor.permission.${known}`)];
}

function family({ state, seen, relayed }) {
  const parts = [words('span', `doctor.family.${state}`)];
  if (seen.length) parts.push(' ', words('span', 'doctor.family.seen', { list: seen.join(', ') }));
  if (relayed.length) {
    parts.push(' ', words('span', 'doctor.family.relayed', { list: relayed.join(', ') }));
  }
  return parts;
}

function around({ mapping, families, devices, reach, page }) {
  // A NAT's filtering is one half of the truth that a page cannot see.
  const unseen = mapping.kind === 'none' ? [] : [' ', words('span', 'doctor.filtering')];
  const nat = mapping.why ? `doctor.unknown.${mapping.why}` : `doctor.mapping.${mapping.kind}`;
  const { cameras, microphones, camera, microphone } = devices;
  const rows = [
    ...row('doctor.nat', words('span', nat), ...unseen),
    ...row('doctor.family.4', ...family(families[4])),
    ...row('doctor.family.6', ...family(families[6])),
    ...row('doctor.devices', words('span', 'doctor.deviceFacts', { cameras, microphones })),
    ...row(
      'doctor.permissions',
      ...permission('camera', camera),
      ' / ',
      ...permission('microphone', microphone),
    ),
    ...row('doctor.page', page.origin),
  ];
  if (reach) {
    const signs = {
      https: marks[reach.https ? 'good' : 'bad'],
      webSocket: marks[reach.webSocket ? 'good' : 'bad'],
    };
    rows.push(...row('doctor.reach', words('span', 'doctor.reachFacts', signs)));
  }
  return rows;
}
