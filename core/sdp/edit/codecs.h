#pragma once

// The codecs of RTP sections: their order, and which there are.
//
//   ReorderCodecs(offer, 2, {"VP9", "VP8"});    // the others keep their order behind
//   RemoveCodecs(offer, 1, {"PCMU", "9"});
//   KeepCodecs(offer, kEveryMediaSection, {"opus", "H264"});
//
// A codec is named as in codec_list.h; a name takes all payload types that it matches. A codec goes
// with its rtx (RFC 4588), the red of audio that carries nothing else (RFC 2198), and its rtpmap,
// fmtp, rtcp-fb, imageattr and framesize lines; the payload types in a=rid lines go, too, and rid
// and simulcast lines that are left with none. FEC, and red that carries anything, are codecs like
// others: they stay when they are not named for removal, and go when they are not named to be kept.
//
// With kEveryMediaSection each name must match in one section at least.

#include "core/sdp/codec_list.h"
#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

using CodecNames = std::span<const std::string_view>;

// RFC 3264 section 5.1: the formats of the m= line are "listed in order of preference". Only that
// line changes. An rtx follows its codec.
EditResult ReorderCodecs(Document& document, size_t section, CodecNames names);

// An error when no codec would be left that carries media.
EditResult RemoveCodecs(Document& document, size_t section, CodecNames names);
EditResult KeepCodecs(Document& document, size_t section, CodecNames names);

}  // namespace koeru::sdp
