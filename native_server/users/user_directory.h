#pragma once

// Asks the database of users on a thread of its own, so that nobody who moves packets waits for it.
//
//   UserDirectory users(settings, [&] { return OpenUserStore(database); });
//   users.Start();
//   users.WaitForFirstRead(5s);                      // at the start of the server
//   users.Ask({id, realm, name}, mailbox);           // workers; see user_source.h
//   if (auto rules = users.TakeChanged()) ...        // from time to time: what the tables say
//   users.Stop();
//
// A database that is down is one line in the log, and another one when it is up again; meanwhile
// who was found within the last hour is found still, whichever worker asked for him then; other
// questions are answered with kFailed at once. The connection is tried again after 0.25 s, twice as
// long each time, 5 s at most. What the tables said last counts on.
//
// Bounds: kMaxQuestions wait; beyond, the answer is kFailed at once. One question takes
// UserStore::kCallTimeout at most, twice when the connection has to be made anew.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <optional>
#include <thread>

#include "core/relay/known_users.h"
#include "native_server/users/user_source.h"
#include "native_server/users/user_store.h"

namespace koeru::server {

// What is read from the database besides users.
struct DirectorySettings {
  std::string realm;
  // realm_options: also which ORIGIN leads to which realm, and all that those realms have.
  bool secrets = true, peers = true, realm_options = true, oauth_keys = false;
  // false: once, and whenever settings are given.
  bool secrets_again = true;
  std::chrono::milliseconds refresh{5000};
};

// What the tables say of a realm that is not the default one: its own rows only.
struct StoredRealm {
  std::string name;
  std::vector<std::string> secrets;
  std::vector<Record> allowed_peers, denied_peers, realm_options;
  friend bool operator==(const StoredRealm&, const StoredRealm&) = default;
};

// The tables of the default realm, peers of the empty realm, which is all realms, among them; and
// of the realms that an ORIGIN or a key of an authorization server leads to.
struct StoredRules {
  std::vector<std::string> secrets;
  std::vector<Record> allowed_peers, denied_peers, realm_options;
  std::vector<OauthKey> oauth_keys;  // of all realms
  std::vector<Record> origins;       // of all realms
  std::vector<StoredRealm> other_realms;
  friend bool operator==(const StoredRules&, const StoredRules&) = default;
};

class UserDirectory final : public UserSource {
 public:
  static constexpr size_t kMaxQuestions = 4096;
  // Beside the default one; more are an error that the log tells.
  static constexpr size_t kMaxOtherRealms = 256;
  using Opener = std::function<absl::StatusOr<std::unique_ptr<UserStore>>()>;

  UserDirectory(DirectorySettings settings, Opener open);
  ~UserDirectory() override { Stop(); }

  void Start();
  void Stop();

  void Ask(UserQuestion question, std::shared_ptr<UserAnswers> answers) override;

  // False: the database did not answer in that time.
  bool WaitForFirstRead(std::chrono::milliseconds patience);
  // What was read since the last call, when it differs from what was read before.
  std::optional<StoredRules> TakeChanged();
  // New settings; everything is read again soon.
  void Configure(DirectorySettings settings);

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    UserQuestion question;
    std::shared_ptr<UserAnswers> answers;
  };

  void Run();
  bool Connect();
  void NoteUp();
  void GoDown(const absl::Status& why);
  // Calls `ask` with the store; once more after connecting anew when the connection was gone.
  template <typename Call>
  auto WithStore(Call call) -> decltype(call(std::declval<UserStore&>()));
  UserAnswer AnswerTo(const UserQuestion& question);
  UserAnswer FromMemory(const UserQuestion& question);
  absl::Status ReadOtherRealms(UserStore& store, const DirectorySettings& settings,
                               bool with_secrets, StoredRules& rules) const;
  absl::StatusOr<StoredRules> Read(const DirectorySettings& settings, bool with_secrets);
  void ReadAll(const DirectorySettings& settings, bool is_again);

  const Opener open_;
  // The thread's own.
  std::unique_ptr<UserStore> store_;
  bool is_down_ = false;
  Clock::time_point down_since_, next_try_;
  std::chrono::milliseconds back_off_{0};
  std::optional<StoredRules> last_;
  relay::KnownUsers found_before_;  // by realm and name; bounded

  std::mutex mutex_;
  std::condition_variable changed_state_;
  // Guarded by mutex_.
  DirectorySettings settings_;
  bool settings_are_new_ = true;
  std::deque<Waiting> questions_;
  std::optional<StoredRules> changed_;
  bool has_read_ = false;
  bool stop_ = false;

  std::thread thread_;
};

}  // namespace koeru::server
