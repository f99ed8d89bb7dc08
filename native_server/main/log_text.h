#pragma once

// Where the texts of Doors and web servers go: into the log, with "tcp: " before them.

#include <string_view>

#include "native_server/door/door_options.h"

namespace koeru::server {

void WriteTcpLog(Severity severity, std::string_view text);

}  // namespace koeru::server
