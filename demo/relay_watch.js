// Watches how a connection gathers its candidates, and says why the relay gave none.
//
//   const watch = new RelayWatch(connection);
//   watch.ondone = () => { if (!watch.gotRelay) show(...watch.reason()); };

// RFC 8656 section 18 and RFC 8489 section 14.8.
const kRefused = [400, 401, 403, 431, 438, 441];
const kFull = [486, 508];

export class RelayWatch {
  gotRelay = false;
  // Gathering came to its end.
  ondone = () => {};

  #connection;
  #errors = [];

  constructor(connection) {
    this.#connection = connection;
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.type === 'relay') this.gotRelay = true;
    });
    connection.addEventListener('icecandidateerror', ({ errorCode, errorText, url }) => {
      // Servers that are not relays do not matter here.
      if (/^turns?:/.test(url)) this.#errors.push({ errorCode, errorText, url });
    });
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState === 'complete') this.ondone();
    });
  }

  // [key, values] for the page's words. An answer of the relay says more than no answer.
  reason() {
    const byCode = (codes) => this.#errors.find(({ errorCode }) => codes.includes(errorCode));
    const refused = byCode(kRefused);
    if (refused) return ['problem.refused', { code: refused.errorCode }];
    const full = byCode(kFull);
    if (full) return ['problem.quota', { code: full.errorCode }];
    // 701: no server answered (W3C WebRTC section 4.8.3).
    const silent = byCode([701]);
    if (silent || this.#errors.length === 0) {
      const urls = this.#urls();
      return ['problem.unreachable', { url: urls.join(', '), protocol: protocols(urls) }];
    }
    return ['problem.noCandidates', { code: this.#errors[0].errorCode }];
  }

  // Without any error (Chromium, when a port is closed) all that were tried.
  #urls() {
    if (this.#errors.length) return [...new Set(this.#errors.map(({ url }) => url))];
    const { iceServers } = this.#connection.getConfiguration();
    return iceServers.flatMap(({ urls }) => urls).filter((url) => /^turns?:/.test(url));
  }
}

function protocols(urls) {
  const names = urls.map((url) => {
    if (url.startsWith('turns:')) return 'TLS';
    return /transport=tcp/.test(url) ? 'TCP' : 'UDP';
  });
  return [...new Set(names)].join(', ') || 'UDP';
}
