// The directory over a database that a test can take down, block and change.

#include "native_server/users/user_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>

#include <algorithm>
#include <functional>
#include <map>

#include "absl/log/log_sink.h"
#include "absl/log/log_sink_registry.h"
#include "core/stun/integrity.h"

namespace koeru::server {
namespace {

using namespace std::chrono_literals;
using Result = UserAnswer::Result;

// One database, of which every store is a connection.
struct FakeDatabase {
  std::mutex mutex;
  std::condition_variable changed;
  bool is_down = false;
  bool is_mute = false;  // takes connections and answers nothing
  bool is_blocked = false;
  int opened = 0, found = 0, lists = 0;
  int generation = 0;  // connections of an earlier one are gone
  std::map<std::string, std::string> key_by_name;
  std::vector<Record> secrets;
  std::vector<OauthKey> oauth_keys;
};

class FakeStore final : public UserStore {
 public:
  explicit FakeStore(FakeDatabase& database)
      : database_(database), generation_(database.generation) {}

  absl::StatusOr<std::optional<Record>> Find(Table, const std::string& realm,
                                             const std::string& name) override {
    std::unique_lock lock(database_.mutex);
    database_.changed.wait(lock, [this] { return !database_.is_blocked; });
    if (IsGone()) return absl::UnavailableError("gone");
    ++database_.found;
    const auto key = database_.key_by_name.find(name);
    if (key == database_.key_by_name.end()) return std::nullopt;
    return Record{realm, name, key->second};
  }
  absl::StatusOr<std::vector<Record>> List(Table table,
                                           const std::optional<std::string>&) override {
    const std::lock_guard lock(database_.mutex);
    if (IsGone()) return absl::UnavailableError("gone");
    ++database_.lists;
    return table == Table::kSecrets ? database_.secrets : std::vector<Record>();
  }
  absl::Status Put(Table, const Record&) override { return absl::UnimplementedError(""); }
  absl::StatusOr<bool> Remove(Table, const std::string&, const std::string&) override {
    return absl::UnimplementedError("");
  }
  absl::StatusOr<std::vector<OauthKey>> ListOauthKeys() override {
    const std::lock_guard lock(database_.mutex);
    if (IsGone()) return absl::UnavailableError("gone");
    return database_.oauth_keys;
  }
  absl::Status PutOauthKey(const OauthKey&) override { return absl::UnimplementedError(""); }
  absl::StatusOr<bool> RemoveOauthKey(const std::string&) override {
    return absl::UnimplementedError("");
  }

 private:
  bool IsGone() const {
    return database_.is_down || database_.is_mute || generation_ != database_.generation;
  }
  FakeDatabase& database_;
  const int generation_;
};

class LogLines final : public absl::LogSink {
 public:
  LogLines() { absl::AddLogSink(this); }
  ~LogLines() override { absl::RemoveLogSink(this); }
  void Send(const absl::LogEntry& entry) override {
    const std::lock_guard lock(mutex_);
    lines_.emplace_back(entry.text_message());
  }
  long Count(std::string_view text) {
    const std::lock_guard lock(mutex_);
    return std::count_if(lines_.begin(), lines_.end(), [&](const std::string& line) {
      return line.find(text) != std::string::npos;
    });
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;
};

class UserDirectoryTest : public ::testing::Test {
 protected:
  void Start(DirectorySettings settings = {.realm = "r", .refresh = 20ms}) {
    directory_.emplace(std::move(settings), [this]() -> absl::StatusOr<std::unique_ptr<UserStore>> {
      const std::lock_guard lock(database_.mutex);
      ++database_.opened;
      if (database_.is_down) return absl::UnavailableError("refused");
      return std::make_unique<FakeStore>(database_);
    });
    directory_->Start();
  }
  void Change(const std::function<void(FakeDatabase&)>& change) {
    {
      const std::lock_guard lock(database_.mutex);
      change(database_);
    }
    database_.changed.notify_all();
  }
  UserAnswer Next() {
    while (taken_.empty()) {
      pollfd poll{.fd = answers_->fd(), .events = POLLIN, .revents = 0};
      if (::poll(&poll, 1, 30'000) <= 0) {
        ADD_FAILURE() << "no answer";
        return {};
      }
      for (const UserAnswer& answer : answers_->Take()) taken_.push_back(answer);
    }
    const UserAnswer answer = taken_.front();
    taken_.pop_front();
    return answer;
  }
  Result Ask(const std::string& name) {
    directory_->Ask({++id_, "r", name}, answers_);
    const UserAnswer answer = Next();
    EXPECT_EQ(answer.id, id_);
    return answer.result;
  }
  std::optional<StoredRules> WaitForRules() {
    for (int i = 0; i < 3000; ++i) {
      if (auto rules = directory_->TakeChanged()) return rules;
      ::poll(nullptr, 0, 10);
    }
    return std::nullopt;
  }

  // The tables are read so many times more; two or three lists each time.
  void WaitForReads(int count) {
    int first = -1;
    for (int i = 0; i < 3000; ++i) {
      {
        const std::lock_guard lock(database_.mutex);
        if (first < 0) first = database_.lists;
        if (database_.lists >= first + 8 * count) return;
      }
      ::poll(nullptr, 0, 10);
    }
    ADD_FAILURE() << "the tables are not read again";
  }

  LogLines log_;
  FakeDatabase database_;
  std::shared_ptr<UserAnswers> answers_ = std::make_shared<UserAnswers>();
  std::deque<UserAnswer> taken_;
  uint64_t id_ = 0;
  std::optional<UserDirectory> directory_;
};

TEST_F(UserDirectoryTest, TellsWhoIsThereAndWhoIsNot) {
  database_.key_by_name["anna"] = KeyText("r", "anna", "secret");
  Start();
  directory_->Ask({7, "r", "anna"}, answers_);
  const UserAnswer answer = Next();
  EXPECT_EQ(answer.id, 7u);
  EXPECT_EQ(answer.result, Result::kFound);
  EXPECT_EQ(answer.key, stun::LongTermKeyMd5("anna", "r", "secret"));
  EXPECT_EQ(Ask("ben"), Result::kAbsent);
}

TEST_F(UserDirectoryTest, ADatabaseThatWasStartedAnewIsAskedAgainAtOnce) {
  database_.key_by_name["anna"] = KeyText("r", "anna", "secret");
  Start({.realm = "r", .refresh = 1h});
  EXPECT_EQ(Ask("anna"), Result::kFound);
  Change([](FakeDatabase& database) { ++database.generation; });
  EXPECT_EQ(Ask("anna"), Result::kFound);
  EXPECT_EQ(log_.Count("is down"), 0);
}

TEST_F(UserDirectoryTest, DownIsOneLineAndFailedAnswersAndUpIsAnother) {
  database_.key_by_name["anna"] = KeyText("r", "anna", "secret");
  Start();
  EXPECT_EQ(Ask("anna"), Result::kFound);
  Change([](FakeDatabase& database) { database.is_down = true; });
  for (int i = 0; i < 50; ++i) EXPECT_EQ(Ask("ben"), Result::kFailed);
  EXPECT_EQ(Ask("anna"), Result::kFound) << "for workers that did not ask for her before";
  EXPECT_EQ(log_.Count("the database of users is down"), 1);
  EXPECT_EQ(log_.Count("refused"), 1);
  {
    const std::lock_guard lock(database_.mutex);
    EXPECT_LT(database_.opened, 50) << "it is not tried for each question";
  }
  Change([](FakeDatabase& database) { database.is_down = false; });
  Result result = Result::kFailed;
  for (int i = 0; i < 3000 && result == Result::kFailed; ++i) {
    ::poll(nullptr, 0, 10);
    result = Ask("ben");
  }
  EXPECT_EQ(result, Result::kAbsent);
  EXPECT_EQ(log_.Count("is up again"), 1);
}

TEST_F(UserDirectoryTest, ADatabaseThatTakesConnectionsAndAnswersNothingIsDown) {
  database_.is_mute = true;
  Start();
  for (int i = 0; i < 50; ++i) EXPECT_EQ(Ask("anna"), Result::kFailed);
  EXPECT_EQ(log_.Count("the database of users is down"), 1);
  EXPECT_EQ(log_.Count("is up again"), 0);
  const std::lock_guard lock(database_.mutex);
  EXPECT_LT(database_.opened, 50);
}

TEST_F(UserDirectoryTest, QuestionsThatWaitAreBounded) {
  Start({.realm = "r", .refresh = 1h});
  ASSERT_TRUE(directory_->WaitForFirstRead(30s));
  Change([](FakeDatabase& database) { database.is_blocked = true; });
  for (size_t i = 0; i < UserDirectory::kMaxQuestions + 2; ++i) {
    directory_->Ask({++id_, "r", "anna"}, answers_);
  }
  EXPECT_EQ(Next().result, Result::kFailed) << "at once, while all others wait";
  Change([](FakeDatabase& database) { database.is_blocked = false; });
  size_t absent = 0;
  for (size_t i = 1; i < UserDirectory::kMaxQuestions + 2; ++i) {
    absent += Next().result == Result::kAbsent ? 1 : 0;
  }
  EXPECT_GE(absent, UserDirectory::kMaxQuestions);
}

TEST_F(UserDirectoryTest, ChangedTablesAreToldOnceAndADatabaseThatIsDownKeepsThem) {
  database_.secrets = {{"r", "one", ""}};
  Start();
  EXPECT_EQ(WaitForRules()->secrets, std::vector<std::string>{"one"});
  EXPECT_FALSE(directory_->TakeChanged());
  Change([](FakeDatabase& database) { database.secrets.push_back({"r", "two", ""}); });
  EXPECT_EQ(WaitForRules()->secrets.size(), 2u);
  Change([](FakeDatabase& database) { database.is_down = true; });
  EXPECT_EQ(Ask("anna"), Result::kFailed);
  EXPECT_FALSE(directory_->TakeChanged());
}

TEST_F(UserDirectoryTest, KeysOfAuthorizationServersAreReadWhenWanted) {
  database_.oauth_keys = {{"north", "key"}};
  Start({.realm = "r", .oauth_keys = true, .refresh = 20ms});
  EXPECT_EQ(WaitForRules()->oauth_keys, database_.oauth_keys);
  Change([](FakeDatabase& database) { database.oauth_keys.clear(); });
  EXPECT_TRUE(WaitForRules()->oauth_keys.empty());
  directory_->Configure({.realm = "r", .refresh = 20ms});
  Change([](FakeDatabase& database) { database.oauth_keys = {{"south", "key"}}; });
  WaitForReads(5);
  EXPECT_FALSE(directory_->TakeChanged());
}

TEST_F(UserDirectoryTest, SecretsMayBeReadOnceOnlyUntilSettingsAreGiven) {
  database_.secrets = {{"r", "one", ""}};
  const DirectorySettings settings{.realm = "r", .secrets_again = false, .refresh = 20ms};
  Start(settings);
  ASSERT_TRUE(directory_->WaitForFirstRead(30s));
  EXPECT_EQ(WaitForRules()->secrets.size(), 1u);
  Change([](FakeDatabase& database) { database.secrets.push_back({"r", "two", ""}); });
  WaitForReads(5);
  EXPECT_FALSE(directory_->TakeChanged());
  directory_->Configure(settings);
  EXPECT_EQ(WaitForRules()->secrets.size(), 2u);
}

TEST_F(UserDirectoryTest, StopsWhileItIsAskedAndAnswersFailedAfterwards) {
  Start();
  directory_->Stop();
  EXPECT_EQ(Ask("anna"), Result::kFailed);
}

}  // namespace
}  // namespace koeru::server
