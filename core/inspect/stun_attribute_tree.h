#pragma once

// The attributes of a STUN message as children of its tree. Used by stun_tree.cc alone.

#include "core/inspect/packet_tree.h"
#include "core/stun/message_view.h"

namespace koeru::inspect {

// `bytes` has at least a header. `message` is null when the message as a whole is broken: then
// the attributes are read as far as they go, and no verdict is given.
void AddAttributes(Node& tree, Bytes bytes, const stun::MessageView* message,
                   const InspectOptions& options);

}  // namespace koeru::inspect
