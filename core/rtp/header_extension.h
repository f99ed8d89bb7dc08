#pragma once

// Elements of a header extension: RFC 8285. One-byte headers (section 4.2) have ids 1 to 14 and 1
// to 16 bytes, two-byte headers (section 4.3) ids 1 to 255 and 0 to 255 bytes.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |       0xBE    |    0xDE       |           length=3            |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |  ID   | L=0   |     data      |  ID   |  L=1  |   data...
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
//   HeaderExtensions elements(*packet);
//   while (auto element = elements.Next()) ...                 // id, data, where it stands
//   std::optional<Bytes> mid = FindExtension(*packet, mid_id);

#include <optional>

#include "core/rtp/rtp_packet.h"

namespace koeru::rtp {

struct HeaderExtension {
  uint8_t id = 0;
  Bytes data;
  size_t offset = 0;  // of the data in the packet
};

// Forward iteration. What is cut short, and all behind id 15 of a one-byte header (section 4.2:
// "must be ignored"), ends it.
class HeaderExtensions {
 public:
  explicit HeaderExtensions(const RtpPacket& packet);
  std::optional<HeaderExtension> Next();

 private:
  enum class Form : uint8_t { kNone, kOneByte, kTwoByte };

  Reader reader_;
  size_t base_;
  Form form_ = Form::kNone;
};

std::optional<HeaderExtension> FindExtension(const RtpPacket& packet, uint8_t id);

}  // namespace koeru::rtp
