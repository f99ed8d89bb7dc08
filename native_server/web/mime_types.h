// Content-Type by file name.
#pragma once

#include <string_view>

namespace koeru::server::web {

// Never guesses from content, and the pages are sent with "nosniff": what is unknown is bytes.
std::string_view MimeTypeOf(std::string_view path);

}  // namespace koeru::server::web
