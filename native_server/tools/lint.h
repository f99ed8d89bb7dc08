#pragma once

// `koeru lint`: what is wrong in session descriptions, one line for each finding.

#include "native_server/tools/command.h"

namespace koeru::tools {

// There were errors, which is not the command's own.
inline constexpr int kExitErrorsFound = 1;

int RunLint(Arguments arguments, const CommandIo& io);

}  // namespace koeru::tools
