#include "core/client/long_term_credentials.h"

#include "core/stun/attributes.h"
#include "core/stun/nonce_cookie.h"

namespace koeru::client {
namespace {

using stun::IntegrityVerdict;
using stun::MessageView;
}  // namespace

Challenge LongTermCredentials::OnChallenge(const MessageView& response) {
  const auto nonce = response.Get<stun::Nonce>();
  const auto realm = response.Get<stun::Realm>();
  if (!nonce.ok() || !*nonce || (*nonce)->text.empty()) return Challenge::kMalformed;
  if (!realm.ok()) return Challenge::kMalformed;
  // RFC 8489 section 9.2.4: a 438 carries the realm, too; some servers leave it out.
  if (!*realm && realm_.empty()) return Challenge::kMalformed;
  nonce_ = (*nonce)->text;
  if (*realm) realm_ = (*realm)->text;
  const Challenge chosen = ChooseAlgorithm(response);
  if (chosen == Challenge::kRetry) ComputeKey();
  return chosen;
}

Challenge LongTermCredentials::ChooseAlgorithm(const MessageView& response) {
  algorithms_.clear();
  algorithm_ = stun::password_algorithm::kMd5;
  const auto raw = response.Find(stun::attribute_type::kPasswordAlgorithms);
  const stun::SecurityFeatures features =
      stun::ParseNonceCookie(nonce_).value_or(stun::SecurityFeatures{});
  // RFC 8489 section 9.2.5: "If the "nonce cookie" is present and has the STUN Security Feature
  // "Username anonymity" bit set to 1, then the USERHASH attribute MUST be used".
  anonymous_username_ = features.username_anonymity;
  // "If the ... 'Password algorithms' bit [is] set to 1 but the PASSWORD-ALGORITHMS attribute is
  // not present, ... the client MUST NOT retry" - somebody on the path took it away to force MD5.
  if (!raw) return features.password_algorithms ? Challenge::kMalformed : Challenge::kRetry;

  const auto offered = response.Get<stun::PasswordAlgorithms>();
  if (!offered.ok()) return Challenge::kMalformed;
  // "the client selects the first algorithm it supports from the list"
  std::optional<uint16_t> first;
  (*offered)->ForEach([&](const stun::PasswordAlgorithm& entry) {
    const bool known = entry.algorithm == stun::password_algorithm::kMd5 ||
                       entry.algorithm == stun::password_algorithm::kSha256;
    if (!first && known && entry.parameters.empty()) first = entry.algorithm;
  });
  if (!first) return Challenge::kMalformed;
  algorithm_ = *first;
  algorithms_.assign(raw->value.begin(), raw->value.end());
  return Challenge::kRetry;
}

void LongTermCredentials::ComputeKey() {
  if (algorithm_ == stun::password_algorithm::kSha256) {
    const auto key = stun::LongTermKeySha256(username_, realm_, password_);
    key_.assign(key.begin(), key.end());
  } else {
    const auto key = stun::LongTermKeyMd5(username_, realm_, password_);
    key_.assign(key.begin(), key.end());
  }
}

void LongTermCredentials::Authenticate(stun::MessageBuilder& builder) const {
  if (anonymous_username_) {
    builder.Add(stun::Userhash{stun::ComputeUserhash(username_, realm_)});
  } else {
    builder.Add(stun::Username{username_});
  }
  builder.Add(stun::Realm{realm_});
  builder.Add(stun::Nonce{nonce_});
  if (algorithms_.empty()) {
    builder.AddMessageIntegrity(key_);
    return;
  }
  // RFC 8489 section 9.2.5: the list "MUST" be echoed as it came, so that the server notices when
  // it was tampered with, and the request is then "authenticated using MESSAGE-INTEGRITY-SHA256
  // only".
  builder.AddRaw(stun::attribute_type::kPasswordAlgorithms, algorithms_);
  builder.Add(stun::PasswordAlgorithm{algorithm_, {}});
  builder.AddMessageIntegritySha256(key_);
}

IntegrityVerdict LongTermCredentials::Check(const MessageView& response) const {
  if (algorithms_.empty()) return stun::CheckMessageIntegrity(response, key_);
  return stun::CheckMessageIntegritySha256(response, key_);
}

}  // namespace koeru::client
