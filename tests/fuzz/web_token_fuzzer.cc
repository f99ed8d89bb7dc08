// koeru_fuzzer deps: koeru_server_users

// Usernames that are JSON Web Tokens: any bytes as they come from the network, and any bytes as the
// two parts inside.

#include "core/bytes/hex.h"
#include "core/crypto/base64.h"
#include "native_server/users/web_token_json.h"
#include "tests/fuzz/require.h"

namespace koeru::server {
namespace {

using fuzz::Require;

void Read(std::string_view username) {
  const auto claims = WebTokenJson().Read(username);
  if (!claims) return;
  Require(username.find('.') == username.rfind('.'), "two parts");
  Require(!claims->CountsAt(claims->expiry), "exp ends it");
  if (claims->audience && claims->audience->empty()) {
    Require(!claims->IsFor("example.org"), "for nobody");
  }
  // One spelling: what is read the same is written the same.
  const size_t dot = username.find('.');
  for (const std::string_view part : {username.substr(0, dot), username.substr(dot + 1)}) {
    Require(crypto::ToBase64Url(*crypto::FromBase64Url(part)) == part, "base64url in one spelling");
  }
}

// Header and payload, parted by a line break.
void ReadParts(std::string_view text) {
  const size_t line = std::min(text.find('\n'), text.size());
  const std::string_view payload = text.substr(std::min(line + 1, text.size()));
  const std::string encoded = crypto::ToBase64Url(AsBytes(payload));
  Read(crypto::ToBase64Url(AsBytes(text.substr(0, line))) + "." + encoded);
  Read("eyJhbGciOiJIUzI1NiJ9." + encoded);
}

}  // namespace
}  // namespace koeru::server

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  koeru::server::Read(text);
  koeru::server::ReadParts(text);
  return 0;
}
