#pragma once

// The facts of calls as JSON; README.md has the names. The text is check/report.h's.

#include <span>
#include <string>

#include "native_server/tools/call/call_facts.h"
#include "native_server/tools/check/finding.h"

namespace koeru::tools {

std::string CallJson(std::span<const CallFacts> calls, const Findings& findings);

}  // namespace koeru::tools
