#pragma once

// `koeru call`: calls the media peer of a relay, and says what came back.

#include "native_server/tools/command.h"

namespace koeru::tools {

int RunCall(Arguments arguments, const CommandIo& io);

}  // namespace koeru::tools
