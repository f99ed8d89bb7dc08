// What a client's headers ask of a file: encodings, conditions and ranges. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace koeru::server::web {

// RFC 9110 §12.5.3: true if `header` (Accept-Encoding) allows `coding`, by name or "*", with q > 0.
bool AcceptsEncoding(std::string_view header, std::string_view coding);

// RFC 9110 §13.1.2: true if one of the tags in If-None-Match is `etag` (weak comparison) or "*".
bool MatchesAnyTag(std::string_view header, std::string_view etag);

struct ByteRange {
  uint64_t first = 0;
  uint64_t length = 0;
};
enum class RangeKind { kIgnore, kSatisfiable, kUnsatisfiable };
struct RangeResult {
  RangeKind kind = RangeKind::kIgnore;
  ByteRange range{};
};

// RFC 9110 §14.1.2, for a file of `size` bytes. Several ranges at once, other units and broken
// headers are ignored, as §14.2 allows: the whole file is sent.
RangeResult ParseRange(std::string_view header, uint64_t size);

}  // namespace koeru::server::web
