#pragma once

// What requests are signed with, as a value. Of a long-term credential it is the key of RFC 8489
// section 18.5: 16 bytes for the MD5 password algorithm, 32 bytes for SHA-256. Of an access token
// (RFC 7635) it is the session key in it: 20 bytes for MESSAGE-INTEGRITY, 32 bytes for
// MESSAGE-INTEGRITY-SHA256; of the former coturn uses 16.

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/stun/integrity.h"

namespace koeru::relay {

enum class KeyAlgorithm : uint8_t { kMd5, kSha256, kTokenSha1, kTokenSha256, kTokenCoturn };

class LongTermKey {
 public:
  static constexpr size_t kMaxSize = 32;

  LongTermKey() = default;
  explicit LongTermKey(const crypto::Md5Digest& key) {
    std::copy(key.begin(), key.end(), bytes_.begin());
  }
  explicit LongTermKey(const crypto::Sha256Digest& key)
      : bytes_(key), algorithm_(KeyAlgorithm::kSha256) {}

  static LongTermKey Derive(KeyAlgorithm algorithm, std::string_view username,
                            std::string_view realm, std::string_view password) {
    return algorithm == KeyAlgorithm::kMd5
               ? LongTermKey(stun::LongTermKeyMd5(username, realm, password))
               : LongTermKey(stun::LongTermKeySha256(username, realm, password));
  }

  // Nothing for other sizes.
  static std::optional<LongTermKey> OfToken(Bytes mac_key) {
    if (mac_key.size() != 20 && mac_key.size() != 32) return std::nullopt;
    LongTermKey key;
    std::copy(mac_key.begin(), mac_key.end(), key.bytes_.begin());
    key.algorithm_ = mac_key.size() == 20 ? KeyAlgorithm::kTokenSha1 : KeyAlgorithm::kTokenSha256;
    return key;
  }

  // As coturn's client and server use a token's key of 20 bytes: its first 16.
  LongTermKey AsInCoturn() const {
    LongTermKey key = *this;
    key.algorithm_ = KeyAlgorithm::kTokenCoturn;
    std::fill(key.bytes_.begin() + 16, key.bytes_.end(), uint8_t{0});
    return key;
  }

  KeyAlgorithm algorithm() const { return algorithm_; }
  bool is_of_token() const {
    return algorithm_ != KeyAlgorithm::kMd5 && algorithm_ != KeyAlgorithm::kSha256;
  }
  Bytes bytes() const { return Bytes(bytes_).first(SizeOf(algorithm_)); }

  // For tables of our own keys, never for what a client sent.
  friend bool operator==(const LongTermKey&, const LongTermKey&) = default;

 private:
  static constexpr size_t SizeOf(KeyAlgorithm algorithm) {
    switch (algorithm) {
      case KeyAlgorithm::kMd5:
      case KeyAlgorithm::kTokenCoturn:
        return 16;
      case KeyAlgorithm::kTokenSha1:
        return 20;
      case KeyAlgorithm::kSha256:
      case KeyAlgorithm::kTokenSha256:
        break;
    }
    return kMaxSize;
  }

  std::array<uint8_t, kMaxSize> bytes_{};  // the rest of them is zero
  KeyAlgorithm algorithm_ = KeyAlgorithm::kMd5;
};

}  // namespace koeru::relay
