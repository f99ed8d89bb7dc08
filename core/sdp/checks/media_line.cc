// RFC 8866 section 5.14: the medium and the protocol of a section, and where it is sent to.

#include <algorithm>

#include "core/sdp/attributes/fingerprint.h"
#include "core/sdp/checks/checks.h"
#include "core/sdp/lines/connection_data.h"

namespace koeru::sdp {
namespace {

// RFC 8866 section 8.2.2, and RFC 6466 for the last.
constexpr std::string_view kMedia[] = {"audio", "video", "text", "application", "message", "image"};

// What browsers take, and what else RFC 8866 section 8.2.3 and its successors registered for media.
constexpr std::string_view kWebRtcProtocols[] = {
    "UDP/TLS/RTP/SAVPF", "UDP/TLS/RTP/SAVP", "TCP/DTLS/RTP/SAVPF", "TCP/DTLS/RTP/SAVP",
    "RTP/SAVPF",         "RTP/SAVP",         "RTP/AVPF",           "RTP/AVP",
    "UDP/DTLS/SCTP",     "TCP/DTLS/SCTP",    "DTLS/SCTP"};

bool Contains(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

void CheckMediaLine(Context& context, const SectionView& section) {
  if (!section.has_media()) return;
  Report& report = context.report;
  const Media& media = section.media();
  const size_t at = section.first_line();
  if (!Contains(kMedia, media.media)) {
    report.Add(RuleId::kMediaUnknown, at, {media.media}, media.media);
  }
  if (context.is_webrtc && !Contains(kWebRtcProtocols, media.protocol)) {
    report.Add(RuleId::kProtocolUnknown, at, {media.protocol}, media.protocol);
  } else if (section.is_rtp() && !IsDtls(media.protocol) && context.Has<Fingerprint>(section)) {
    report.Add(RuleId::kProtocolInsecure, at, {media.protocol}, media.protocol);
  }
  if (!context.Has<ConnectionData>(section)) report.Add(RuleId::kConnectionMissing, at);
}

}  // namespace koeru::sdp
