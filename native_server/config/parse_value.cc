#include "native_server/config/parse_value.h"

#include <algorithm>
#include <charconv>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/bytes/hex.h"

namespace koeru::server {
namespace {

template <typename... Parts>
absl::Status Bad(const Parts&... parts) {
  return absl::InvalidArgumentError(absl::StrCat(parts...));
}

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

}  // namespace

relay::AddressRange RangeOf(const net::Prefix& prefix) {
  std::array<uint8_t, 16> bytes{};
  const Bytes first = prefix.address.bytes();
  std::copy(first.begin(), first.end(), bytes.begin());
  for (size_t bit = prefix.length; bit < first.size() * 8; ++bit) {
    bytes[bit / 8] = static_cast<uint8_t>(bytes[bit / 8] | (0x80 >> (bit % 8)));
  }
  return {prefix.address, net::Address::FromBytes(Bytes(bytes).first(first.size())), {}};
}

std::string Quoted(std::string_view text) {
  return absl::StrCat("\"", absl::CHexEscape(text), "\"");
}

absl::StatusOr<bool> ParseBoolean(std::string_view text) {
  const std::string word = absl::AsciiStrToLower(text);
  if (word.empty() || IsOneOf(word, {"yes", "y", "true", "t", "on"})) return true;
  if (IsOneOf(word, {"no", "n", "false", "f", "off"})) return false;
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error == std::errc() && end == word.data() + word.size()) return number != 0;
  return Bad(Quoted(text),
             " is neither yes nor no: write yes or no (or leave the value out for yes)");
}

absl::StatusOr<uint32_t> ParseNumber(std::string_view text, uint32_t min, uint32_t max) {
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || number < min ||
      number > max) {
    return Bad(Quoted(text), " is not right: write a whole number from ", min, " to ", max);
  }
  return number;
}

absl::StatusOr<net::Address> ParseAddress(std::string_view text) {
  const auto address = net::Address::Parse(text);
  if (!address.ok()) {
    return Bad(Quoted(text), " is not right: ", address.error().reason,
               "; write an address such as 192.0.2.1 or 2001:db8::1");
  }
  return *address;
}

absl::StatusOr<net::Endpoint> ParseEndpoint(std::string_view text, uint16_t default_port) {
  if (const auto address = net::Address::Parse(text); address.ok()) {
    return net::Endpoint{*address, default_port};
  }
  const auto endpoint = net::Endpoint::Parse(text);
  if (!endpoint.ok() || endpoint->port == 0) {
    return Bad(Quoted(text),
               " is not right: write an address such as 192.0.2.1 or 2001:db8::1, or "
               "one with a port such as 192.0.2.1:3478 or [2001:db8::1]:3478");
  }
  return *endpoint;
}

absl::StatusOr<relay::AddressRange> ParseRange(std::string_view text) {
  const size_t dash = text.find('-');
  if (dash == std::string_view::npos) {
    const auto prefix = net::Prefix::Parse(text);
    if (!prefix.ok()) {
      return Bad(Quoted(text), " is not right: ", prefix.error().reason,
                 "; write an address, first-last, or a prefix such as 10.0.0.0/8");
    }
    return RangeOf(*prefix);
  }
  auto first = ParseAddress(absl::StripAsciiWhitespace(text.substr(0, dash)));
  if (!first.ok()) return first.status();
  auto last = ParseAddress(absl::StripAsciiWhitespace(text.substr(dash + 1)));
  if (!last.ok()) return last.status();
  if (first->family() != last->family()) {
    return Bad(Quoted(text), " is not right: both ends must be IPv4, or both IPv6");
  }
  if (*last < *first) {
    return Bad(Quoted(text), " is not right: the first address is above the last; swap them");
  }
  return relay::AddressRange{*first, *last, {}};
}

absl::StatusOr<ExternalIp> ParseExternalIp(std::string_view text) {
  const size_t slash = text.find('/');
  auto advertised = ParseAddress(text.substr(0, slash));
  if (!advertised.ok()) return advertised.status();
  ExternalIp external{*advertised, std::nullopt, {}};
  if (slash != std::string_view::npos) {
    auto local = ParseAddress(text.substr(slash + 1));
    if (!local.ok()) return local.status();
    if (local->family() != advertised->family()) {
      return Bad(Quoted(text), " is not right: public and private address must be of one family");
    }
    external.local = *local;
  }
  return external;
}

absl::StatusOr<relay::User> ParseUser(std::string_view text) {
  // The value is a secret: messages do not repeat it.
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) {
    return Bad(
        "the value is not right: write name:password, or name:0x and the key in hexadecimal");
  }
  relay::User user;
  user.name = text.substr(0, colon);
  const std::string_view password = text.substr(colon + 1);
  if (!password.starts_with("0x")) {
    user.password = password;
    return user;
  }
  const auto key = FromHex(password.substr(2));
  if (!key.ok() || key->size() != 16) {
    return Bad(
        "the key is not right: write 0x and the 32 hexadecimal digits of "
        "MD5(name:realm:password)");
  }
  user.long_term_key = *key;
  return user;
}

absl::StatusOr<LogLevel> ParseLogLevel(std::string_view text) {
  if (text == "debug") return LogLevel::kDebug;
  if (text == "info") return LogLevel::kInfo;
  if (text == "warning") return LogLevel::kWarning;
  if (text == "error") return LogLevel::kError;
  return Bad(Quoted(text), " is not a level: write debug, info, warning or error");
}

}  // namespace koeru::server
