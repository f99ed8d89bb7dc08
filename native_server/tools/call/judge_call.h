#pragma once

// What the facts of calls mean: for each a sentence, how bad it is, and the remedy. No I/O. Texts
// of strangers come out escaped.

#include <span>

#include "native_server/tools/call/call_facts.h"
#include "native_server/tools/check/finding.h"

namespace koeru::tools {

// Of one call, or of many together.
Findings JudgeCalls(std::span<const CallFacts> calls);

// Nothing failed.
bool IsGood(const Findings& findings);

}  // namespace koeru::tools
