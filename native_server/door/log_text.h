// Makes text from outside safe to put into a log line or a message.
#pragma once

#include <string>
#include <string_view>

namespace koeru::server {

// Escapes control characters, quotes, backslashes and every byte above 0x7E as \n, \", \\, \xNN,
// and cuts after `limit` bytes of input with "...": one line of plain ASCII, whatever came in.
std::string Escaped(std::string_view text, size_t limit = 120);

}  // namespace koeru::server
