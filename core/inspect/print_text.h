#pragma once

// A tree as text for people, one line a node:
//
//   offset size
//        0   48  STUN message: Binding success response  [RFC 8489 §5]
//        0    2    message type: 0x0101 Binding success response
//        ...
//       20   12    XOR-MAPPED-ADDRESS: 192.0.2.1:32853  [RFC 8489 §14.2]
//                  ! warning: ...

#include <string>

#include "core/inspect/tree.h"

namespace koeru::inspect {

std::string PrintText(const Node& tree);

}  // namespace koeru::inspect
