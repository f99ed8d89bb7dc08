// SRTP and SRTCP with one peer: RFC 3711, RFC 7714, over libsrtp.
//
//   auto session = SrtpSession::Make(*engine.srtp_keys(), /*is_dtls_client=*/true);
//   Unprotected in = (*session)->UnprotectRtp(datagram);      // in place
//   if (in.verdict == SrtpVerdict::kGood) Use(datagram.first(in.size));
//   size_t size = (*session)->ProtectRtp(buffer, rtp_size);   // in place, longer by kMostOverhead
//
// One session is used by one thread at a time. Packets of any number of SSRCs are protected, with a
// rollover counter for each (RFC 3711 section 3.3.1); of the peer's, kMaxSources are taken.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "core/bytes/reader.h"
#include "native_server/tls/srtp_keys.h"

struct srtp_ctx_t_;

namespace koeru::server {

enum class SrtpVerdict : uint8_t {
  kGood,
  kReplayed,   // seen already, or older than the window: RFC 3711 section 3.3.2
  kForged,     // its authentication tag is wrong
  kMalformed,  // no RTP or RTCP packet, or too short for its tag
  kTooMany,    // the peer has kMaxSources already
};

struct Unprotected {
  SrtpVerdict verdict = SrtpVerdict::kMalformed;
  size_t size = 0;  // of the packet, when it is good
};

class SrtpSession {
 public:
  // A packet grows by that much at most: a tag of 16 bytes, and SRTCP's index of 4 (RFC 7714
  // section 9.1, RFC 3711 section 3.4).
  static constexpr size_t kMostOverhead = 16 + 4;
  // RFC 3711 section 3.3.2: "at least 64". Video comes in bursts, and paths reorder them.
  static constexpr size_t kReplayWindow = 1024;
  // Three streams of simulcast with RTX, audio, and what a page may add: each costs a kilobyte
  // here.
  static constexpr size_t kMaxSources = 64;

  // RFC 5764 section 4.2: who was the DTLS client sends with the client's key.
  static absl::StatusOr<std::unique_ptr<SrtpSession>> Make(const SrtpKeys& keys,
                                                           bool is_dtls_client);
  ~SrtpSession();
  SrtpSession(const SrtpSession&) = delete;
  SrtpSession& operator=(const SrtpSession&) = delete;

  // The first `size` bytes of `buffer` are a packet. How long it is now; 0 when it is none, or the
  // buffer has no kMostOverhead bytes behind it. The same packet may be protected again, to be sent
  // again.
  size_t ProtectRtp(MutableBytes buffer, size_t size);
  size_t ProtectRtcp(MutableBytes buffer, size_t size);

  // In place.
  Unprotected UnprotectRtp(MutableBytes packet);
  Unprotected UnprotectRtcp(MutableBytes packet);

 private:
  SrtpSession() = default;
  // Whether a packet of that source may come.
  bool Admits(uint32_t ssrc) const;
  // A source counts when a packet of it was good.
  Unprotected Remember(uint32_t ssrc, Unprotected result);

  srtp_ctx_t_* out_ = nullptr;
  srtp_ctx_t_* in_ = nullptr;
  std::vector<uint32_t> sources_;  // of the peer
};

}  // namespace koeru::server
