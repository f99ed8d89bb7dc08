#pragma once

// `koeru check`: tests a STUN or TURN server from outside.

#include "native_server/tools/command.h"

namespace koeru::tools {

// 0 good, 1 something is wrong, 2 bad usage.
int RunCheck(Arguments arguments, const CommandIo& io);

}  // namespace koeru::tools
