// What stands on both sides of the media peer's front door, for media_door_fuzzer.cc: pages with
// their secrets, a DTLS association that is done, and what was agreed on.
#pragma once

#include <array>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "native_server/media/media_sessions.h"
#include "native_server/tls/certificate_writer.h"
#include "tests/fuzz/require.h"

namespace koeru::server {

class CountingRandom final : public relay::RandomSource {
 public:
  void Fill(MutableBytes bytes) override {
    for (uint8_t& byte : bytes) {
      state_ = state_ * 6364136223846793005u + 1442695040888963407u;
      byte = static_cast<uint8_t>(state_ >> 56);
    }
  }

 private:
  uint64_t state_ = 1;
};

inline std::shared_ptr<const TlsContext> ContextOf(bool active) {
  static const auto* const contexts = [] {
    const std::time_t now = std::time(nullptr);
    const auto pem = WriteSelfSigned({}, now - 86400, now + 86400);
    auto* made = new std::array<std::shared_ptr<const TlsContext>, 2>;
    for (const bool is_active : {false, true}) {
      auto context = TlsContext::ForMediaPeer({.active = is_active,
                                               .certificate_pem = pem->certificate,
                                               .key_pem = std::string(pem->key.text()),
                                               .profiles = {SrtpProfile::kAeadAes128Gcm}});
      (*made)[is_active] = *std::move(context);
    }
    return made;
  }();
  return (*contexts)[active];
}

// The media peer's end of an association (it is the client), and the page's.
struct Association {
  std::unique_ptr<DtlsEngine> ours, theirs;
};
inline Association MakeAssociation(net::Instant now) {
  Association made{std::make_unique<DtlsEngine>(ContextOf(true)),
                   std::make_unique<DtlsEngine>(ContextOf(false), std::array<uint8_t, 1>{1})};
  made.ours->SetNow(now);
  made.ours->Handshake();
  bool is_done = false;
  for (int flight = 0; flight < 10; ++flight) {
    DtlsEngine& from = flight % 2 == 0 ? *made.ours : *made.theirs;
    DtlsEngine& to = flight % 2 == 0 ? *made.theirs : *made.ours;
    for (const std::vector<uint8_t>& datagram : from.TakeOutput()) {
      to.SetInput(datagram, now);
      is_done |= &to == made.ours.get() && to.Handshake() == DtlsEngine::Progress::kDone;
      if (&to == made.theirs.get()) to.Handshake();
    }
  }
  fuzz::Require(is_done, "the two shake hands");
  return made;
}

inline SrtpKeys Keys() {
  return {.profile = SrtpProfile::kAeadAes128Gcm,
          .client = std::vector<uint8_t>(28, 1),
          .server = std::vector<uint8_t>(28, 2)};
}

// The first one is sound; flags as bits of what is not there.
inline std::vector<sdp::AnsweredMedia> MediaOf(MediaSessionId session, uint8_t flags) {
  std::vector<sdp::AnsweredMedia> all;
  for (uint32_t i = 0; i < 2u + (flags & 1); ++i) {
    const bool is_audio = i == 0;
    const uint8_t payload_type = is_audio ? 111 : 96;
    const uint32_t clock_rate = is_audio ? 48000 : 90000;
    sdp::AnsweredMedia media{.mid = std::to_string(i),
                             .media = is_audio ? "audio" : "video",
                             .accepted = true,
                             .sends = (flags & 2) == 0,
                             .receives = (flags & 4) == 0};
    if (media.sends) {
      media.ssrc = 0x10000 * session + 2 * i;
      media.rtx_ssrc = (flags & 8) == 0 ? media.ssrc + 1 : 0;
    }
    media.codecs = {{.payload_type = payload_type,
                     .encoding_name = is_audio ? "opus" : "VP8",
                     .clock_rate = clock_rate,
                     .nack = true,
                     .pli = true,
                     .fir = true,
                     .remb = true,
                     .transport_cc = (flags & 16) == 0},
                    {.payload_type = static_cast<uint8_t>(payload_type + 1),
                     .encoding_name = "rtx",
                     .clock_rate = clock_rate,
                     .apt = payload_type}};
    media.extensions = {
        {"urn:ietf:params:rtp-hdrext:sdes:mid", uint8_t{4}},
        {"http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01", uint8_t{3}}};
    all.push_back(std::move(media));
  }
  all.push_back({.mid = "d", .media = "application", .accepted = (flags & 32) == 0});
  return all;
}

struct Page {
  MediaSessionId session = 0;
  ice::Credentials own{}, servers{};
  ice::Path path{};  // the server's side of it
  bool answers = true;
  bool is_started = false;  // the worker has the keys
  std::unique_ptr<SrtpSession> srtp{};
  std::unique_ptr<DtlsEngine> dtls{};
};

}  // namespace koeru::server
