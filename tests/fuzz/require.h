#pragma once

// The one assertion of fuzzers: on in every build type, and it says what went wrong.

#include <cstdio>
#include <cstdlib>

namespace koeru::fuzz {

inline void Require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "fuzzer: does not hold: %s\n", what);
  std::abort();
}

}  // namespace koeru::fuzz
