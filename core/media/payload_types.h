#pragma once

// What a payload type means in a section: a table, asked for each packet.
//
//   PayloadTypes types(media.codecs);
//   const PayloadType& type = types[packet.payload_type()];
//   if (type.kind == PayloadType::Kind::kUnknown) ...

#include <array>
#include <optional>
#include <span>

#include "core/media/key_frame.h"
#include "core/sdp/answer/answer.h"

namespace koeru::media {

struct PayloadType {
  enum class Kind : uint8_t { kUnknown, kMedia, kRtx };
  Kind kind = Kind::kUnknown;
  uint8_t apt = 0;                  // of RTX (RFC 4588 section 8.6)
  std::optional<uint8_t> rtx = {};  // of media: by which it is sent again
  VideoFormat video_format = VideoFormat::kOther;
  bool nack = false, pli = false, fir = false, remb = false, transport_cc = false;
  uint32_t clock_rate = 0;
};

class PayloadTypes {
 public:
  explicit PayloadTypes(std::span<const sdp::AnsweredCodec> codecs);

  // Of a number below 128; kUnknown for those that were not agreed on.
  const PayloadType& operator[](uint8_t number) const { return types_[number & 0x7F]; }

  // What any of the section's codecs has.
  bool nack() const { return nack_; }
  bool remb() const { return remb_; }
  bool transport_cc() const { return transport_cc_; }

 private:
  std::array<PayloadType, 128> types_{};
  bool nack_ = false, remb_ = false, transport_cc_ = false;
};

}  // namespace koeru::media
