#pragma once

// What Opus is to do: the parameters of RFC 7587 section 6.1.
//
//   SetOpus(offer, 1, {{"stereo", "1"}, {"maxaveragebitrate", "64000"}, {"ptime", "20"}});
//
//   a=fmtp:    stereo sprop-stereo cbr useinbandfec usedtx: 0 or 1
//              maxaveragebitrate: 6000 to 510000 bit/s
//              maxplaybackrate sprop-maxcapturerate: 8000 to 48000 Hz
//              minptime: 3 to 120 ms (not in the RFC; browsers write it)
//   a=ptime: and a=maxptime: lines: multiples of 2.5 ms, rounded up, to 120
//
// They tell the peer how it should send. An empty value takes the parameter away.

#include "core/sdp/edit/fmtp.h"

namespace koeru::sdp {

EditResult SetOpus(Document& document, size_t section, std::span<const NameAndValue> settings);

}  // namespace koeru::sdp
