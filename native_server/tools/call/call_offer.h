#pragma once

// What a call offers, and what of the answer it needs: RFC 8866, RFC 8829. No I/O.
//
//   std::string sdp = OfferSdp({.ufrag = ..., .fingerprint = ..., .audio_ssrc = ..., ...});
//   auto answer = ReadAnswer(text);
//   if (!answer.ok()) Say(answer.status().message());

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/ice/agent/credentials.h"
#include "native_server/tools/call/call_facts.h"

namespace koeru::tools {

struct OfferParts {
  CallMode mode = CallMode::kEcho;
  ice::Credentials local = {};
  std::string fingerprint = {};  // SHA-256
  bool audio = false, video = false, data = false;
  uint32_t audio_ssrc = 0, video_ssrc = 0, rtx_ssrc = 0;
};

std::string OfferSdp(const OfferParts& parts);

struct CallAnswer {
  ice::Credentials remote = {};
  std::string fingerprint_hash = {}, fingerprint = {};
  bool is_active = false;  // the DTLS handshake begins there
  std::vector<std::string> candidates = {};
  bool audio = false, video = false;  // were accepted
  uint16_t sctp_port = 0;             // 0: no data channels
};

// An untrusted text; at most kMostCandidates of its candidates count.
inline constexpr size_t kMostCandidates = 32;
absl::StatusOr<CallAnswer> ReadAnswer(std::string_view sdp);

}  // namespace koeru::tools
