#include "native_server/users/web_token_json.h"

#include <boost/json.hpp>
#include <cmath>

#include "core/bytes/hex.h"
#include "core/crypto/base64.h"

namespace koeru::server {
namespace {

namespace json = boost::json;

// Claims nest shallowly; who sends brackets only must not cost the stack.
constexpr size_t kMostDepth = 8;

std::optional<json::object> ReadPart(std::string_view part) {
  const auto bytes = crypto::FromBase64Url(part);
  if (!bytes.ok()) return std::nullopt;
  json::parse_options options;
  options.max_depth = kMostDepth;
  boost::system::error_code error;
  json::value value = json::parse(AsText(*bytes), error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

// RFC 7519 section 2: NumericDate, seconds, perhaps with a fraction. Beyond a double's whole
// numbers there is no year that anybody means.
std::optional<net::UnixTime> TimeOf(const json::value& value) {
  if (!value.is_number()) return std::nullopt;
  const double seconds = value.to_number<double>();
  if (!(std::abs(seconds) < 9e15)) return std::nullopt;
  return net::UnixTime{static_cast<int64_t>(std::floor(seconds))};
}

bool IsSignedWithHs256(const json::object& header) {
  const json::value* const algorithm = header.if_contains("alg");
  return algorithm != nullptr && algorithm->is_string() && algorithm->as_string() == "HS256" &&
         !header.contains("crit");
}

// A string, or an array of strings.
std::optional<std::vector<std::string>> AudienceOf(const json::value& value) {
  std::vector<std::string> audience;
  if (value.is_string()) return std::vector{std::string(value.as_string())};
  if (!value.is_array()) return std::nullopt;
  for (const json::value& name : value.as_array()) {
    if (!name.is_string()) return std::nullopt;
    audience.emplace_back(name.as_string());
  }
  return audience;
}

class Reader final : public relay::WebTokenReader {
 public:
  std::optional<relay::WebTokenClaims> Read(std::string_view username) const override {
    const size_t dot = username.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto header = ReadPart(username.substr(0, dot));
    if (!header || !IsSignedWithHs256(*header)) return std::nullopt;
    const auto payload = ReadPart(username.substr(dot + 1));
    if (!payload) return std::nullopt;
    return ReadClaims(*payload);
  }

 private:
  static std::optional<relay::WebTokenClaims> ReadClaims(const json::object& payload) {
    relay::WebTokenClaims claims;
    const json::value* const exp = payload.if_contains("exp");
    const auto expiry = exp != nullptr ? TimeOf(*exp) : std::nullopt;
    if (!expiry) return std::nullopt;
    claims.expiry = *expiry;
    if (const json::value* const nbf = payload.if_contains("nbf")) {
      claims.not_before = TimeOf(*nbf);
      if (!claims.not_before) return std::nullopt;
    }
    if (const json::value* const sub = payload.if_contains("sub")) {
      if (!sub->is_string()) return std::nullopt;
      claims.subject = std::string(sub->as_string());
    }
    if (const json::value* const aud = payload.if_contains("aud")) {
      claims.audience = AudienceOf(*aud);
      if (!claims.audience) return std::nullopt;
    }
    return claims;
  }
};

}  // namespace

const relay::WebTokenReader& WebTokenJson() {
  static const Reader reader;
  return reader;
}

}  // namespace koeru::server
