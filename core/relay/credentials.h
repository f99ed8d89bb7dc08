#pragma once

// Who may use the relay: users with a long-term password or key, and anyone who holds a
// time-limited credential made with one of the shared secrets (shared_secret.h) or a JSON Web Token
// (web_token.h).
//
//   KeyCandidates found = credentials.FindKeys(username, KeyAlgorithm::kMd5, wall);
//   for (const LongTermKey& key : found.keys) Check(message, key);
//
// FindKeys always gives at least one key: for a user who does not exist it is a random one, so that
// an unknown user and a wrong password take the same steps and look the same from outside.

#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "core/relay/config.h"
#include "core/relay/long_term_key.h"

namespace koeru::relay {

struct KeyCandidates {
  enum class Status : uint8_t { kKnown, kUnknownUser, kExpired };
  Status status = Status::kUnknownUser;
  // One for a user, one for each shared secret otherwise. No match counts unless kKnown.
  absl::InlinedVector<LongTermKey, 2> keys;
};

class Credentials {
 public:
  // Keeps views into `config`, which must outlive this and not change.
  Credentials(const RelayConfig& config, RandomSource& random);

  KeyCandidates FindKeys(std::string_view username, KeyAlgorithm algorithm,
                         net::UnixTime wall) const;

  // USERHASH (RFC 8489 section 14.4) back to the name; only users can be found so.
  std::optional<std::string_view> FindByUserhash(Bytes userhash) const;

  // The SHA-256 password algorithm is offered when every user's password is known: with a key that
  // is MD5 already, a client that takes up the offer could never log in.
  bool offers_sha256() const { return offers_sha256_; }
  // USERHASH is offered when every name is known, that is without shared secrets, database and
  // tokens: who sends one all the same is nobody.
  bool offers_userhash() const { return offers_userhash_; }

  // The name that quotas count: the id of a time-limited credential or the subject of a web token,
  // so that a new expiry makes no new user; otherwise the name itself.
  std::string QuotaName(std::string_view username) const;

 private:
  struct UserKeys {
    std::string_view name;
    LongTermKey md5, sha256;
  };

  // Nothing when these are not in use, or it is none.
  std::optional<WebTokenClaims> ReadWebToken(std::string_view username) const;

  const RelayConfig& config_;
  bool offers_sha256_ = false;
  bool offers_userhash_ = false;
  crypto::Sha256Digest unknown_user_key_;
  absl::flat_hash_map<std::string_view, UserKeys> users_;
  absl::flat_hash_map<std::string, std::string_view> name_by_userhash_;
};

}  // namespace koeru::relay
