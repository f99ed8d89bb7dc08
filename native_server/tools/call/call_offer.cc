#include "native_server/tools/call/call_offer.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "native_server/tools/call/call_media.h"
#include "native_server/tools/call/media_stream.h"

namespace koeru::tools {
namespace {

std::string_view DirectionOf(CallMode mode) {
  switch (mode) {
    case CallMode::kEcho:
    case CallMode::kDelay:
      return "sendrecv";
    case CallMode::kSink:
      return "sendonly";
    case CallMode::kSource:
      break;
  }
  return "recvonly";
}

std::string TransportOf(const OfferParts& parts) {
  return absl::StrCat("c=IN IP4 0.0.0.0\r\na=ice-ufrag:", parts.local.ufrag,
                      "\r\na=ice-pwd:", parts.local.password,
                      "\r\na=ice-options:trickle\r\na=fingerprint:sha-256 ", parts.fingerprint,
                      "\r\na=setup:actpass\r\n");
}

std::string RtpOf(const OfferParts& parts) {
  return absl::StrCat(
      "a=", DirectionOf(parts.mode), "\r\na=rtcp-mux\r\na=extmap:", MediaStream::kTransportNumberId,
      " http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\r\n");
}

std::string AudioOf(const OfferParts& parts) {
  const std::string type = absl::StrCat(CallMedia::kAudioType);
  return absl::StrCat("m=audio 9 UDP/TLS/RTP/SAVPF ", type, "\r\n", TransportOf(parts),
                      "a=mid:0\r\n", RtpOf(parts), "a=rtpmap:", type,
                      " opus/48000/2\r\na=rtcp-fb:", type,
                      " transport-cc\r\na=ssrc:", parts.audio_ssrc, " cname:koeru-call\r\n");
}

std::string VideoOf(const OfferParts& parts) {
  const std::string type = absl::StrCat(CallMedia::kVideoType);
  const std::string rtx = absl::StrCat(CallMedia::kRtxType);
  return absl::StrCat("m=video 9 UDP/TLS/RTP/SAVPF ", type, " ", rtx, "\r\n", TransportOf(parts),
                      "a=mid:1\r\n", RtpOf(parts), "a=rtpmap:", type,
                      " VP8/90000\r\na=rtcp-fb:", type, " transport-cc\r\na=rtcp-fb:", type,
                      " nack\r\na=rtcp-fb:", type, " nack pli\r\na=rtpmap:", rtx,
                      " rtx/90000\r\na=fmtp:", rtx, " apt=", type, "\r\na=ssrc-group:FID ",
                      parts.video_ssrc, " ", parts.rtx_ssrc, "\r\na=ssrc:", parts.video_ssrc,
                      " cname:koeru-call\r\na=ssrc:", parts.rtx_ssrc, " cname:koeru-call\r\n");
}

std::string DataOf(const OfferParts& parts) {
  return absl::StrCat("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n", TransportOf(parts),
                      "a=mid:2\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n");
}

// "m=video 9 UDP/..." with a port that is not 0: RFC 3264 section 6.
bool IsAccepted(std::string_view line) {
  const std::vector<std::string_view> words = absl::StrSplit(line, ' ');
  return words.size() > 1 && words[1] != "0";
}

void TakeLine(std::string_view line, CallAnswer& answer) {
  if (absl::ConsumePrefix(&line, "a=ice-ufrag:")) {
    answer.remote.ufrag = line;
  } else if (absl::ConsumePrefix(&line, "a=ice-pwd:")) {
    answer.remote.password = line;
  } else if (absl::ConsumePrefix(&line, "a=fingerprint:")) {
    const std::pair<std::string_view, std::string_view> parts =
        absl::StrSplit(line, absl::MaxSplits(' ', 1));
    answer.fingerprint_hash = parts.first;
    answer.fingerprint = parts.second;
  } else if (absl::ConsumePrefix(&line, "a=setup:")) {
    answer.is_active = line == "active";
  } else if (absl::StartsWith(line, "a=candidate:")) {
    if (answer.candidates.size() < kMostCandidates) answer.candidates.emplace_back(line);
  } else if (absl::StartsWith(line, "m=audio ")) {
    answer.audio = IsAccepted(line);
  } else if (absl::StartsWith(line, "m=video ")) {
    answer.video = IsAccepted(line);
  } else if (absl::ConsumePrefix(&line, "a=sctp-port:")) {
    uint32_t port = 0;
    if (absl::SimpleAtoi(line, &port) && port <= 0xFFFF) {
      answer.sctp_port = static_cast<uint16_t>(port);
    }
  }
}

}  // namespace

std::string OfferSdp(const OfferParts& parts) {
  std::string text = absl::StrCat(
      "v=0\r\no=- ", parts.video_ssrc, " 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE",
      parts.audio ? " 0" : "", parts.video ? " 1" : "", parts.data ? " 2" : "", "\r\n");
  if (parts.audio) absl::StrAppend(&text, AudioOf(parts));
  if (parts.video) absl::StrAppend(&text, VideoOf(parts));
  if (parts.data) absl::StrAppend(&text, DataOf(parts));
  return text;
}

absl::StatusOr<CallAnswer> ReadAnswer(std::string_view sdp) {
  CallAnswer answer;
  for (std::string_view line : absl::StrSplit(sdp, '\n')) {
    TakeLine(absl::StripSuffix(line, "\r"), answer);
  }
  if (!answer.remote.IsValid()) {
    return absl::InvalidArgumentError("the answer has no a=ice-ufrag and a=ice-pwd");
  }
  if (answer.fingerprint.empty()) {
    return absl::InvalidArgumentError("the answer has no a=fingerprint");
  }
  if (!answer.is_active) {
    return absl::InvalidArgumentError(
        "the answer is not a=setup:active: the handshake would have to begin here");
  }
  return answer;
}

}  // namespace koeru::tools
