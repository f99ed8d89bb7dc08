// Shows the path to one member and how good it is, once a second: in words, as data attributes, and
// as graphs of the last minute.

import { Graph } from './graph.js';
import { language, setText, t, translate } from './i18n.js';
import { element } from './page.js';

const kFacts = ['local', 'remote', 'protocol', 'sent', 'received', 'time'];

export class PathView {
  #title = element('h3');
  #words = element('p', { class: 'path-words' });
  #list = element('dl', { class: 'facts' });
  #quality = element('p', { class: 'quiet quality' });
  #graphs = {
    bitrate: new Graph('graph.bitrate', ['graph.received', 'graph.sent'], kilobits),
    time: new Graph('graph.time', ['graph.roundTrip'], (ms) => `${Math.round(ms)} ms`),
    loss: new Graph('graph.loss', ['graph.lost'], percent, 0.05),
    arrival: new Graph('graph.arrival', ['graph.received'], kilobits),
  };
  #values = {};
  #end = new AbortController();
  #timer = 0;

  constructor(name) {
    const graphs = Object.values(this.#graphs).map((graph) => graph.element);
    this.element = element('div', { class: 'path' }, this.#title, this.#words, this.#list, this.#quality, ...graphs);
    this.#quality.hidden = this.#graphs.arrival.element.hidden = true;
    setText(this.#title, 'path.with', { name });
    for (const fact of kFacts) {
      this.#values[fact] = element('dd', { 'data-fact': fact });
      this.#list.append(element('dt', { 'data-text': `path.${fact}` }), this.#values[fact]);
    }
    translate(this.#list);
    this.element.hidden = true;
  }

  follow(member) {
    // How what we send arrives at the server's media peer; other members tell nothing of it.
    member.on('quality', (quality) => this.#showQuality(quality));
    let last = null;
    const write = () => {
      if (last?.path) this.#write(last);
      for (const graph of Object.values(this.#graphs)) graph.draw();
    };
    const update = async () => {
      last = await member.stats();
      if (last.path) this.#remember(last);
      write();
    };
    document.addEventListener('languageswitch', write, this.#end);
    this.#timer = setInterval(update, 1000);
  }

  remove() {
    clearInterval(this.#timer);
    this.#end.abort();
    this.element.remove();
  }

  #showQuality({ sections, roundTripMs }) {
    const video = sections.find(({ media }) => media === 'video') ?? sections[0];
    if (!video) return;
    const { problem } = video;
    // Who sends nothing sees what comes.
    const isOurs = video.received.packets > 0;
    const { bitsPerSecond, fractionLost, jitterMs, plis } = isOurs ? video.received : video.sent;
    this.#quality.hidden = false;
    Object.assign(this.#quality.dataset, { bitsPerSecond, fractionLost, plis });
    if (problem) return setText(this.#quality, 'path.qualityProblem', { problem });
    setText(this.#quality, isOurs ? 'path.quality' : 'path.qualityThere', {
      rate: kilobits(bitsPerSecond),
      lost: percent(fractionLost),
      jitter: `${Math.round(jitterMs ?? 0)} ms`,
      time: `${Math.round(roundTripMs ?? 0)} ms`,
      plis,
    });
    if (!isOurs) return;
    this.#graphs.arrival.element.hidden = false;
    this.#graphs.arrival.add([bitsPerSecond]);
  }

  #remember(stats) {
    this.#graphs.bitrate.add([stats.received.bitrate, stats.sent.bitrate]);
    this.#graphs.time.add([stats.roundTrip ?? 0]);
    this.#graphs.loss.add([stats.video.received.lossRate]);
  }

  #write({ path, roundTrip, sent, received, video }) {
    this.element.hidden = false;
    Object.assign(this.element.dataset, path, {
      bytesSent: sent.bytes,
      bytesReceived: received.bytes,
      milliseconds: Math.round(roundTrip ?? 0),
      framesDecoded: video.received.frames,
      framesSent: video.sent.frames,
    });
    setText(this.#words, pathKey(path));
    const protocol = path.protocol.toUpperCase();
    const relay = path.relayProtocol.toUpperCase();
    const text = {
      local: t(`type.${path.localType}`),
      remote: t(`type.${path.remoteType}`),
      protocol: relay ? t('path.protocolToRelay', { protocol, relay }) : protocol,
      sent: formatBytes(sent.bytes),
      received: formatBytes(received.bytes),
      time: `${Math.round(roundTrip ?? 0)} ms`,
    };
    for (const fact of kFacts) this.#values[fact].textContent = text[fact];
  }
}

function pathKey({ localType, remoteType }) {
  if (localType === 'relay' && remoteType === 'relay') return 'path.relayed';
  if (localType === 'relay') return 'path.relayedHere';
  if (remoteType === 'relay') return 'path.relayedThere';
  return 'path.direct';
}

function kilobits(bitrate) {
  return `${new Intl.NumberFormat(language()).format(Math.round(bitrate / 1000))} kbit/s`;
}

function percent(part) {
  return `${(part * 100).toFixed(1)}\u00a0%`;
}

export function formatBytes(bytes) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = bytes > 0 ? Math.min(3, Math.floor(Math.log10(bytes) / 3)) : 0;
  return new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: units[step],
    maximumFractionDigits: step ? 1 : 0,
  }).format(bytes / 1000 ** step);
}
