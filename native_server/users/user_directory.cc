#include "native_server/users/user_directory.h"

#include <algorithm>
#include <set>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "native_server/io/clock.h"

namespace koeru::server {
namespace {

constexpr std::chrono::milliseconds kFirstBackOff{250};
constexpr std::chrono::milliseconds kLongestBackOff{5000};

// No stored name has a NUL byte in it.
std::string IdentityOf(const UserQuestion& question) {
  std::string identity = question.realm;
  identity += '\0';
  return identity += question.name;
}

absl::StatusOr<std::vector<Record>> ListOf(UserStore& store, Table table, const std::string& realm,
                                           bool also_of_all_realms) {
  auto records = store.List(table, realm);
  if (!records.ok() || !also_of_all_realms || realm.empty()) return records;
  auto of_all = store.List(table, "");
  if (!of_all.ok()) return of_all;
  records->insert(records->end(), of_all->begin(), of_all->end());
  return records;
}

}  // namespace

UserDirectory::UserDirectory(DirectorySettings settings, Opener open)
    : open_(std::move(open)), settings_(std::move(settings)) {}

void UserDirectory::Start() {
  thread_ = std::thread([this] { Run(); });
}

void UserDirectory::Stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_state_.notify_all();
  thread_.join();
}

void UserDirectory::Ask(UserQuestion question, std::shared_ptr<UserAnswers> answers) {
  {
    const std::lock_guard lock(mutex_);
    if (questions_.size() < kMaxQuestions && !stop_) {
      questions_.push_back({std::move(question), std::move(answers)});
      changed_state_.notify_all();
      return;
    }
  }
  answers->Leave({.id = question.id});
}

bool UserDirectory::WaitForFirstRead(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return changed_state_.wait_for(lock, patience, [this] { return has_read_ || stop_; }) &&
         has_read_;
}

std::optional<StoredRules> UserDirectory::TakeChanged() {
  const std::lock_guard lock(mutex_);
  return std::exchange(changed_, std::nullopt);
}

void UserDirectory::Configure(DirectorySettings settings) {
  {
    const std::lock_guard lock(mutex_);
    settings_ = std::move(settings);
    settings_are_new_ = true;
  }
  changed_state_.notify_all();
}

void UserDirectory::Run() {
  Clock::time_point next_read = Clock::now();
  std::unique_lock lock(mutex_);
  while (!stop_) {
    // 1. Questions first: somebody waits for each.
    if (!questions_.empty()) {
      const Waiting waiting = std::move(questions_.front());
      questions_.pop_front();
      lock.unlock();
      waiting.answers->Leave(AnswerTo(waiting.question));
      lock.lock();
      if (Clock::now() < next_read && !settings_are_new_) continue;
    }
    // 2. The tables, when it is time.
    if (Clock::now() >= next_read || settings_are_new_) {
      const bool is_again = !std::exchange(settings_are_new_, false);
      const DirectorySettings settings = settings_;
      lock.unlock();
      ReadAll(settings, is_again);
      next_read = is_down_ ? std::max(next_try_, Clock::now()) : Clock::now() + settings.refresh;
      lock.lock();
      continue;
    }
    // 3. Sleep until either.
    changed_state_.wait_until(lock, next_read,
                              [this] { return stop_ || settings_are_new_ || !questions_.empty(); });
  }
}

bool UserDirectory::Connect() {
  if (store_ != nullptr) return true;
  if (is_down_ && Clock::now() < next_try_) return false;
  auto opened = open_();
  if (!opened.ok()) {
    GoDown(opened.status());
    return false;
  }
  store_ = *std::move(opened);
  return true;
}

// It has answered: a connection alone is no sign of that.
void UserDirectory::NoteUp() {
  back_off_ = {};
  if (!std::exchange(is_down_, false)) return;
  LOG(INFO) << "the database of users is up again, after "
            << std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - down_since_).count()
            << " s";
}

void UserDirectory::GoDown(const absl::Status& why) {
  store_.reset();
  if (!is_down_) {
    down_since_ = Clock::now();
    LOG(ERROR) << "the database of users is down: users who were known within the last hour go on, "
                  "others get 500 (Server Error): "
               << why.message();
  }
  is_down_ = true;
  back_off_ = std::clamp(back_off_ * 2, kFirstBackOff, kLongestBackOff);
  next_try_ = Clock::now() + back_off_;
}

template <typename Call>
auto UserDirectory::WithStore(Call call) -> decltype(call(std::declval<UserStore&>())) {
  while (true) {
    const bool had_connection = store_ != nullptr;
    if (!Connect()) return absl::UnavailableError("the database of users is down");
    auto result = call(*store_);
    if (result.ok() || !absl::IsUnavailable(result.status())) {
      NoteUp();
      return result;
    }
    store_.reset();
    // A database that was started anew has closed its connections, and is there all the same: once
    // more, with a new one.
    if (had_connection) continue;
    GoDown(result.status());
    return result;
  }
}

UserAnswer UserDirectory::FromMemory(const UserQuestion& question) {
  const relay::KnownUsers::Answer known = found_before_.Find(IdentityOf(question), Now());
  UserAnswer answer{.id = question.id};
  if (known.standing < relay::KnownUsers::Standing::kFresh) return answer;
  answer.result = UserAnswer::Result::kFound;
  const Bytes key = known.key.bytes();
  std::copy(key.begin(), key.end(), answer.key.begin());
  return answer;
}

UserAnswer UserDirectory::AnswerTo(const UserQuestion& question) {
  const auto key =
      WithStore([&](UserStore& store) { return FindKey(store, question.realm, question.name); });
  if (key.ok()) {
    if (!key->has_value()) {
      found_before_.LearnAbsent(IdentityOf(question), Now());
      return {question.id, UserAnswer::Result::kAbsent};
    }
    found_before_.Learn(IdentityOf(question), relay::LongTermKey(**key), Now());
    return {question.id, UserAnswer::Result::kFound, **key};
  }
  if (absl::IsUnavailable(key.status())) return FromMemory(question);
  LOG_EVERY_N_SEC(ERROR, 10) << "a user cannot be looked up: " << key.status().message();
  return {question.id, absl::IsDataLoss(key.status()) ? UserAnswer::Result::kAbsent
                                                      : UserAnswer::Result::kFailed};
}

absl::Status UserDirectory::ReadOtherRealms(UserStore& store, const DirectorySettings& settings,
                                            bool with_secrets, StoredRules& rules) const {
  auto origins = store.List(Table::kOrigins, std::nullopt);
  if (!origins.ok()) return origins.status();
  rules.origins = *std::move(origins);
  std::set<std::string> names;
  for (const Record& origin : rules.origins) names.insert(origin.realm);
  for (const OauthKey& key : rules.oauth_keys) names.insert(key.realm);
  names.erase("");
  names.erase(settings.realm);
  if (names.size() > kMaxOtherRealms) {
    return absl::InvalidArgumentError(
        absl::StrCat("origins and keys lead to ", names.size(), " realms, and ", kMaxOtherRealms,
                     " are possible beside the default one: take some out with koeru origin "
                     "remove"));
  }
  for (const std::string& name : names) {
    StoredRealm& realm = rules.other_realms.emplace_back();
    realm.name = name;
    if (settings.secrets && with_secrets) {
      const auto secrets = store.List(Table::kSecrets, name);
      if (!secrets.ok()) return secrets.status();
      for (const Record& secret : *secrets) realm.secrets.push_back(secret.name);
    } else if (settings.secrets && last_) {
      for (const StoredRealm& before : last_->other_realms) {
        if (before.name == name) realm.secrets = before.secrets;
      }
    }
    if (settings.peers) {
      auto allowed = store.List(Table::kAllowedPeers, name);
      if (!allowed.ok()) return allowed.status();
      auto denied = store.List(Table::kDeniedPeers, name);
      if (!denied.ok()) return denied.status();
      realm.allowed_peers = *std::move(allowed);
      realm.denied_peers = *std::move(denied);
    }
    auto options = store.List(Table::kRealmOptions, name);
    if (!options.ok()) return options.status();
    realm.realm_options = *std::move(options);
  }
  return absl::OkStatus();
}

absl::StatusOr<StoredRules> UserDirectory::Read(const DirectorySettings& settings,
                                                bool with_secrets) {
  return WithStore([&](UserStore& store) -> absl::StatusOr<StoredRules> {
    StoredRules rules;
    // When no table is wanted, to see whether the database answers at all.
    if (!settings.secrets && !settings.peers && !settings.realm_options && !settings.oauth_keys) {
      if (auto nobody = store.Find(Table::kUsers, settings.realm, ""); !nobody.ok()) {
        return nobody.status();
      }
    }
    if (settings.secrets && with_secrets) {
      const auto secrets = ListOf(store, Table::kSecrets, settings.realm, false);
      if (!secrets.ok()) return secrets.status();
      for (const Record& secret : *secrets) rules.secrets.push_back(secret.name);
    } else if (settings.secrets && last_) {
      rules.secrets = last_->secrets;
    }
    if (settings.peers) {
      auto allowed = ListOf(store, Table::kAllowedPeers, settings.realm, true);
      if (!allowed.ok()) return allowed.status();
      auto denied = ListOf(store, Table::kDeniedPeers, settings.realm, true);
      if (!denied.ok()) return denied.status();
      rules.allowed_peers = *std::move(allowed);
      rules.denied_peers = *std::move(denied);
    }
    if (settings.realm_options) {
      auto options = ListOf(store, Table::kRealmOptions, settings.realm, false);
      if (!options.ok()) return options.status();
      rules.realm_options = *std::move(options);
    }
    if (settings.oauth_keys) {
      auto keys = store.ListOauthKeys();
      if (!keys.ok()) return keys.status();
      rules.oauth_keys = *std::move(keys);
    }
    if (settings.realm_options) {
      const absl::Status others = ReadOtherRealms(store, settings, with_secrets, rules);
      if (!others.ok()) return others;
    }
    return rules;
  });
}

void UserDirectory::ReadAll(const DirectorySettings& settings, bool is_again) {
  auto rules = Read(settings, !is_again || settings.secrets_again || !last_);
  if (!rules.ok()) {
    if (!absl::IsUnavailable(rules.status())) {
      LOG_EVERY_N_SEC(ERROR, 60) << "the tables of the database of users cannot be read, and count "
                                    "as they were: "
                                 << rules.status().message();
    }
    return;
  }
  const std::lock_guard lock(mutex_);
  if (!last_ || *last_ != *rules) changed_ = *rules;
  last_ = *std::move(rules);
  if (!std::exchange(has_read_, true)) changed_state_.notify_all();
}

}  // namespace koeru::server
