#pragma once

// The name that somebody who mistyped most likely meant.

#include <span>
#include <string_view>

namespace koeru::tools {

// By the number of letters to insert, remove or change; empty when no name is near (more than a
// third of its letters differ).
std::string_view NearestName(std::string_view given, std::span<const std::string_view> names);

}  // namespace koeru::tools
