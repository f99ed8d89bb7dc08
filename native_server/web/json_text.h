// The little of JSON (RFC 8259) that is written by hand: a string literal.
#pragma once

#include <string>
#include <string_view>

namespace koeru::server::web {

// `text` as a JSON string with its quotes. `text` must be UTF-8.
std::string JsonString(std::string_view text);

}  // namespace koeru::server::web
