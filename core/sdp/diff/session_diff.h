#pragma once

// What two descriptions say in front of their media sections.

#include "core/sdp/diff/difference.h"
#include "core/sdp/diff/session_defaults.h"

namespace koeru::sdp {

void CompareSession(const Document& before, const SessionDefaults& defaults_before,
                    const Document& after, const SessionDefaults& defaults_after,
                    DiffReport& report);

}  // namespace koeru::sdp
