// Which way a call takes: the facts from getStats(), and the same in words.

// {localType, remoteType, protocol, relayProtocol, bytesSent, bytesReceived, milliseconds,
//  framesDecoded, framesSent}, or null before there is a path.
export async function pathOf(connection) {
  const reports = [...(await connection.getStats()).values()];
  const byId = new Map(reports.map((report) => [report.id, report]));
  const pair = selectedPair(reports, byId);
  if (!pair) return null;
  const local = byId.get(pair.localCandidateId);
  const remote = byId.get(pair.remoteCandidateId);
  const sum = (name, type, kind) =>
    reports
      .filter((report) => report.type === type && report.kind === kind)
      .reduce((total, report) => total + (report[name] ?? 0), 0);
  return {
    localType: local.candidateType,
    remoteType: remoteType(remote, connection),
    protocol: local.protocol,
    relayProtocol: local.relayProtocol ?? '',
    // Of all pairs: what one side sends over the selected one may reach the other over a second.
    bytesSent: sum('bytesSent', 'candidate-pair'),
    bytesReceived: sum('bytesReceived', 'candidate-pair'),
    milliseconds: Math.round((pair.currentRoundTripTime ?? 0) * 1000),
    framesDecoded: sum('framesDecoded', 'inbound-rtp', 'video'),
    framesSent: sum('framesSent', 'outbound-rtp', 'video'),
  };
}

// A check may arrive before the candidate that it comes from. The address is "peer-reflexive" then,
// and Firefox keeps calling it so; what the other side has told since says what it is.
function remoteType({ candidateType, address, port }, connection) {
  if (candidateType !== 'prflx') return candidateType;
  const lines = connection.remoteDescription.sdp.split(/\r?\n/);
  // RFC 8839 section 5.1: foundation, component, transport, priority, address, port, "typ", type.
  const told = lines
    .filter((line) => line.startsWith('a=candidate:'))
    .map((line) => line.split(' '))
    .find((words) => words[4] === address && words[5] === String(port));
  return told ? told[7] : candidateType;
}

function selectedPair(reports, byId) {
  const transport = reports.find((r) => r.type === 'transport' && r.selectedCandidatePairId);
  if (transport) return byId.get(transport.selectedCandidatePairId);
  // Firefox marks the pair itself.
  const pairs = reports.filter((r) => r.type === 'candidate-pair' && r.state === 'succeeded');
  return pairs.find((pair) => pair.selected) ?? pairs.find((pair) => pair.nominated);
}

export function pathKey({ localType, remoteType }) {
  if (localType === 'relay' && remoteType === 'relay') return 'path.relayed';
  if (localType === 'relay') return 'path.relayedHere';
  if (remoteType === 'relay') return 'path.relayedThere';
  return 'path.direct';
}

export function formatBytes(bytes, language) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const step = bytes > 0 ? Math.min(3, Math.floor(Math.log10(bytes) / 3)) : 0;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[step],
    maximumFractionDigits: step ? 1 : 0,
  }).format(bytes / 1000 ** step);
}
