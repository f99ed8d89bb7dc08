// The errors of a call (koeru.call.d.ts) in the page's words.

const kKeys = {
  'SignallingError no-server': 'problem.noServer',
  'SignallingError refused': 'problem.signallingRefused',
  'SignallingError server-lost': 'problem.serverLost',
  'SignallingError room-full': 'problem.roomFull',
  'SignallingError bad-room': 'problem.badRoom',
  'SignallingError replaced': 'problem.replaced',
  'SignallingError no-peer': 'problem.noPeer',
  'PeerError refused': 'problem.peerRefused',
  'CredentialError no-answer': 'problem.credential',
  'CredentialError no-relay': 'problem.noRelay',
  'RelayError refused': 'problem.refused',
  'RelayError full': 'problem.quota',
  'RelayError unreachable': 'problem.unreachable',
  'RelayError no-candidates': 'problem.noCandidates',
};

// [key, values] for show().
export function callProblem(error, relayOnly) {
  const { name, code, facts = {}, message } = error;
  const values = { message, detail: facts.reason, code: facts.status, name: facts.member, ...facts };
  const known = kKeys[`${name} ${code}`];
  if (known) return [known, values];
  if (name === 'PeerError') return [relayOnly ? 'problem.peer' : 'problem.failed', values];
  return ['problem.server', { message: facts.message ?? message }];
}
