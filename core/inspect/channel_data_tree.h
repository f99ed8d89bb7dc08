#pragma once

// A TURN ChannelData message as a tree (RFC 8656 section 12.4), with what it carries when that is
// a packet that Koeru knows.

#include "core/inspect/packet_tree.h"

namespace koeru::inspect {

Node InspectChannelData(Bytes message, const InspectOptions& options);

}  // namespace koeru::inspect
