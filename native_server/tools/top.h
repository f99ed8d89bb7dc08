#pragma once

// `koeru top`: a running relay's allocations, every second. `koeru relay`: the same once, for
// scripts, and orders: end one, reload, drain.

#include "native_server/tools/command.h"

namespace koeru::tools {

int RunTop(Arguments arguments, const CommandIo& io);
int RunRelay(Arguments arguments, const CommandIo& io);

}  // namespace koeru::tools
