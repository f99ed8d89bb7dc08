#pragma once

// A long-term credential's key as a value: RFC 8489 section 18.5: 16 bytes for the MD5 password
// algorithm, 32 bytes for SHA-256.

#include <algorithm>
#include <array>
#include <string_view>

#include "core/stun/integrity.h"

namespace koeru::relay {

enum class KeyAlgorithm : uint8_t { kMd5, kSha256 };

class LongTermKey {
 public:
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

  KeyAlgorithm algorithm() const { return algorithm_; }
  Bytes bytes() const {
    return Bytes(bytes_).first(algorithm_ == KeyAlgorithm::kMd5 ? size_t{16} : size_t{32});
  }

  // For tables of our own keys, never for what a client sent.
  friend bool operator==(const LongTermKey&, const LongTermKey&) = default;

 private:
  std::array<uint8_t, 32> bytes_{};  // MD5 in the first 16, the rest zero
  KeyAlgorithm algorithm_ = KeyAlgorithm::kMd5;
};

}  // namespace koeru::relay
