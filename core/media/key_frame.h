#pragma once

// Whether a whole picture begins with a packet, as its payload's first bytes tell: VP8 (RFC 7741
// section 4), VP9 (RFC 9628 section 4.2), H.264 (RFC 6184 section 5), AV1 (AV1 RTP section 4.4).
//
//   if (!BeginsKeyFrame(VideoFormatOf("VP8"), packet.payload())) Ask for one

#include <string_view>

#include "core/bytes/reader.h"

namespace koeru::media {

enum class VideoFormat : uint8_t { kOther, kVp8, kVp9, kH264, kAv1 };

// The case of names does not matter (RFC 8866 section 6.6).
VideoFormat VideoFormatOf(std::string_view encoding_name);

// False, too, where it cannot be told.
bool BeginsKeyFrame(VideoFormat format, Bytes payload);

}  // namespace koeru::media
