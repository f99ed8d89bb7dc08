#pragma once

// Two media sections that are one and the same in two descriptions.

#include "core/sdp/diff/difference.h"
#include "core/sdp/diff/session_defaults.h"
#include "core/sdp/document.h"

namespace koeru::sdp {

struct DiffSide {
  const Document& document;
  const SessionDefaults& defaults;
  size_t section;
};

void CompareMedia(const DiffSide& before, const DiffSide& after, DiffReport& report);

}  // namespace koeru::sdp
