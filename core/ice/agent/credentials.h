#pragma once

// ufrag and password: RFC 8445 section 5.3, RFC 8839 section 5.4.
//
//   ufrag = 4*256ice-char, pwd = 22*256ice-char, ice-char = ALPHA / DIGIT / "+" / "/"
//
//   Credentials local{"WxYz", "an0ther22characterspwd"};
//   local.IsValid();                       // both have their length and nothing but ice-char

#include <string>
#include <string_view>

namespace koeru::ice {

struct Credentials {
  std::string ufrag;
  std::string password;

  static constexpr size_t kMinUfrag = 4;
  static constexpr size_t kMinPassword = 22;
  static constexpr size_t kMaxSize = 256;

  bool IsValid() const;

  friend bool operator==(const Credentials&, const Credentials&) = default;
};

}  // namespace koeru::ice
