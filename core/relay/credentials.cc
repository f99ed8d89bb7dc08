#include "core/relay/credentials.h"

#include "core/bytes/hex.h"
#include "core/relay/shared_secret.h"

namespace koeru::relay {

Credentials::Credentials(const RelayConfig& config, RandomSource& random) : config_(config) {
  random.Fill(unknown_user_key_);
  offers_sha256_ = !config.user_lookup;
  for (const User& user : config.users) {
    UserKeys keys{user.name, {}, {}};
    if (user.long_term_key.size() == crypto::Md5Digest().size()) {
      crypto::Md5Digest key;
      std::copy(user.long_term_key.begin(), user.long_term_key.end(), key.begin());
      keys.md5 = LongTermKey(key);
    } else {
      keys.md5 = LongTermKey::Derive(KeyAlgorithm::kMd5, user.name, config.realm, user.password);
    }
    if (user.password.empty()) {
      offers_sha256_ = false;
    } else {
      keys.sha256 =
          LongTermKey::Derive(KeyAlgorithm::kSha256, user.name, config.realm, user.password);
    }
    users_.insert_or_assign(user.name, keys);
  }
  offers_userhash_ = !config.users.empty() && config.shared_secrets.empty() &&
                     config.web_token_secrets.empty() && !config.user_lookup && !config.third_party;
  if (!offers_userhash_) return;
  for (const User& user : config.users) {
    const crypto::Sha256Digest hash = stun::ComputeUserhash(user.name, config.realm);
    name_by_userhash_.insert_or_assign(std::string(AsText(hash)), user.name);
  }
}

KeyCandidates Credentials::FindKeys(std::string_view username, KeyAlgorithm algorithm,
                                    net::UnixTime wall) const {
  KeyCandidates found;
  const auto user = users_.find(username);
  if (user != users_.end()) {
    found.status = KeyCandidates::Status::kKnown;
    found.keys.push_back(algorithm == KeyAlgorithm::kMd5 ? user->second.md5 : user->second.sha256);
    return found;
  }
  if (!config_.shared_secrets.empty()) {
    if (const auto name = ParseTimeLimitedName(username, config_.rest_api_separator)) {
      found.status =
          name->expiry > wall ? KeyCandidates::Status::kKnown : KeyCandidates::Status::kExpired;
      for (const std::string& secret : config_.shared_secrets) {
        found.keys.push_back(LongTermKey::Derive(algorithm, username, config_.realm,
                                                 PasswordFromSecret(secret, username)));
      }
      return found;
    }
  }
  if (const auto claims = ReadWebToken(username)) {
    const bool counts = claims->CountsAt(wall);
    found.status = counts ? KeyCandidates::Status::kKnown : KeyCandidates::Status::kExpired;
    for (const std::string& secret : config_.web_token_secrets) {
      found.keys.push_back(LongTermKey::Derive(algorithm, username, config_.realm,
                                               PasswordFromWebTokenSecret(secret, username)));
    }
    return found;
  }
  found.keys.push_back(LongTermKey(unknown_user_key_));
  return found;
}

std::optional<WebTokenClaims> Credentials::ReadWebToken(std::string_view username) const {
  if (config_.web_token_secrets.empty()) return std::nullopt;
  auto claims = config_.web_token_reader->Read(username);
  if (claims && !claims->IsFor(config_.realm)) claims.reset();
  return claims;
}

std::optional<std::string_view> Credentials::FindByUserhash(Bytes userhash) const {
  const auto found = name_by_userhash_.find(AsText(userhash));
  if (found == name_by_userhash_.end()) return std::nullopt;
  return found->second;
}

std::string Credentials::QuotaName(std::string_view username) const {
  if (!users_.contains(username)) {
    if (!config_.shared_secrets.empty()) {
      const auto name = ParseTimeLimitedName(username, config_.rest_api_separator);
      if (name) return std::string(name->id.empty() ? username : name->id);
    }
    const auto claims = ReadWebToken(username);
    if (claims && !claims->subject.empty()) return claims->subject;
  }
  return std::string(username);
}

}  // namespace koeru::relay
