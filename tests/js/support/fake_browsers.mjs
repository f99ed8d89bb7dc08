// Fakes of each generation of getUserMedia, as strict as their browsers were, for code that takes a
// scope. `answer`: 'ok', 'never', or the error; `log` gets what the browser was told.

import { machine, modernTracks, oldStream } from './fake_machine.mjs';

const https = {
  protocol: 'https:',
  hostname: 'cam.example',
  port: '',
  pathname: '/',
  search: '',
  hash: '',
};
export const plainHttp = { ...https, protocol: 'http:', hostname: '192.168.1.5', port: '8080' };

export function scope(navigator, more) {
  const made = { navigator, location: https, ...more };
  made.top = made.self = made;
  return made;
}

function need(condition, message) {
  if (!condition) throw new TypeError(message);
}

// A callback form: answers later, as all of them did. `check` sees the constraints as the browser does.
function callbackForm(answer, log, check, makeStream) {
  return function getUserMedia(constraints, onSuccess, onError) {
    log.push({ self: this, constraints });
    need(typeof onSuccess === 'function' && typeof onError === 'function', 'Not enough arguments');
    const refused = check(constraints);
    setTimeout(() => {
      if (answer === 'never') return;
      if (answer !== 'ok') onError(answer);
      else if (refused) onError(refused);
      else onSuccess(makeStream(constraints));
    }, 0);
  };
}

const agent = {
  opera12: 'Opera/9.80 (X11; Linux x86_64) Presto/2.12.388 Version/12.16',
  chrome: (n) =>
    `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${n}.0.0.0 Safari/537.36`,
  firefox: (n) => `Mozilla/5.0 (X11; Linux x86_64; rv:${n}.0) Gecko/20100101 Firefox/${n}.0`,
  edge: (n) =>
    `Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/46.0.2486.0 Safari/537.36 Edge/${n}.10586`,
  safari:
    'Mozilla/5.0 (iPhone) AppleWebKit/604.1 (KHTML, like Gecko) Version/11.0 Mobile/15A372 Safari/604.1',
};

// Opera 12: plain options, of which its first builds made a string; no object URLs, no Promise.
export function opera12(answer, log = []) {
  const check = (options) => {
    need(/^(video|audio|video,audio)$/.test(String(options)), `WRONG_ARGUMENTS_ERR: ${options}`);
    for (const kind of ['audio', 'video']) need(!options[kind] || options[kind] === true, kind);
  };
  const navigator = {
    userAgent: agent.opera12,
    getUserMedia: callbackForm(answer, log, check, oldStream),
  };
  return scope(navigator, { opera: {} });
}

// What Chrome 24 to 52 knew.
const kKnown =
  /^((min|max)(Width|Height|FrameRate|AspectRatio)|sourceId|goog\w+|chromeMediaSource(Id)?)$/;

function checkMandatory(constraints) {
  for (const kind of ['audio', 'video']) {
    const set = constraints[kind];
    if (typeof set !== 'object') continue;
    const keys = Object.keys(set);
    need(
      keys.every((key) => /^(mandatory|optional)$/.test(key)),
      `Malformed constraints: ${keys}`,
    );
    for (const entry of set.optional ?? []) need(Object.keys(entry).length === 1, 'one each');
    for (const key of Object.keys(set.mandatory ?? {})) {
      const tooMuch = key === 'minWidth' && set.mandatory[key] > machine.maxWidth;
      if (!kKnown.test(key) || tooMuch) {
        return { name: 'ConstraintNotSatisfiedError', constraintName: key, message: '' };
      }
    }
  }
  return null;
}

// Chrome 21 to 52: webkitGetUserMedia, streams that stop as a whole, webkitURL.
export function chrome21(answer, log = [], more = {}) {
  const navigator = {
    userAgent: agent.chrome(more.version ?? 21),
    webkitGetUserMedia: callbackForm(answer, log, checkMandatory, oldStream),
  };
  const urls = { createObjectURL: () => 'blob:old', revokeObjectURL() {} };
  return scope(navigator, { webkitURL: urls, HTMLMediaElement: class {}, ...more });
}
// Chrome 30 to 46: the list of devices, at first with a callback.
export function chrome30(answer, log = []) {
  const getSources = (onSources) => setTimeout(() => onSources(machine.sources), 0);
  return chrome21(answer, log, { version: 30, MediaStreamTrack: { getSources } });
}
// Chrome 45 to 52 with its flag: the new function, for the old constraints.
export function chrome47(answer, log = []) {
  const made = chrome30(answer, log);
  made.navigator.userAgent = agent.chrome(47);
  made.Promise = Promise;
  made.navigator.mediaDevices = {
    getUserMedia(constraints) {
      const refused = checkMandatory(constraints);
      log.push({ self: this, constraints });
      if (answer !== 'ok') return Promise.reject(answer);
      return refused ? Promise.reject(refused) : Promise.resolve(oldStream(constraints));
    },
    enumerateDevices: async () => machine.devices,
  };
  return made;
}
// Chrome 38 to 44: mediaDevices was there, for other things.
export function chrome38(answer, log = []) {
  const made = chrome30(answer, log);
  made.navigator.mediaDevices = {};
  made.Promise = Promise;
  return made;
}

// Firefox 17 to 31: yes or no, and errors that are strings.
export function firefox17(answer, log = [], version = 17) {
  const check = ({ audio, video }) => {
    need(
      [audio, video].every((each) => !each || each === true),
      'only booleans have a meaning',
    );
  };
  const navigator = {
    userAgent: agent.firefox(version),
    mozGetUserMedia: callbackForm(answer, log, check, oldStream),
  };
  const prototype = Object.create(null, { mozSrcObject: { value: null, writable: true } });
  return scope(navigator, { HTMLMediaElement: { prototype } });
}
// Firefox 32 to 37: bounds, demanded by `require` only.
export function firefox32(answer, log = []) {
  const check = ({ video }) => {
    if (typeof video !== 'object') return null;
    for (const set of [video, ...(video.advanced ?? [])]) {
      for (const key of ['width', 'height', 'frameRate']) {
        const rule = set[key];
        if (rule === undefined) continue;
        const known =
          typeof rule === 'object' && Object.keys(rule).every((end) => /^(min|max)$/.test(end));
        need(known, `'${key}' is not a dictionary of min and max`);
      }
    }
    const tooMuch = video.require?.includes('width') && video.width.min > machine.maxWidth;
    return tooMuch ? 'CONSTRAINT_NOT_SATISFIED' : null;
  };
  const made = firefox17(answer, log, 33);
  made.navigator.mozGetUserMedia = callbackForm(answer, log, check, oldStream);
  made.Promise = Promise;
  return made;
}

// Copied snippets test for it; it never shipped.
export function msOnly(answer, log = []) {
  return scope({ msGetUserMedia: callbackForm(answer, log, () => null, oldStream) }, { Promise });
}

function modernDevices(answer, log, supported) {
  return {
    getUserMedia(constraints) {
      log.push({ self: this, constraints });
      need(this && this.enumerateDevices, 'Illegal invocation');
      if (answer === 'never') return new Promise(() => {});
      return answer === 'ok' ? Promise.resolve(modernTracks(constraints)) : Promise.reject(answer);
    },
    enumerateDevices: async () => machine.devices,
    getSupportedConstraints: () => Object.fromEntries(supported.map((name) => [name, true])),
  };
}

export const kSupported = [
  'width',
  'height',
  'aspectRatio',
  'frameRate',
  'facingMode',
  'deviceId',
  'groupId',
  'echoCancellation',
  'noiseSuppression',
  'autoGainControl',
];

// Edge 12 to 18: a Promise, today's constraints, names of its own for errors.
export function edge12(answer, log = []) {
  const unused = () => need(false, 'the old form must not be used where the new one is');
  return scope(
    {
      userAgent: agent.edge(12),
      mediaDevices: modernDevices(answer, log, kSupported),
      getUserMedia: unused,
      webkitGetUserMedia: unused,
    },
    { Promise },
  );
}

// Safari 11: mediaDevices alone.
export function safari11(answer, log = []) {
  return scope(
    { userAgent: agent.safari, mediaDevices: modernDevices(answer, log, kSupported) },
    { Promise },
  );
}

// `permissions`: what the browser says of camera and microphone.
export function modern(answer, log = [], { permissions, supported = kSupported, ...more } = {}) {
  return scope(
    {
      userAgent: agent.chrome(120),
      mediaDevices: modernDevices(answer, log, supported),
      webkitGetUserMedia: () => need(false, 'the old form must not be used where the new one is'),
      permissions: permissions && { query: async ({ name }) => ({ state: permissions[name] }) },
    },
    { Promise, isSecureContext: true, ...more },
  );
}

// Plain http on a name of the network: today's browsers hide everything.
export function insecure(location) {
  const made = scope({}, { Promise, isSecureContext: false });
  made.location = { ...plainHttp, ...location };
  return made;
}

export function empty() {
  return scope({}, { Promise });
}

export const everyAge = {
  opera12,
  chrome21,
  chrome30,
  chrome38,
  chrome47,
  firefox17,
  firefox32,
  edge12,
  safari11,
  modern,
  msOnly,
};
