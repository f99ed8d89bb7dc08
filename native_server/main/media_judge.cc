#include "native_server/main/media_judge.h"

#include <map>
#include <mutex>

#include "core/crypto/hash.h"
#include "core/relay/known_users.h"
#include "native_server/io/clock.h"

namespace koeru::server {
namespace {

using relay::KeyAlgorithm;
using relay::KnownUsers;
using relay::LongTermKey;

MediaVerdict Good(std::string user) { return {.is_good = true, .user = std::move(user)}; }
MediaVerdict Bad(std::string reason) { return {.reason = std::move(reason)}; }
MediaVerdict Wrong() { return Bad("the username or the credential is wrong"); }

bool IsSame(const LongTermKey& one, const LongTermKey& other) {
  return crypto::ConstantTimeEquals(one.bytes(), other.bytes());
}

// No stored name has a NUL byte in it.
std::string Identity(std::string_view realm, std::string_view name) {
  std::string identity(realm);
  identity += '\0';
  return identity += name;
}

}  // namespace

// Questions that wait, and what the answers were.
class MediaJudge::Answers final : public UserAnswers {
 public:
  explicit Answers(Tell tell) : tell_(std::move(tell)) {}

  void Close() {
    const std::lock_guard lock(mutex_);
    tell_ = nullptr;
    asked_.clear();
  }
  // Without a verdict: nobody knows at the moment.
  std::optional<MediaVerdict> Remembered(const std::string& identity, const LongTermKey& key,
                                         std::string_view name, net::Instant now) {
    const std::lock_guard lock(mutex_);
    const KnownUsers::Answer known = known_.Find(identity, now);
    if (known.standing == KnownUsers::Standing::kAbsent) return Wrong();
    if (known.standing != KnownUsers::Standing::kFresh) return std::nullopt;
    return IsSame(known.key, key) ? Good(std::string(name)) : Wrong();
  }
  void Expect(uint64_t question, std::string identity, std::string name, const LongTermKey& key) {
    const std::lock_guard lock(mutex_);
    asked_[question] = {std::move(identity), std::move(name), key};
  }

  void Leave(const UserAnswer& answer) override {
    const std::lock_guard lock(mutex_);
    const auto found = asked_.find(answer.id);
    if (found == asked_.end() || tell_ == nullptr) return;
    const Asked asked = std::move(found->second);
    asked_.erase(found);
    tell_(answer.id, VerdictOn(answer, asked, Now()));
  }

 private:
  struct Asked {
    std::string identity, name;
    LongTermKey key;  // of what the page shows
  };

  MediaVerdict VerdictOn(const UserAnswer& answer, const Asked& asked, net::Instant now) {
    switch (answer.result) {
      case UserAnswer::Result::kFound:
        known_.Learn(asked.identity, LongTermKey(answer.key), now);
        return IsSame(LongTermKey(answer.key), asked.key) ? Good(asked.name) : Wrong();
      case UserAnswer::Result::kAbsent:
        known_.LearnAbsent(asked.identity, now);
        return Wrong();
      case UserAnswer::Result::kFailed:
        break;
    }
    const KnownUsers::Answer known = known_.Find(asked.identity, now);
    if (known.standing >= KnownUsers::Standing::kFresh && IsSame(known.key, asked.key)) {
      return Good(asked.name);
    }
    return {.unanswered = true,
            .reason = "who knows the users of this server does not answer: try again later"};
  }

  std::mutex mutex_;
  // Guarded by mutex_.
  Tell tell_;
  std::map<uint64_t, Asked> asked_;  // as many as the desk asks
  KnownUsers known_;
};

MediaJudge::MediaJudge(const CurrentSettings& settings, UserSource* users, Tell tell)
    : settings_(settings), users_(users), answers_(std::make_shared<Answers>(std::move(tell))) {}

MediaJudge::~MediaJudge() { answers_->Close(); }

const relay::Credentials& MediaJudge::CurrentCredentials() {
  if (auto current = settings_.Get(); current != known_) {
    credentials_ = std::make_unique<relay::Credentials>(current->config, random_);
    known_ = std::move(current);
  }
  return *credentials_;
}

MediaVerdict MediaJudge::Judge(const PeerRequest& request, net::Instant now, net::UnixTime wall) {
  const relay::Credentials& credentials = CurrentCredentials();
  const relay::RelayConfig& config = known_->config;
  if (config.anonymous) return {.is_good = true};
  if (request.username.empty() || request.credential.empty()) {
    return Bad("the media peer wants a username and a credential for TURN at this server");
  }
  using Status = relay::KeyCandidates::Status;
  const auto key =
      LongTermKey::Derive(KeyAlgorithm::kMd5, request.username, config.realm, request.credential);
  const auto found = credentials.FindKeys(request.username, KeyAlgorithm::kMd5, wall);
  bool matches = false;
  for (const LongTermKey& candidate : found.keys) matches |= IsSame(candidate, key);
  if (found.status != Status::kUnknownUser) {
    if (!matches) return Wrong();
    return found.status == Status::kKnown ? Good(credentials.QuotaName(request.username))
                                          : Bad("the credential has expired: ask for a new one");
  }
  if (config.user_lookup && users_ != nullptr) {
    const std::string identity = Identity(config.realm, request.username);
    const auto verdict = answers_->Remembered(identity, key, request.username, now);
    return verdict ? *verdict : MediaVerdict{.must_ask = true};
  }
  if (config.third_party) {
    return Bad(
        "the media peer does not know access tokens (RFC 7635): use a user or a time-limited "
        "credential of this server");
  }
  return Wrong();
}

void MediaJudge::Ask(uint64_t question, const PeerRequest& request) {
  CurrentCredentials();
  const std::string& realm = known_->config.realm;
  answers_->Expect(
      question, Identity(realm, request.username), request.username,
      LongTermKey::Derive(KeyAlgorithm::kMd5, request.username, realm, request.credential));
  users_->Ask({.id = question, .realm = realm, .name = request.username}, answers_);
}

}  // namespace koeru::server
