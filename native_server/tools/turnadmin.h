#pragma once

// coturn's turnadmin: the same options, the same lines of output, on the same databases. The koeru
// program behaves so when it is started under that name.

#include "native_server/tools/command.h"

namespace koeru::tools {

// coturn's exit status for an operation that cannot be completed.
inline constexpr int kTurnadminFailed = 255;

bool IsTurnadmin(std::string_view program);
int RunTurnadmin(Arguments arguments, const CommandIo& io);

}  // namespace koeru::tools
