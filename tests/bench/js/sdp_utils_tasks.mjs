// What a page does with the functions of `sdp`: everything about each section, read and written.

export function readAll(utils, text) {
  const [session, ...sections] = utils.splitSections(text);
  return sections.map((section) => ({
    line: utils.parseMLine(section),
    kind: utils.getKind(section),
    mid: utils.getMid(section),
    direction: utils.getDirection(section, session),
    ice: utils.getIceParameters(section, session),
    dtls: utils.getDtlsParameters(section, session),
    rtp: utils.parseRtpParameters(section),
    encodings: utils.parseRtpEncodingParameters(section),
    rtcp: utils.parseRtcpParameters(section),
    msid: utils.parseMsid(section),
    candidates: utils.matchPrefix(section, 'a=candidate:').map(utils.parseCandidate),
  }));
}

export function writeAll(utils, sections) {
  return sections
    .map(
      ({ kind, ice, dtls, rtp, rtcp, candidates }) =>
        utils.writeRtpDescription(kind, rtp) +
        utils.writeIceParameters(ice) +
        utils.writeDtlsParameters(dtls, 'actpass') +
        utils.writeRtcpParameters(rtcp) +
        candidates.map((candidate) => `a=${utils.writeCandidate(candidate)}\r\n`).join(''),
    )
    .join('');
}
