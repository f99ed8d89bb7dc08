#pragma once

// Between Boost.JSON and std::string_view.
//
//   const json::value value = json::parse(JsonView(text), error);
//   if (const auto name = TextIn(value.get_object(), "name")) Greet(*name);   // "" where it is ""

#include <boost/json/value.hpp>
#include <optional>
#include <string_view>

namespace koeru::server {

// Views are not zero-terminated, and Boost has a kind of its own.
inline boost::json::string_view JsonView(std::string_view text) {
  return {text.data(), text.size()};
}

// A member that is a string. It lives as long as `object`.
inline std::optional<std::string_view> TextIn(const boost::json::object& object,
                                              std::string_view name) {
  const boost::json::value* value = object.if_contains(JsonView(name));
  const boost::json::string* text = value == nullptr ? nullptr : value->if_string();
  if (text == nullptr) return std::nullopt;
  return std::string_view(text->data(), text->size());
}

}  // namespace koeru::server
