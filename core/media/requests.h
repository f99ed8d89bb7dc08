#pragma once

// What is asked of a source of the peer: packets again (NACK, RFC 4585 section 6.2.1), a whole
// picture (PLI, FIR).
//
//   WriteRequests(source, own_ssrc, round_trip_time, now, out);
//   RequestsDeadline(source)                          // when that has something
//
// Nothing is asked for that was not agreed on for the source's codec.

#include "core/media/compound.h"
#include "core/media/source.h"

namespace koeru::media {

void WriteRequests(Source& source, uint32_t own_ssrc, net::Duration round_trip_time,
                   net::Instant now, CompoundWriter& out);
net::Instant RequestsDeadline(const Source& source);

}  // namespace koeru::media
