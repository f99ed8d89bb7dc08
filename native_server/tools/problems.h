#pragma once

// What went wrong in a session, in sentences that say what to look at.

#include <string>
#include <vector>

#include "native_server/tools/session.h"

namespace koeru::tools {

// Most important first; empty when nothing stands out.
std::vector<std::string> FindProblems(const Session& session);

}  // namespace koeru::tools
