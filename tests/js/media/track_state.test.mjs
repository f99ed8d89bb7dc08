import assert from 'node:assert/strict';
import test from 'node:test';
import { stateOfTrack, watchTracks } from '../../../build/js/media/track_state.js';

// A track with events, or with the properties on... alone.
function track(kind, { events = true } = {}) {
  const listeners = {};
  const made = {
    kind,
    readyState: 'live',
    muted: false,
    onmute: null,
    onunmute: null,
    onended: null,
  };
  if (events) {
    made.addEventListener = (type, listener) => (listeners[type] = listener);
    made.removeEventListener = (type) => delete listeners[type];
  }
  made.fire = (type, change) => {
    Object.assign(made, change);
    (listeners[type] ?? made[`on${type}`])?.();
  };
  made.listeners = listeners;
  return made;
}

for (const events of [true, false]) {
  test(`follows a track ${events ? 'by events' : 'by its properties'}`, () => {
    const microphone = track('audio', { events });
    const seen = [];
    const end = watchTracks({ getTracks: () => [microphone] }, ({ kind }, state) =>
      seen.push(`${kind} ${state}`),
    );
    microphone.fire('mute', { muted: true });
    microphone.fire('mute', { muted: true });
    microphone.fire('unmute', { muted: false });
    microphone.fire('ended', { readyState: 'ended' });
    assert.deepEqual(seen, ['audio muted', 'audio live', 'audio ended']);
    end();
    assert.deepEqual(Object.keys(microphone.listeners), []);
    assert.equal(microphone.onmute, null);
    assert.equal(microphone.onended, null);
  });
}

test('tells at once what is not live', () => {
  const seen = [];
  const muted = { ...track('video'), muted: true };
  watchTracks({ getTracks: () => [track('audio'), muted] }, ({ kind }, state) =>
    seen.push(`${kind} ${state}`),
  );
  assert.deepEqual(seen, ['video muted']);
});

test('until Chrome 24 the state was a number', () => {
  assert.deepEqual(
    [0, 1, 2].map((readyState) => stateOfTrack({ readyState })),
    ['live', 'muted', 'ended'],
  );
});

test('what the page itself switches off is live', () => {
  assert.equal(stateOfTrack({ readyState: 'live', enabled: false, muted: false }), 'live');
});

test('wrong arguments say what is needed', () => {
  assert.throws(() => watchTracks(null, () => {}), { name: 'TypeError', message: /got null/ });
  assert.throws(() => watchTracks({}, 7), { name: 'TypeError', message: /number/ });
});
