#pragma once

// A STUN or TURN message as a tree: header fields, every attribute with its fields, FINGERPRINT's
// verdict, and with credentials that of the integrity attributes. Every attribute's words come from
// the registry (core/turn/registry.h).

#include "core/inspect/packet_tree.h"

namespace koeru::inspect {

Node InspectStun(Bytes message, const InspectOptions& options);

}  // namespace koeru::inspect
