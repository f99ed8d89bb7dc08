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
  const sum = (type, name) =>
    reports.filter((r) => r.type === type && r.kind === 'video').reduce((n, r) => n + (r[name] ?? 0), 0);
  return {
    localType: local.candidateType,
    remoteType: remote.candidateType,
    protocol: local.protocol,
    relayProtocol: local.relayProtocol ?? '',
    bytesSent: pair.bytesSent,
    bytesReceived: pair.bytesReceived,
    milliseconds: Math.round((pair.currentRoundTripTime ?? 0) * 1000),
    framesDecoded: sum('inbound-rtp', 'framesDecoded'),
    framesSent: sum('outbound-rtp', 'framesSent'),
  };
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
