// A call from this page to itself through one relay: two connections that may use nothing else.
// Data with and without retransmission, and a moving picture.

import type { CallFacts } from '../../koeru.diagnose.js';

const kConnectMs = 10_000;
const kPings = 20;
const kPackets = 200;
const kPacketBytes = 200;
const kPacketEveryMs = 5;
const kSettleMs = 500;
const kBulkMs = 1_500;
const kBulkPiece = 16 << 10;
const kBulkAhead = 256 << 10;
const kVideoMs = 2_500;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

// Resolves in bounded time, also when nothing connects or `signal` ends it.
export async function loopbackCall(server: RTCIceServer, signal?: AbortSignal): Promise<CallFacts> {
  const call = new LoopbackCall(server);
  const facts: CallFacts = {
    isConnected: false,
    connectMs: null,
    latencyMs: null,
    loss: null,
    throughput: null,
    video: null,
  };
  const isOver = () => signal !== undefined && signal.aborted;
  try {
    const begin = performance.now();
    facts.isConnected = await call.connect(signal);
    if (!facts.isConnected) return facts;
    facts.connectMs = Math.round(performance.now() - begin);
    if (!isOver()) facts.latencyMs = await call.latency();
    if (!isOver()) facts.loss = await call.loss();
    if (!isOver()) facts.throughput = await call.throughput();
    if (!isOver()) facts.video = await call.video();
  } catch (error) {
    // It broke in the middle: what was measured until then counts.
  } finally {
    call.close();
  }
  return facts;
}

class LoopbackCall {
  private ends: [RTCPeerConnection, RTCPeerConnection];
  private reliable: [RTCDataChannel, RTCDataChannel];
  private lossy: [RTCDataChannel, RTCDataChannel];
  private stopPicture: () => void = () => {};

  constructor(server: RTCIceServer) {
    const config: RTCConfiguration = { iceServers: [server], iceTransportPolicy: 'relay' };
    this.ends = [new RTCPeerConnection(config), new RTCPeerConnection(config)];
    const [a, b] = this.ends;
    a.onicecandidate = ({ candidate }) =>
      void (candidate && b.addIceCandidate(candidate).catch(() => {}));
    b.onicecandidate = ({ candidate }) =>
      void (candidate && a.addIceCandidate(candidate).catch(() => {}));
    const open = (label: string, id: number, more: RTCDataChannelInit) =>
      this.ends.map((end) => {
        const channel = end.createDataChannel(label, { negotiated: true, id, ...more });
        channel.binaryType = 'arraybuffer';
        return channel;
      }) as [RTCDataChannel, RTCDataChannel];
    this.reliable = open('reliable', 0, {});
    this.lossy = open('lossy', 1, { ordered: false, maxRetransmits: 0 });
  }

  close(): void {
    this.stopPicture();
    this.ends.forEach((end) => end.close());
  }

  async connect(signal?: AbortSignal): Promise<boolean> {
    const open = Promise.all(
      [...this.reliable, ...this.lossy].map(
        (channel) => new Promise<void>((resolve) => (channel.onopen = () => resolve())),
      ),
    );
    const failed = new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), kConnectMs);
      if (signal) signal.addEventListener('abort', () => resolve(false), { once: true });
      this.ends.forEach((end) => {
        end.addEventListener('connectionstatechange', () => {
          if (end.connectionState === 'failed') resolve(false);
        });
      });
    });
    await this.negotiate();
    return Promise.race([open.then(() => true), failed]);
  }

  async latency(): Promise<CallFacts['latencyMs']> {
    const [here, there] = this.reliable;
    there.onmessage = ({ data }) => there.send(data);
    const times: number[] = [];
    for (let i = 0; i < kPings; ++i) {
      const begin = performance.now();
      const back = new Promise<boolean>((resolve) => {
        here.onmessage = () => resolve(true);
        setTimeout(() => resolve(false), 2_000);
      });
      here.send('ping');
      if (!(await back)) return null;
      times.push(performance.now() - begin);
    }
    there.onmessage = null;
    times.sort((x, y) => x - y);
    const inMs = (x: number) => Math.round(x * 10) / 10;
    return { median: inMs(times[times.length >> 1]!), worst: inMs(times[times.length - 1]!) };
  }

  // One way, at the pace of sound.
  async loss(): Promise<number> {
    const [here, there] = this.lossy;
    let arrived = 0;
    there.onmessage = () => ++arrived;
    for (let i = 0; i < kPackets; ++i) {
      here.send(new Uint8Array(kPacketBytes));
      await pause(kPacketEveryMs);
    }
    await pause(kSettleMs);
    return 1 - arrived / kPackets;
  }

  async throughput(): Promise<number> {
    const [here, there] = this.reliable;
    let bytes = 0;
    there.onmessage = ({ data }) => (bytes += data.byteLength);
    const begin = performance.now();
    const piece = new Uint8Array(kBulkPiece);
    while (performance.now() - begin < kBulkMs) {
      if (here.bufferedAmount < kBulkAhead) here.send(piece);
      else await pause(5);
    }
    const seconds = (performance.now() - begin) / 1000;
    return Math.round((bytes * 8) / seconds);
  }

  async video(): Promise<CallFacts['video']> {
    const track = this.picture();
    if (!track) return null;
    this.ends[0].addTrack(track);
    await this.negotiate();
    await pause(kVideoMs);
    let facts: CallFacts['video'] = null;
    (await this.ends[1].getStats()).forEach((report) => {
      if (report.type !== 'inbound-rtp' || report.kind !== 'video') return;
      facts = {
        bitrate: Math.round((report.bytesReceived * 8) / (kVideoMs / 1000)),
        framesDecoded: report.framesDecoded || 0,
        freezes: report.freezeCount || 0,
      };
    });
    return facts;
  }

  private async negotiate(): Promise<void> {
    const [a, b] = this.ends;
    await a.setLocalDescription(await a.createOffer());
    await b.setRemoteDescription(a.localDescription!);
    await b.setLocalDescription(await b.createAnswer());
    await a.setRemoteDescription(b.localDescription!);
  }

  // A canvas that moves: no camera is asked for.
  private picture(): MediaStreamTrack | null {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [320, 240];
    const context = canvas.getContext('2d');
    if (!context || !canvas.captureStream) return null;
    let step = 0;
    const draw = () => {
      context.fillStyle = `hsl(${(++step * 7) % 360} 80% 50%)`;
      context.fillRect(0, 0, 320, 240);
      context.fillStyle = '#000';
      context.fillRect((step * 5) % 320, 0, 20, 240);
    };
    draw();
    const timer = setInterval(draw, 40);
    const [track] = canvas.captureStream(25).getVideoTracks();
    this.stopPicture = () => {
      clearInterval(timer);
      if (track) track.stop();
    };
    return track || null;
  }
}
