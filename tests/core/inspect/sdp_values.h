#pragma once

// The vectors of tests/vectors/sdp/values.txt.

#include <fstream>
#include <string>
#include <vector>

namespace koeru::inspect {

struct SdpValue {
  std::string line;
  std::string json;
};

inline std::vector<SdpValue> ReadSdpValues() {
  std::ifstream file(KOERU_SOURCE_DIR "/tests/vectors/sdp/values.txt");
  std::vector<SdpValue> values;
  std::string line;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (line.starts_with("  ")) {
      values.back().json = line.substr(2);
    } else {
      values.push_back({line, ""});
    }
  }
  return values;
}

}  // namespace koeru::inspect
