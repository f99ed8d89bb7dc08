// Finds the members of a JSON object as slices of its text.
//
// boost::json gives values but not where they stood. The room server passes `data` on byte for
// byte, so it needs the place. Only for text that a real parser has accepted: this one checks
// nothing, but never reads outside of `text`.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace koeru::server::web {

struct JsonMember {
  std::string_view name;   // with its quotes and escapes
  std::string_view value;  // without white space around it
};

std::vector<JsonMember> TopLevelMembers(std::string_view text);

}  // namespace koeru::server::web
