#pragma once

// The name that somebody who mistyped most likely meant.
//
//   NearestName("decod", names)   // "decode", or "" when none is near

#include <span>
#include <string_view>

namespace koeru {

// By the number of letters to insert, remove, change or swap with a neighbour: at most a third of
// the given name's, or two. Empty when no name is as near as that, and for more than 64 letters.
std::string_view NearestName(std::string_view given, std::span<const std::string_view> names);

}  // namespace koeru
