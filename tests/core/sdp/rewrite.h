#pragma once

// Lines read and written again, as the tests of core/sdp's structs want to see it.

#include <gtest/gtest.h>

#include "core/sdp/typed_line.h"

namespace koeru::sdp {

// The line as it is written after it was read; "7 port: ..." (offset, field, reason) when it cannot
// be read.
inline std::string Rewrite(std::string_view text, Mode mode) {
  const TypedLine line(Line(text, LineEnding::kNone));
  if (line.row() == nullptr) return "unknown";
  Encoder encoder(mode);
  if (const auto error = line.DecodeInto(encoder, mode)) {
    return std::to_string(error->offset) + " " + error->ToString();
  }
  if (!encoder.ok()) return "not written: " + encoder.error().ToString();
  return LineText(*line.row(), encoder.Take());
}

// Both modes take it, and give it back.
inline void ExpectKept(std::string_view line) {
  EXPECT_EQ(Rewrite(line, Mode::kStrict), line);
  EXPECT_EQ(Rewrite(line, Mode::kLenient), line);
}

// Only a lenient decoder takes it; it comes back as `rewritten`. `place`: the strict error's offset
// and field.
inline void ExpectLenient(std::string_view line, std::string_view place,
                          std::string_view rewritten) {
  EXPECT_EQ(Rewrite(line, Mode::kStrict).substr(0, place.size()), place) << line;
  EXPECT_EQ(Rewrite(line, Mode::kLenient), rewritten) << line;
}

// No mode takes it; both errors are at `place`.
inline void ExpectRefused(std::string_view line, std::string_view place) {
  EXPECT_EQ(Rewrite(line, Mode::kStrict).substr(0, place.size()), place) << line;
  EXPECT_EQ(Rewrite(line, Mode::kLenient).substr(0, place.size()), place) << line;
}

}  // namespace koeru::sdp
