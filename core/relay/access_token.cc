#include "core/relay/access_token.h"

#include <array>

#include "core/bytes/hex.h"
#include "core/bytes/writer.h"

namespace koeru::relay {
namespace {

constexpr size_t kFixedSize = 2 + 8 + 4;
constexpr size_t kMaxPlainSize = kFixedSize + LongTermKey::kMaxSize;

}  // namespace

bool TokenContent::CountsAt(net::UnixTime now) const {
  const int64_t age_s = now.seconds - issued.seconds;  // 48 bits: no overflow
  return int64_t{lifetime_s} + kTokenClockSkew_s > (age_s < 0 ? -age_s : age_s);
}

Result<TokenContent> OpenAccessToken(const stun::AccessToken& token, Bytes key,
                                     std::string_view server_name) {
  if (token.nonce.size() != crypto::kAesGcmNonceSize) {
    return ParseError{"the token's nonce is not of 12 bytes", 0};
  }
  const size_t size = token.encrypted_block.size();
  if (size < kFixedSize + crypto::kAesGcmTagSize || size > kMaxPlainSize + crypto::kAesGcmTagSize) {
    return ParseError{"the token is too short or too long", 0};
  }
  std::array<uint8_t, kMaxPlainSize> buffer;
  const MutableBytes plain = MutableBytes(buffer).first(size - crypto::kAesGcmTagSize);
  if (!crypto::OpenAesGcm(key, {token.nonce, AsBytes(server_name)}, token.encrypted_block, plain)) {
    return ParseError{"made with another key, for another server-name, or damaged", 0};
  }
  Reader r(plain);
  const auto mac_key = LongTermKey::OfToken(r.Take(r.U16()));
  const uint64_t timestamp = r.U64();
  const uint32_t lifetime_s = r.U32();
  if (!r.ok() || !r.Rest().empty()) return ParseError{"its fields do not fill the token", 0};
  // Section 6.2: "The key length of 160 bits MUST be supported".
  if (!mac_key) return ParseError{"the token's session key is not of 20 or 32 bytes", 0};
  return TokenContent{*mac_key, {static_cast<int64_t>(timestamp >> 16)}, lifetime_s};
}

std::vector<uint8_t> SealAccessToken(const TokenContent& content, Bytes nonce, Bytes key,
                                     std::string_view server_name) {
  std::array<uint8_t, kMaxPlainSize> buffer;
  Writer w(buffer);
  const Bytes mac_key = content.mac_key.bytes();
  w.U16(static_cast<uint16_t>(mac_key.size()));
  w.Put(mac_key);
  w.U64(static_cast<uint64_t>(content.issued.seconds) << 16);
  w.U32(content.lifetime_s);
  const Bytes plain = w.written();
  std::vector<uint8_t> sealed(plain.size() + crypto::kAesGcmTagSize);
  if (!crypto::SealAesGcm(key, {nonce, AsBytes(server_name)}, plain, sealed)) sealed.clear();
  return sealed;
}

}  // namespace koeru::relay
