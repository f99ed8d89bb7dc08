#pragma once

// The descriptor in front of a VP8 payload, with a picture ID of 15 bits: RFC 7741 section 4.2.
//
//    0 1 2 3 4 5 6 7
//   +-+-+-+-+-+-+-+-+
//   |X|R|N|S|R| PID |   X: more follows; S: a partition begins here
//   +-+-+-+-+-+-+-+-+
//   |I|L|T|K| RSV   |   I: a picture ID follows
//   +-+-+-+-+-+-+-+-+
//   |M| PictureID   |   M: it has 15 bits
//   +-+-+-+-+-+-+-+-+
//   |   PictureID   |
//   +-+-+-+-+-+-+-+-+
//
//   Vp8Descriptor{.begins_frame = true, .picture_id = 7}.Write(writer);

#include <cstdint>

#include "core/bytes/writer.h"

namespace koeru::media {

struct Vp8Descriptor {
  static constexpr size_t kSize = 4;

  // A frame is cut without regard to its partitions, so that only its first packet begins one.
  bool begins_frame = false;
  uint16_t picture_id = 0;  // modulo 2^15

  void Write(Writer& writer) const {
    writer.U8(begins_frame ? 0x90 : 0x80);
    writer.U8(0x80);
    writer.U16(static_cast<uint16_t>(0x8000 | picture_id));
  }
};

}  // namespace koeru::media
