#pragma once

// A stun:, stuns:, turn: or turns: URI as a tree, with the defaults that it leaves out.

#include <string_view>

#include "core/inspect/tree.h"

namespace koeru::inspect {

Node InspectUri(std::string_view text, size_t base = 0);

}  // namespace koeru::inspect
