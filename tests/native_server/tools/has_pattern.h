#pragma once

// HasSubstr() for what is not the same each time: counts, times.

#include <gmock/gmock.h>

#include <regex>
#include <string>

namespace koeru::tools {

// `pattern` is ECMAScript's; "\1" is what the first group was.
MATCHER_P(HasPattern, pattern, std::string("has a match of \"") + pattern + "\"") {
  return std::regex_search(std::string(arg), std::regex(pattern));
}

}  // namespace koeru::tools
