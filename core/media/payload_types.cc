#include "core/media/payload_types.h"

namespace koeru::media {

PayloadTypes::PayloadTypes(std::span<const sdp::AnsweredCodec> codecs) {
  for (const sdp::AnsweredCodec& codec : codecs) {
    // A clock that does not tick is none.
    if (codec.payload_type > 127 || codec.clock_rate == 0) continue;
    PayloadType& type = types_[codec.payload_type];
    type.kind = codec.apt ? PayloadType::Kind::kRtx : PayloadType::Kind::kMedia;
    type.apt = codec.apt.value_or(0) & 0x7F;
    type.video_format = VideoFormatOf(codec.encoding_name);
    type.nack = codec.nack;
    type.pli = codec.pli;
    type.fir = codec.fir;
    type.remb = codec.remb;
    type.transport_cc = codec.transport_cc;
    type.clock_rate = codec.clock_rate;
    nack_ = nack_ || codec.nack;
    remb_ = remb_ || codec.remb;
    transport_cc_ = transport_cc_ || codec.transport_cc;
  }
  for (uint8_t number = 0; number < types_.size(); ++number) {
    PayloadType& type = types_[number];
    if (type.kind != PayloadType::Kind::kRtx) continue;
    PayloadType& original = types_[type.apt];
    if (original.kind == PayloadType::Kind::kMedia) {
      original.rtx = number;
      // Nobody writes "a=rtcp-fb" for RTX. Its packets have transport-wide numbers all the same,
      // and browsers probe the path with them: what is not told of counts as lost.
      type.transport_cc = original.transport_cc;
    } else {
      type = {};  // of nothing that could be restored
    }
  }
}

}  // namespace koeru::media
