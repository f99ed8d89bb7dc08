// Which way a connection goes, from the reports of getStats().

import type { CandidateType, Path } from '../../koeru.call.js';
import type { Report } from './stats.js';

// Null before there is a path.
export function pathOf(reports: Report[], remoteSdp: string): Path | null {
  const pair = selectedPair(reports);
  if (!pair) return null;
  const byId = (id: string) => reports.find((report) => report.id === id);
  const local = byId(pair.localCandidateId);
  const remote = byId(pair.remoteCandidateId);
  if (!local || !remote) return null;
  return {
    localType: local.candidateType,
    remoteType: remoteTypeOf(remote, remoteSdp),
    protocol: local.protocol,
    relayProtocol: local.relayProtocol || '',
  };
}

export function selectedPair(reports: Report[]): Report | undefined {
  const transport = reports.find(
    (report) => report.type === 'transport' && report.selectedCandidatePairId,
  );
  if (transport) return reports.find(({ id }) => id === transport.selectedCandidatePairId);
  // Firefox marks the pair itself.
  const pairs = reports.filter(
    (report) => report.type === 'candidate-pair' && report.state === 'succeeded',
  );
  return pairs.find((pair) => pair.selected) || pairs.find((pair) => pair.nominated);
}

// A check may arrive before the candidate that it comes from. The address is "peer-reflexive" then,
// and Firefox keeps calling it so; what the other side has told since says what it is.
function remoteTypeOf({ candidateType, address, port }: Report, sdp: string): CandidateType {
  if (candidateType !== 'prflx') return candidateType;
  // RFC 8839 section 5.1: foundation, component, transport, priority, address, port, "typ", type.
  const told = sdp
    .split(/\r?\n/)
    .filter((line) => line.startsWith('a=candidate:'))
    .map((line) => line.split(' '))
    .find((words) => words[4] === address && words[5] === String(port));
  return told ? (told[7] as CandidateType) : candidateType;
}
