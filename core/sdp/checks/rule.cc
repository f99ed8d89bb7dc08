#include "core/sdp/checks/rule.h"

namespace koeru::sdp {
namespace {

using enum RuleId;
using enum Rejects;

constexpr Severity E = Severity::kError;
constexpr Severity W = Severity::kWarning;
constexpr Severity I = Severity::kInfo;

// Where the browsers' reasons are not what one would guess, they stand above the row.
constexpr Rule kRules[] = {
    // Firefox takes what is behind the broken line for the next media section, or for nothing.
    {kLineWithoutType, "line-without-type", E, E, kBoth, "RFC 8866 §5",
     "% is no line: it needs one small letter and '=' at its start"},
    {kUnknownLineType, "unknown-line-type", E, E, kFirefox, "RFC 8866 §5",
     "there is no line type %: remove the line"},
    {kEmptyLine, "empty-line", E, E, kChromium, "RFC 8866 §9", "an empty line: remove it"},
    {kLineEnding, "line-ending", W, I, kNobody, "RFC 8866 §5",
     "the line ends in LF alone, as do % others: end lines in CRLF"},
    {kLastLineUnended, "last-line-unended", E, E, kChromium, "RFC 8866 §5",
     "the last line has no end: put CRLF behind it"},
    {kControlCharacter, "control-character", E, E, kFirefox, "RFC 8866 §9",
     "a NUL or carriage return inside of a line: remove it"},
    // "SDP contains non ASCII characters"
    {kNotAscii, "not-ascii", E, E, kFirefox, "RFC 8866 §9",
     "characters that are not ASCII: Firefox reads none, whatever the RFC says"},
    {kNotUtf8, "not-utf8", E, W, kNobody, "RFC 8866 §6.10",
     "bytes that are not UTF-8: write UTF-8, or name the character set with a=charset"},
    {kLongLine, "long-line", I, I, kNobody, "RFC 8866 §5",
     "a line of % bytes: some implementations cut such lines"},
    {kMissingLine, "missing-line", E, E, kBoth, "RFC 8866 §5", "there is no $ line: add $"},
    {kSessionLineOrder, "session-line-order", E, E, kChromium, "RFC 8866 §5",
     "% stands behind %: the order is v= o= s= i= u= e= p= c= b= t= r= z= k= a="},
    {kMediaLineOrder, "media-line-order", E, W, kNobody, "RFC 8866 §5",
     "% stands behind %: the order is m= i= c= b= k= a="},
    {kLineTwice, "line-twice", E, E, kChromium, "RFC 8866 §5",
     "% stands here a second time: keep one of them"},
    {kLineLevel, "line-level", E, W, kNobody, "RFC 8866 §5",
     "% is a line of the session: put it in front of the first m="},
    {kConnectionMissing, "connection-missing", E, E, kFirefox, "RFC 8866 §5.7",
     "the section has no c= line, and the session neither: add c=IN IP4 0.0.0.0"},

    {kValue, "value", E, E, kNobody, "", "the value of $ cannot be read: $"},
    {kValueSpacing, "value-spacing", E, E, kChromium, "", "a space too much in $: remove it"},
    {kValueForm, "value-form", E, W, kNobody, "", "the value of $ is written oddly: $"},
    {kVersionNumber, "version-number", E, E, kFirefox, "RFC 8866 §5.1",
     "there is no version % of SDP: write v=0"},
    {kAttributeLevel, "attribute-level", E, W, kNobody, "",
     "a=$ has no meaning in a $: move it or remove it"},
    {kAttributeTwice, "attribute-twice", E, W, kNobody, "",
     "a=$ stands here a second time: keep one of them"},
    {kAttributeCase, "attribute-case", W, W, kNobody, "RFC 8866 §5.13",
     "a=% is not known, a=$ is: names of attributes are case-sensitive"},

    // Chromium takes it from a peer, but gives the section a mid that may clash with another.
    {kMidMissing, "mid-missing", E, E, kBoth, "RFC 8829 §5.2.1",
     "the section has no a=mid: give it one"},
    {kMidDuplicate, "mid-duplicate", E, E, kBoth, "RFC 5888 §4",
     "an earlier section has the mid %, too: give each section its own"},
    // The last one counts, so that BUNDLE has a mid that no section has.
    {kMidTwice, "mid-twice", E, E, kChromium, "RFC 5888 §4",
     "the section has a second mid, %: keep one of them"},
    {kMidNotInBundle, "mid-not-in-bundle", W, W, kNobody, "RFC 8829 §5.2.1",
     "the mid % is in no BUNDLE group: it takes a transport of its own"},
    {kNoBundle, "no-bundle", I, I, kNobody, "RFC 8829 §4.1.1",
     "no a=group:BUNDLE: each section takes a transport of its own"},
    {kGroupMidUnknown, "group-mid-unknown", E, E, kBoth, "RFC 9143 §5",
     "the group names the mid %, which no section has: remove it there"},
    {kBundleMidTwice, "bundle-mid-twice", E, E, kBoth, "RFC 9143 §5",
     "the mid % is in a BUNDLE group already: remove it here"},
    {kBundleTagRejected, "bundle-tag-rejected", E, E, kFirefox, "RFC 9143 §7.2.1",
     "the section %, the first of its BUNDLE group, has port 0: name another one first"},
    {kBundleRejectedSection, "bundle-rejected-section", I, I, kNobody, "RFC 9143 §7.5.3",
     "the section % has port 0 without a=bundle-only: it is rejected, and should leave BUNDLE"},
    {kBundleOnlyPort, "bundle-only-port", E, W, kNobody, "RFC 9143 §6",
     "a=bundle-only goes with port 0, not %: without BUNDLE the peer would use the port"},

    {kMediaUnknown, "media-unknown", E, E, kFirefox, "RFC 8866 §5.14",
     "there is no medium %: use audio, video, text, application, message or image"},
    {kProtocolUnknown, "protocol-unknown", E, E, kBoth, "RFC 8866 §5.14",
     "the protocol % is not known: browsers use UDP/TLS/RTP/SAVPF and UDP/DTLS/SCTP"},
    {kProtocolInsecure, "protocol-insecure", W, W, kNobody, "RFC 8829 §5.1.2",
     "% beside a fingerprint: write UDP/TLS/RTP/SAVPF, which says that DTLS is used"},
    {kFormatNotNumber, "format-not-number", E, E, kBoth, "RFC 3551 §6",
     "% is no payload type: RTP has 0 to 127"},
    {kFormatTwice, "format-twice", E, W, kNobody, "RFC 8866 §5.14",
     "the payload type % stands in the m= line a second time: remove it"},
    // "Failed to find codec", as soon as an fmtp or rtcp-fb speaks of it.
    {kFormatWithoutRtpmap, "format-without-rtpmap", E, E, kChromium, "RFC 8866 §6.6",
     "the payload type % is dynamic and has no a=rtpmap: add one, or remove it from m="},
    {kFormatNotListed, "format-not-listed", E, E, kChromium, "RFC 8866 §6.15",
     "a=$ of the payload type %, which m= does not list: list it, or remove this line"},
    {kRtpmapNotListed, "rtpmap-not-listed", W, W, kNobody, "RFC 8866 §6.6",
     "a=rtpmap of the payload type %, which m= does not list: list it, or remove this line"},
    {kRtpmapConflict, "rtpmap-conflict", E, E, kChromium, "RFC 8866 §6.6",
     "the payload type % is % above, and % here: remove one of them"},
    {kRtpmapTwice, "rtpmap-twice", W, W, kNobody, "RFC 8866 §6.6",
     "a second a=rtpmap for the payload type %: remove it"},
    {kFmtpTwice, "fmtp-twice", W, W, kNobody, "RFC 8866 §6.15",
     "a second a=fmtp for the payload type %: join them with ';'"},
    // "Failed to set local audio description recv parameters"
    {kCodecClock, "codec-clock", E, E, kChromium, "RFC 7587 §7, RFC 7741 §6",
     "% is always %: no decoder takes it otherwise"},
    {kRtxWithoutApt, "rtx-without-apt", E, E, kChromium, "RFC 4588 §8.6",
     "the rtx payload type % does not say what it repeats: add a=fmtp:% apt="},
    {kAptUnknown, "apt-unknown", E, E, kChromium, "RFC 4588 §8.6",
     "apt=% is no payload type of a codec in this section: remove the rtx, too"},
    {kBundleCodecConflict, "bundle-codec-conflict", E, W, kNobody, "RFC 9143 §9.1",
     "the payload type % is % in an earlier section of the BUNDLE group, and % here: renumber it"},

    {kExtmapIdRange, "extmap-id-range", E, E, kBoth, "RFC 8285 §4.3",
     "header extensions have ids from 1 to 255, not %"},
    {kExtmapTwoByte, "extmap-two-byte", E, E, kFirefox, "RFC 8285 §4.2",
     "the header extension id % needs the two-byte form: use 1 to 14"},
    {kExtmapIdTwice, "extmap-id-twice", E, E, kBoth, "RFC 8285 §5",
     "the header extension id % stands for % already: take another"},
    // Firefox refuses to set its own answer.
    {kExtmapUriTwice, "extmap-uri-twice", E, E, kFirefox, "RFC 8285 §7",
     "the header extension % has an id already: remove this one"},
    {kBundleExtmapConflict, "bundle-extmap-conflict", E, E, kChromium, "RFC 9143 §12",
     "the header extension id % is % in an earlier section of the BUNDLE group: take another"},

    {kIceCredentialsMissing, "ice-credentials-missing", E, E, kBoth, "RFC 8839 §5.4",
     "the section has no a=$, and the session neither: add it"},
    {kBundleIceConflict, "bundle-ice-conflict", W, W, kNobody, "RFC 9143 §7.1.3",
     "a=ice-ufrag is % here and % in an earlier section of the BUNDLE group: there is one "
     "transport"},
    {kCandidateType, "candidate-type", E, E, kChromium, "RFC 8839 §5.1",
     "there is no candidate type %: write host, srflx, prflx or relay"},
    {kCandidateAfterEnd, "candidate-after-end", W, W, kNobody, "RFC 8840 §8.1",
     "a candidate behind a=end-of-candidates: put it in front"},
    {kFingerprintMissing, "fingerprint-missing", E, E, kBoth, "RFC 8827 §6.5",
     "DTLS needs an a=fingerprint, here or in the session: add it"},
    // Small letters: Firefox. Too short: Chromium cannot answer. No colons: both.
    {kFingerprintForm, "fingerprint-form", E, E, kBoth, "RFC 8122 §5",
     "a fingerprint by $ is % pairs of digits and capitals A to F, with colons between"},
    {kFingerprintHash, "fingerprint-hash", E, E, kBoth, "RFC 8122 §5",
     "there is no hash function %: use sha-256"},
    {kFingerprintForbidden, "fingerprint-forbidden", E, E, kChromium, "RFC 8122 §5",
     "% must not be used for fingerprints: use sha-256"},
    {kFingerprintWeak, "fingerprint-weak", W, W, kNobody, "RFC 8122 §5",
     "% is a weak hash function: use sha-256"},
    {kSetupMissing, "setup-missing", E, E, kFirefox, "RFC 8842 §5.2",
     "no a=setup, here or in the session: write actpass in offers, active or passive in answers"},
    {kSetupHoldconn, "setup-holdconn", E, E, kFirefox, "RFC 8842 §5.2",
     "a=setup:holdconn is not for DTLS: write actpass, active or passive"},
    {kSetupOffer, "setup-offer", E, W, kNobody, "RFC 8829 §5.2.1",
     "an offer says a=setup:actpass, so that the answerer can choose"},
    {kSetupAnswer, "setup-answer", E, E, kBoth, "RFC 8842 §5.3",
     "an answer says a=setup:active or a=setup:passive, not actpass"},
    {kRtcpMuxMissing, "rtcp-mux-missing", E, E, kBoth, "RFC 8829 §5.2.1",
     "no a=rtcp-mux: browsers have no second port for RTCP; add it"},
    {kCryptoWithDtls, "crypto-with-dtls", E, W, kNobody, "RFC 8827 §6.5",
     "a=crypto beside a=fingerprint: remove it, its keys are for everybody to read"},

    {kDirectionTwice, "direction-twice", E, W, kNobody, "RFC 8866 §6.7",
     "a=$ contradicts a=$ above: keep one of them"},
    {kBandwidthUnknown, "bandwidth-unknown", I, I, kNobody, "RFC 8866 §5.8",
     "b=%: browsers know AS and TIAS, and ignore this"},
    {kBandwidthTwice, "bandwidth-twice", E, W, kNobody, "RFC 8866 §5.8",
     "b=% stands here a second time: keep one of them"},
    {kBandwidthZero, "bandwidth-zero", W, W, kNobody, "RFC 8866 §5.8",
     "b=%:0 leaves nothing for media: write a number, or remove the line"},
    {kRidTwice, "rid-twice", E, W, kNobody, "RFC 8851 §4",
     "the rid % is there already: give each its own name"},
    {kRidUndeclared, "rid-undeclared", E, E, kFirefox, "RFC 8853 §5.1",
     "a=simulcast names the rid %, which no a=rid declares: add a=rid:%"},
    {kRidDirection, "rid-direction", E, E, kFirefox, "RFC 8853 §5.1",
     "a=simulcast and a=rid differ about the direction of %"},
    {kRidFormatUnknown, "rid-format-unknown", E, W, kNobody, "RFC 8851 §4",
     "the rid % has pt=%, which m= does not list"},
    {kSimulcastTwice, "simulcast-twice", E, E, kChromium, "RFC 8853 §5.1",
     "a=simulcast stands here a second time: join them"},
    {kSimulcastIdTwice, "simulcast-id-twice", E, W, kNobody, "RFC 8853 §5.1",
     "a=simulcast names % a second time: remove it"},
    {kSsrcCnameMissing, "ssrc-cname-missing", E, W, kNobody, "RFC 5576 §6.1",
     "the ssrc % has no cname: add a=ssrc:% cname:"},
    {kSsrcTwoSections, "ssrc-two-sections", E, E, kChromium, "RFC 5576 §4.1",
     "the ssrc % is in an earlier section, too: choose another"},
    {kSsrcGroupMember, "ssrc-group-member", W, W, kNobody, "RFC 5576 §4.2",
     "the group has the ssrc %, of which no a=ssrc in this section tells"},
    {kSsrcGroupSize, "ssrc-group-size", E, E, kChromium, "RFC 5576 §4.2",
     "a=ssrc-group:% with % ssrcs: it needs $"},

    {kSctpElsewhere, "sctp-elsewhere", W, W, kNobody, "RFC 8841 §5",
     "a=$ is for data channels, not for %: remove it"},
    {kSctpmapOld, "sctpmap-old", W, W, kNobody, "RFC 8841 §5",
     "a=sctpmap is of an old draft: write UDP/DTLS/SCTP webrtc-datachannel and a=sctp-port"},
    {kSctpPortMissing, "sctp-port-missing", E, W, kNobody, "RFC 8841 §5",
     "no a=sctp-port: add a=sctp-port:5000"},

    {kMoreFindings, "more-findings", I, I, kNobody, "", "% more findings are not shown"},
};

constexpr bool InOrder() {
  for (size_t i = 0; i < std::size(kRules); ++i) {
    if (kRules[i].id != static_cast<RuleId>(i)) return false;
  }
  return std::size(kRules) == static_cast<size_t>(kCount);
}
static_assert(InOrder());

}  // namespace

std::string_view SeverityName(Severity severity) {
  if (severity == E) return "error";
  return severity == W ? "warning" : "info";
}

std::span<const Rule> Rules() { return kRules; }

const Rule& RuleOf(RuleId id) { return kRules[static_cast<size_t>(id)]; }

}  // namespace koeru::sdp
