#include "core/media/key_frame.h"

#include <algorithm>

#include "core/bytes/ascii.h"

namespace koeru::media {
namespace {

bool IsName(std::string_view name, std::string_view upper) {
  return std::equal(name.begin(), name.end(), upper.begin(), upper.end(),
                    [](char a, char b) { return ToUpperAscii(a) == b; });
}

// RFC 7741 section 4.2: |X|R|N|S|R| PID |, then with X |I|L|T|K|, and what these announce. Section
// 4.3: the payload's first byte has P, 0 for a key frame.
bool BeginsVp8(Reader reader) {
  const uint8_t first = reader.U8();
  if ((first & 0x17) != 0x10) return false;  // S, and partition 0
  if ((first & 0x80) != 0) {
    const uint8_t extension = reader.U8();
    if ((extension & 0x80) != 0 && (reader.U8() & 0x80) != 0) reader.U8();  // PictureID of 15 bits
    if ((extension & 0x40) != 0) reader.U8();
    if ((extension & 0x30) != 0) reader.U8();
  }
  const bool is_inter_frame = (reader.U8() & 1) != 0;
  return reader.ok() && !is_inter_frame;
}

// RFC 9628 section 4.2: |I|P|L|F|B|E|V|Z|. Not predicted from another picture, and a frame's
// beginning.
bool BeginsVp9(Reader reader) { return (reader.U8() & 0x48) == 0x08 && reader.ok(); }

constexpr bool IsWholePicture(int nal_unit_type) {
  return nal_unit_type == 5 || nal_unit_type == 7;  // IDR slice, sequence parameters
}

bool BeginsH264(Reader reader) {
  const int type = reader.U8() & 0x1F;
  if (type == 24) {  // section 5.7.1, STAP-A: sizes in front of NAL units
    reader.U16();
    return IsWholePicture(reader.U8() & 0x1F);
  }
  if (type == 28) {  // section 5.8, FU-A: |S|E|R| type |
    const uint8_t header = reader.U8();
    return (header & 0x80) != 0 && IsWholePicture(header & 0x1F);
  }
  return IsWholePicture(type);
}

// |Z|Y|W W|N|-|-|-|, N: the first packet of a coded video sequence.
bool BeginsAv1(Reader reader) { return (reader.U8() & 0x08) != 0; }

}  // namespace

VideoFormat VideoFormatOf(std::string_view encoding_name) {
  if (IsName(encoding_name, "VP8")) return VideoFormat::kVp8;
  if (IsName(encoding_name, "VP9")) return VideoFormat::kVp9;
  if (IsName(encoding_name, "H264")) return VideoFormat::kH264;
  if (IsName(encoding_name, "AV1")) return VideoFormat::kAv1;
  return VideoFormat::kOther;
}

bool BeginsKeyFrame(VideoFormat format, Bytes payload) {
  switch (format) {
    case VideoFormat::kVp8:
      return BeginsVp8(Reader(payload));
    case VideoFormat::kVp9:
      return BeginsVp9(Reader(payload));
    case VideoFormat::kH264:
      return BeginsH264(Reader(payload));
    case VideoFormat::kAv1:
      return BeginsAv1(Reader(payload));
    case VideoFormat::kOther:
      break;
  }
  return false;
}

}  // namespace koeru::media
