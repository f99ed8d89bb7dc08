#pragma once

// One line of the report of `koeru check`: what is so, how bad that is, and what to do about it.

#include <string>
#include <string_view>
#include <vector>

namespace koeru::tools {

enum class Level : uint8_t {
  kOk,
  kNote,  // neither good nor bad: not tested, and why
  kWarn,  // it works, but not for everybody or not well
  kFail,
};

struct Finding {
  Level level = Level::kOk;
  std::string_view topic;   // "reachable", "certificate": stable, programs may rely on it
  std::string text;         // what is so
  std::string remedy = {};  // what to do; empty with kOk
};

using Findings = std::vector<Finding>;

// "ok", "note", "warn", "FAIL".
std::string_view LevelName(Level level);

}  // namespace koeru::tools
