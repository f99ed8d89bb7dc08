#pragma once

// What `koeru top` and `koeru relay` take.

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "native_server/tools/command.h"

namespace koeru::tools {

struct RelayOptions {
  std::string socket;
  std::string sort = "traffic";
  uint32_t limit = 0;  // 0: not given
  bool once = false, json = false, help = false;
  std::vector<std::string> words;  // what is no option, in order
};

inline constexpr std::string_view kRelayOptionsHelp =
    "  --socket PATH   the relay's admin-socket. Default: /run/koeru/admin.sock, or the demo's\n"
    "  --sort ORDER    traffic (default), age or user\n"
    "  --limit N       so many allocations\n"
    "  --json          JSON instead of a table\n";

absl::StatusOr<RelayOptions> ParseRelayOptions(Arguments arguments);

}  // namespace koeru::tools
