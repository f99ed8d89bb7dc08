// Dates in HTTP headers (RFC 9110 §5.6.7), independent of the process's locale.
#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace koeru::server::web {

std::string FormatHttpDate(std::time_t time);  // "Sun, 06 Nov 1994 08:49:37 GMT"
// Takes the preferred form only; the two obsolete ones count as no date.
std::optional<std::time_t> ParseHttpDate(std::string_view text);

}  // namespace koeru::server::web
