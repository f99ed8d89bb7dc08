#pragma once

// What is agreed on for one section of RTP.

#include "core/sdp/answer/answer.h"

namespace koeru::sdp {

// Codecs and extensions of the offered section that the answerer keeps; accepted when there is any
// codec with media of its own.
AnsweredMedia AnswerMedia(const Document& offer, size_t section, const OfferedSection& offered,
                          MediaFlow flow);

// The section's lines about what was agreed on: a=extmap, direction, a=rtpmap, a=rtcp-fb, a=fmtp.
// Each with its ending.
std::string MediaLines(const Document& offer, size_t section, const AnsweredMedia& media);

}  // namespace koeru::sdp
