#pragma once

// RFC 4570 section 3: from whom multicast is wanted, or is not.
//
//   a=source-filter: <filter mode> <nettype> <address types> <destination> <source> ...
//   a=source-filter: incl IN IP4 233.252.0.1 198.51.100.1

#include "core/sdp/syntax.h"

namespace koeru::sdp {

struct SourceFilter {
  static constexpr std::string_view kName = "source-filter";

  enum class FilterMode : uint8_t { kInclude, kExclude };

  FilterMode mode = FilterMode::kInclude;
  std::string_view network_type = "IN";
  std::string_view address_types;  // IP4, IP6 or "*"
  std::string_view destination;
  std::vector<std::string_view> sources;

  void Describe(Syntax& s) {
    s.LooseSpace();
    s.Word("mode", mode, "incl|excl");
    s.Literal(" ");
    s.Text("networkType", network_type, kToken);
    s.Literal(" ");
    s.Text("addressTypes", address_types, kNonSpace);
    s.Literal(" ");
    s.Text("destination", destination, kNonSpace);
    s.Literal(" ");
    s.List("sources", " ", sources,
           [](Syntax& item, std::string_view& source) { item.Text("", source, kNonSpace); });
  }
};

}  // namespace koeru::sdp
