#pragma once

// What `koeru top` shows, as text: the server in two lines, then its allocations. No terminal here.

#include <boost/json/object.hpp>
#include <map>
#include <string>

#include "absl/status/statusor.h"

namespace koeru::tools {

// Bytes at the time of the last answer, for rates.
struct TopMemory {
  std::map<std::string, uint64_t> bytes;  // by name of the counter
};

struct TopSize {
  size_t columns = 100;  // lines are cut there
  size_t rows = 0;       // 0: all
};

// `status` and `allocations` as the relay gave them (/api/status, /api/allocations). `seconds` have
// passed since `memory` was filled; 0: no rates. An error when they are not what a relay says.
absl::StatusOr<std::string> TopText(const boost::json::object& status,
                                    const boost::json::object& allocations, double seconds,
                                    const TopSize& size, TopMemory& memory);

// "999 B", "1.2 MB"; "3 s", "2 min 5 s", "1 h 12 min".
std::string ToBytesText(double bytes);
std::string ToDurationText(uint64_t seconds);

}  // namespace koeru::tools
