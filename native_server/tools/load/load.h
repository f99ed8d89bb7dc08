#pragma once

// `koeru load`: sends packets through a TURN server and back, and counts.

#include "native_server/tools/command.h"

namespace koeru::tools {

// 0 packets came back, 1 none did or the server refused, 2 bad usage.
int RunLoad(Arguments arguments, const CommandIo& io);

}  // namespace koeru::tools
