#include "core/relay/nonce.h"

#include <algorithm>

#include "core/bytes/hex.h"
#include "core/bytes/writer.h"
#include "core/crypto/base64.h"
#include "core/crypto/hash.h"

namespace koeru::relay {
namespace {

constexpr size_t kTimeAndPortSize = 6;
constexpr size_t kMacSize = 12;

}  // namespace

NonceMint::NonceMint(const RelayConfig& config, stun::SecurityFeatures features) : config_(config) {
  const std::string cookie = stun::MakeNonceCookie(features);
  std::copy_n(cookie.begin(), cookie_.size(), cookie_.begin());
}

NonceText NonceMint::Make(const net::ClientAddress& client, net::UnixTime wall) const {
  return MakeAt(client, static_cast<uint32_t>(wall.seconds));
}

NonceText NonceMint::MakeAt(const net::ClientAddress& client, uint32_t seconds) const {
  std::array<uint8_t, kTimeAndPortSize> time_and_port;
  Writer w(time_and_port);
  w.U32(seconds);
  w.U16(client.endpoint.port);
  const std::string_view cookie(cookie_.data(), cookie_.size());
  const crypto::Sha256Digest mac = crypto::HmacSha256(
      config_.nonce_key,
      {AsBytes(cookie), time_and_port, client.endpoint.address.bytes(), AsBytes(config_.realm)});
  std::array<uint8_t, kTimeAndPortSize + kMacSize> raw;
  std::copy_n(time_and_port.begin(), kTimeAndPortSize, raw.begin());
  std::copy_n(mac.begin(), kMacSize, raw.begin() + kTimeAndPortSize);
  const std::string text = crypto::ToBase64(raw);

  NonceText nonce;
  std::copy(cookie_.begin(), cookie_.end(), nonce.begin());
  std::copy(text.begin(), text.end(), nonce.begin() + cookie_.size());
  return nonce;
}

NonceVerdict NonceMint::Check(std::string_view nonce, const net::ClientAddress& from, Ports ports,
                              net::UnixTime wall) const {
  if (nonce.size() != kNonceSize) return NonceVerdict::kForeign;
  // Time and port are in the first eight characters.
  const auto head = crypto::FromBase64(nonce.substr(cookie_.size(), 8));
  if (!head.ok() || head->size() < kTimeAndPortSize) return NonceVerdict::kForeign;
  Reader reader(*head);
  const uint32_t seconds = reader.U32();
  const uint16_t port = reader.U16();
  net::ClientAddress client = from;
  if (ports == Ports::kAny) client.endpoint.port = port;
  if (!crypto::ConstantTimeEquals(AsBytes(AsView(MakeAt(client, seconds))), AsBytes(nonce))) {
    return NonceVerdict::kForeign;
  }
  if (config_.nonce_lifetime == net::Duration::zero()) return NonceVerdict::kFresh;
  // 32 bits of seconds wrap in 2106; a difference does not mind. A nonce from the future was made
  // before the wall clock was set back.
  const auto age = static_cast<int32_t>(static_cast<uint32_t>(wall.seconds) - seconds);
  const bool fresh = age >= 0 && std::chrono::seconds(age) < config_.nonce_lifetime;
  return fresh ? NonceVerdict::kFresh : NonceVerdict::kExpired;
}

}  // namespace koeru::relay
