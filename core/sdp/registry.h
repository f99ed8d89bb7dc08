#pragma once

// Every line type and attribute that Koeru knows, one row each.
//
//   const Row* row = FindRow("rtpmap");      // an attribute
//   const Row* row = FindRow("m=");          // a line type
//   row->transcode(decoder, json);           // text -> struct -> JSON, whatever the struct is
//
// Parser, writer, checks, the inspector and the docs read this one table. What is not in it is kept
// as raw text.

#include <span>
#include <string_view>

#include "core/sdp/syntax.h"

namespace koeru::sdp {

// Where an attribute may stand (RFC 8866 section 8.2.4.1, "usage level").
enum class Level : uint8_t { kSession = 1, kMedia = 2, kBoth = 3 };

constexpr bool Includes(Level level, Level part) {
  return (static_cast<uint8_t>(level) & static_cast<uint8_t>(part)) != 0;
}

// How often it may stand in one section.
enum class Count : uint8_t { kOnce, kMany };

// Reads a value by one syntax and, when it was good, writes it by another. Afterwards one of the
// two has an error, or none.
using Transcode = void (*)(Syntax& from, Syntax& to);

template <typename T>
void TranscodeAs(Syntax& from, Syntax& to) {
  T value;
  value.Describe(from);
  from.Finish();
  if (!from.ok()) return;
  value.Describe(to);
  to.Finish();
}

// "m=", which is no name of an attribute: RFC 8866 section 9 has them as tokens.
constexpr bool IsLineTypeName(std::string_view name) { return name.size() == 2 && name[1] == '='; }

struct Row {
  std::string_view name;  // "m=", or the name of an attribute
  std::string_view rfc;   // "RFC 8866 §6.6"
  Level level;
  Count count;
  bool has_value;  // false: the attribute stands alone, without ":"
  Transcode transcode;

  bool is_line_type() const { return IsLineTypeName(name); }
};

// Line types in the order of RFC 8866 section 5, then attributes by name.
std::span<const Row> LineTypes();
std::span<const Row> Attributes();

// Nullptr for what is not known. Names of attributes are case-sensitive (RFC 8866 section 5.13).
const Row* FindRow(std::string_view name);

}  // namespace koeru::sdp
