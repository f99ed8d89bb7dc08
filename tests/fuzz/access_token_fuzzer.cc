// koeru_fuzzer deps: koeru_relay

// ACCESS-TOKEN (RFC 7635): any bytes are read, opened and refused; any content that is sealed is
// read as what it is. CVE-2026-43994 was a nonce's length that nobody checked.

#include <algorithm>
#include <array>
#include <vector>

#include "core/bytes/hex.h"
#include "core/relay/access_token.h"
#include "tests/fuzz/require.h"

namespace koeru::relay {
namespace {

using fuzz::Require;

constexpr std::string_view kServer = "turn.example.org";
const std::vector<uint8_t> kKey(32, 1);

// As it comes from the network.
void Open(Bytes value) {
  const auto token = stun::AccessToken::Decode(value, {});
  if (!token.ok()) return;
  Require(!OpenAccessToken(*token, kKey, kServer).ok(), "nobody guesses a tag of 128 bits");
}

// The same bytes inside the seal: what somebody with the key could write.
void OpenSealed(Bytes plain) {
  const std::array<uint8_t, crypto::kAesGcmNonceSize> nonce{};
  std::vector<uint8_t> block(plain.size() + crypto::kAesGcmTagSize);
  Require(crypto::SealAesGcm(kKey, {nonce, AsBytes(kServer)}, plain, block), "anything is sealed");
  const auto content = OpenAccessToken({nonce, block}, kKey, kServer);
  if (!content.ok()) return;
  content->CountsAt({1'700'000'000});
  Require(content->end() > content->issued, "a token ends after it begins");
  Require(!OpenAccessToken({nonce, block}, kKey, "another").ok(), "it is for one server");
  const auto again =
      OpenAccessToken({nonce, SealAccessToken(*content, nonce, kKey, kServer)}, kKey, kServer);
  Require(again.ok() && again->mac_key == content->mac_key && again->issued == content->issued &&
              again->lifetime_s == content->lifetime_s,
          "what was read is written as it was");
}

}  // namespace
}  // namespace koeru::relay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  koeru::relay::Open({data, size});
  koeru::relay::OpenSealed({data, size});
  return 0;
}
