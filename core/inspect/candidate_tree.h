#pragma once

// An ICE candidate line as a tree: every field with its bytes, what the priority is made of, and
// what an agent would find odd. A broken line shows the fields up to the error.

#include <string_view>

#include "core/inspect/tree.h"

namespace koeru::inspect {

Node InspectCandidate(std::string_view line, size_t base = 0);

}  // namespace koeru::inspect
