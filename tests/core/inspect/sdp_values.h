#pragma once

// The vectors of tests/vectors/sdp/values.txt and lenient_values.txt.

#include <fstream>
#include <string>
#include <vector>

namespace koeru::inspect {

struct SdpValue {
  std::string line;
  std::string json;
  std::string rewritten;  // what comes back from the JSON: the line itself, unless it was lenient
};

inline std::vector<SdpValue> ReadSdpValues(const std::string& file_name = "values.txt") {
  std::ifstream file(KOERU_SOURCE_DIR "/tests/vectors/sdp/" + file_name);
  std::vector<SdpValue> values;
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (!line.starts_with("  ")) {
      values.push_back({line, "", line});
    } else if (values.back().json.empty()) {
      values.back().json = line.substr(2);
    } else {
      values.back().rewritten = line.substr(2);
    }
  }
  return values;
}

}  // namespace koeru::inspect
