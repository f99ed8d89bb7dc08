#pragma once

// `koeru decode`: shows what hexadecimal text, bytes, ICE lines and capture files say.

#include "native_server/tools/command.h"

namespace koeru::tools {

int RunDecode(Arguments arguments, const CommandIo& io);

}  // namespace koeru::tools
