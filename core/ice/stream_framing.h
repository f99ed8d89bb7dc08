#pragma once

// ICE over TCP: RFC 6544 section 3 frames every packet as RFC 4571 does, with two bytes of length.
//
//      0                   1
//      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
//     +-------------------------------+--------------------- ...
//     |            LENGTH             |  STUN, DTLS, SRTP or SRTCP
//     +-------------------------------+--------------------- ...
//
//   StreamFraming framing;                       // one per connection
//   framing.Append(received);
//   while (auto packet = framing.Next()) Handle(*packet);
//
// Memory: at most one packet that is not complete yet and what the last Append brought. Packets are
// views into it, valid until the next Append; meanwhile they may be written into.

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/bytes/reader.h"

namespace koeru::ice {

class StreamFraming {
 public:
  static constexpr size_t kHeaderSize = 2;

  void Append(Bytes bytes);
  // The next whole packet, which may be empty; nullopt: more bytes are needed.
  std::optional<MutableBytes> Next();
  // What Next() has not taken, with its lengths.
  Bytes rest() const { return Bytes(buffer_).subspan(taken_); }

  // What goes in front of a packet of that size, at most 65535 bytes.
  static std::array<uint8_t, kHeaderSize> HeaderOf(size_t size) {
    return {static_cast<uint8_t>(size >> 8), static_cast<uint8_t>(size)};
  }

 private:
  std::vector<uint8_t> buffer_;
  size_t taken_ = 0;
};

// What a connection to a port that serves TURN over TCP as well begins with. Both begin with a STUN
// message: TURN's stands there as it is (RFC 8489 section 6.2.2), ICE's behind a length. The magic
// cookie tells which.
enum class StreamStart : uint8_t { kNeedsMore, kIce, kOther };
StreamStart JudgeStreamStart(Bytes head);

}  // namespace koeru::ice
