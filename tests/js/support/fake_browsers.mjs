// Fakes of each generation of getUserMedia, as their browsers behaved, for code that takes a scope.

const https = {
  protocol: 'https:',
  hostname: 'cam.example',
  port: '',
  pathname: '/',
  search: '',
  hash: '',
};
export const stream = { kind: 'a fake MediaStream' };

function scope(navigator, more) {
  return { navigator, location: https, Promise, ...more };
}

// Answers a callback form later, as all of them did.
function answering(kind, log) {
  return function getUserMedia(constraints, onSuccess, onError) {
    log.push({ self: this, constraints });
    if (typeof onSuccess !== 'function' || typeof onError !== 'function') {
      throw new TypeError('Not enough arguments');
    }
    setTimeout(() => (kind === 'ok' ? onSuccess(stream) : onError(kind)), 0);
  };
}

// Opera 12, and today's Chromium beside mediaDevices.
export function opera12(kind, log = []) {
  return scope({ getUserMedia: answering(kind, log) });
}
// Chrome 21 to 52.
export function chrome21(kind, log = []) {
  return scope({ webkitGetUserMedia: answering(kind, log) });
}
// Firefox 17 to 35.
export function firefox17(kind, log = []) {
  return scope({ mozGetUserMedia: answering(kind, log) });
}
export function msOnly(kind, log = []) {
  return scope({ msGetUserMedia: answering(kind, log) });
}
// Chrome 38 to 46: mediaDevices was there, for enumerateDevices alone.
export function chrome38(kind, log = []) {
  return scope({ mediaDevices: {}, webkitGetUserMedia: answering(kind, log) });
}

export function modern(kind, log = []) {
  return scope({
    mediaDevices: {
      getUserMedia(constraints) {
        log.push({ self: this, constraints });
        return kind === 'ok' ? Promise.resolve(stream) : Promise.reject(kind);
      },
    },
    webkitGetUserMedia() {
      throw new Error('the old form must not be used where the new one is');
    },
  });
}

// Plain http on a name of the network: today's browsers hide everything.
export function insecure(location) {
  return {
    navigator: {},
    isSecureContext: false,
    Promise,
    location: { ...https, protocol: 'http:', hostname: '192.168.1.5', port: '8080', ...location },
  };
}

export function empty() {
  return scope({});
}
