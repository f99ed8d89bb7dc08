// Whose credentials are good for the media peer: with databases and an endpoint that are
// really asked.
#include "native_server/main/media_judge.h"

#include <gmock/gmock.h>

#include <future>

#include "core/relay/shared_secret.h"
#include "core/relay/web_token.h"
#include "native_server/io/clock.h"
#include "native_server/users/http_hook.h"
#include "native_server/users/user_directory.h"
#include "native_server/users/web_token_json.h"
#include "tests/native_server/users/database_server.h"
#include "tests/native_server/users/hook_server.h"

namespace koeru::server {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr net::UnixTime kWall{1'700'000'000};
constexpr net::Instant kNow = net::Instant::FromNanoseconds(1'000'000'000);

PeerRequest From(std::string_view username, std::string_view credential) {
  PeerRequest request;
  request.username = username;
  request.credential = credential;
  return request;
}

relay::RelayConfig ConfigOfRealm() {
  relay::RelayConfig config;
  config.realm = "r";
  return config;
}

// Whom the relay asks; it answers when the test says so.
class ScriptedSource final : public UserSource {
 public:
  void Ask(UserQuestion question, std::shared_ptr<UserAnswers> answers) override {
    questions.push_back(std::move(question));
    mailbox = std::move(answers);
  }
  void Answer(UserAnswer::Result result, std::string_view password = "") {
    const UserQuestion& question = questions.back();
    mailbox->Leave(
        {question.id, result, stun::LongTermKeyMd5(question.name, question.realm, password)});
  }
  std::vector<UserQuestion> questions;
  std::shared_ptr<UserAnswers> mailbox;
};

class MediaJudgeTest : public ::testing::Test {
 protected:
  void Begin(relay::RelayConfig config, UserSource* users = nullptr) {
    config_ = config;
    settings_ = std::make_unique<CurrentSettings>(Settings{{}, std::move(config)});
    judge_ = std::make_unique<MediaJudge>(*settings_, users,
                                          [this](uint64_t question, MediaVerdict verdict) {
                                            last_question_ = question;
                                            verdict_ = std::move(verdict);
                                          });
  }
  void BeginWithSource() {
    relay::RelayConfig config = ConfigOfRealm();
    config.user_lookup = true;
    Begin(std::move(config), &source_);
  }
  MediaVerdict Judge(std::string_view username, std::string_view credential,
                     net::UnixTime wall = kWall) {
    return judge_->Judge(From(username, credential), kNow, wall);
  }

  ScriptedSource source_;
  relay::RelayConfig config_;
  std::unique_ptr<CurrentSettings> settings_;
  std::unique_ptr<MediaJudge> judge_;
  uint64_t last_question_ = 0;
  MediaVerdict verdict_;
};

TEST_F(MediaJudgeTest, TakesStaticUsers) {
  relay::RelayConfig config = ConfigOfRealm();
  config.users = {{.name = "anna", .password = "secret", .long_term_key = {}}};
  Begin(std::move(config));
  EXPECT_TRUE(Judge("anna", "secret").is_good);
  EXPECT_EQ(Judge("anna", "secret").user, "anna");
  EXPECT_THAT(Judge("anna", "other").reason, HasSubstr("wrong"));
  EXPECT_THAT(Judge("bert", "secret").reason, HasSubstr("wrong"));
  EXPECT_THAT(Judge("", "").reason, HasSubstr("wants"));
  EXPECT_THAT(Judge("anna", "").reason, HasSubstr("wants"));
}

TEST_F(MediaJudgeTest, TakesUsersOfWhomOnlyTheKeyIsKnown) {
  relay::RelayConfig config = ConfigOfRealm();
  const auto key = relay::LongTermKey::Derive(relay::KeyAlgorithm::kMd5, "anna", "r", "secret");
  config.users = {
      {.name = "anna", .password = "", .long_term_key = {key.bytes().begin(), key.bytes().end()}}};
  Begin(std::move(config));
  EXPECT_TRUE(Judge("anna", "secret").is_good);
  EXPECT_FALSE(Judge("anna", "other").is_good);
}

TEST_F(MediaJudgeTest, TakesTimeLimitedOnesUntilTheyExpire) {
  relay::RelayConfig config = ConfigOfRealm();
  config.shared_secrets = {"old", "new"};
  Begin(std::move(config));
  const auto minted = relay::MintCredential("new", "anna", {kWall.seconds + 10});
  EXPECT_EQ(Judge(minted.username, minted.password).user, "anna");
  EXPECT_THAT(Judge(minted.username, minted.password, {kWall.seconds + 11}).reason,
              HasSubstr("expired"));
  EXPECT_FALSE(Judge(minted.username, "x").is_good);
}

TEST_F(MediaJudgeTest, TakesWebTokens) {
  relay::RelayConfig config = ConfigOfRealm();
  config.web_token_secrets = {"a long secret of a service"};
  config.web_token_reader = &WebTokenJson();
  Begin(std::move(config));
  // {"alg":"HS256"} . {"sub":"anna","exp":1700000010}
  const std::string token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIiwiZXhwIjoxNzAwMDAwMDEwfQ";
  const std::string password =
      relay::PasswordFromWebTokenSecret("a long secret of a service", token);
  EXPECT_EQ(Judge(token, password).user, "anna");
  EXPECT_TRUE(Judge(token, password).is_good);
  EXPECT_FALSE(Judge(token, "x").is_good);
  EXPECT_THAT(Judge(token, password, {kWall.seconds + 11}).reason, HasSubstr("expired"));
}

TEST_F(MediaJudgeTest, SaysThatItDoesNotKnowAccessTokens) {
  relay::RelayConfig config = ConfigOfRealm();
  config.third_party = true;
  Begin(std::move(config));
  EXPECT_THAT(Judge("kid", "secret").reason, HasSubstr("access tokens"));
}

TEST_F(MediaJudgeTest, AsksNobodyWhereTheRelayAsksNobody) {
  relay::RelayConfig config;
  config.anonymous = true;
  Begin(std::move(config));
  EXPECT_TRUE(Judge("", "").is_good);
}

TEST_F(MediaJudgeTest, AConfigurationThatChangesCounts) {
  Begin(ConfigOfRealm());
  EXPECT_FALSE(Judge("anna", "secret").is_good);
  config_.users = {{.name = "anna", .password = "secret", .long_term_key = {}}};
  settings_->Set({{}, config_});
  EXPECT_TRUE(Judge("anna", "secret").is_good);
}

TEST_F(MediaJudgeTest, StaticUsersAndWhoShowsNothingAskNoDatabase) {
  relay::RelayConfig config = ConfigOfRealm();
  config.user_lookup = true;
  config.users = {{.name = "filed", .password = "secret", .long_term_key = {}}};
  Begin(std::move(config), &source_);
  EXPECT_TRUE(Judge("filed", "secret").is_good);
  EXPECT_FALSE(Judge("filed", "guess").must_ask);
  EXPECT_FALSE(Judge("", "").must_ask);
  EXPECT_TRUE(Judge("dora", "x").must_ask);
}

TEST_F(MediaJudgeTest, WhatWasAnsweredIsNotAskedAgainAtOnce) {
  BeginWithSource();
  ASSERT_TRUE(Judge("dora", "stored").must_ask);
  judge_->Ask(7, From("dora", "stored"));
  ASSERT_THAT(source_.questions, SizeIs(1));
  EXPECT_EQ(source_.questions[0].realm, "r");
  source_.Answer(UserAnswer::Result::kFound, "stored");
  EXPECT_EQ(last_question_, 7u);
  EXPECT_TRUE(verdict_.is_good);
  EXPECT_EQ(verdict_.user, "dora");
  const net::Instant now = Now();
  EXPECT_TRUE(judge_->Judge(From("dora", "stored"), now, kWall).is_good);
  EXPECT_FALSE(judge_->Judge(From("dora", "guess"), now, kWall).must_ask);
  EXPECT_TRUE(judge_->Judge(From("dora", "guess"), now + seconds(11), kWall).must_ask)
      << "there may be a new password";
  judge_->Ask(8, From("nobody", "x"));
  source_.Answer(UserAnswer::Result::kAbsent);
  EXPECT_FALSE(verdict_.is_good);
  EXPECT_FALSE(judge_->Judge(From("nobody", "x"), Now(), kWall).must_ask);
}

TEST_F(MediaJudgeTest, WhoWasKnownMayCallWhileTheDatabaseIsDown) {
  BeginWithSource();
  judge_->Ask(1, From("dora", "stored"));
  source_.Answer(UserAnswer::Result::kFound, "stored");
  judge_->Ask(2, From("dora", "stored"));
  source_.Answer(UserAnswer::Result::kFailed);
  EXPECT_TRUE(verdict_.is_good);
  judge_->Ask(3, From("dora", "guess"));
  source_.Answer(UserAnswer::Result::kFailed);
  EXPECT_FALSE(verdict_.is_good);
  judge_->Ask(4, From("emil", "stored"));
  source_.Answer(UserAnswer::Result::kFailed);
  EXPECT_FALSE(verdict_.is_good);
  EXPECT_TRUE(verdict_.unanswered);
}

TEST_F(MediaJudgeTest, AnAnswerThatComesAfterTheEndIsHeardByNobody) {
  BeginWithSource();
  judge_->Ask(1, From("dora", "stored"));
  judge_ = nullptr;
  source_.Answer(UserAnswer::Result::kFound, "stored");
  EXPECT_EQ(last_question_, 0u);
}

// Asks a real one, and waits for its verdict.
MediaVerdict AskReal(UserSource& users, std::string_view username, std::string_view credential) {
  relay::RelayConfig config = ConfigOfRealm();
  config.user_lookup = true;
  const CurrentSettings settings({{}, std::move(config)});
  std::promise<MediaVerdict> told;
  MediaJudge judge(settings, &users, [&](uint64_t question, MediaVerdict verdict) {
    EXPECT_EQ(question, 5u);
    told.set_value(std::move(verdict));
  });
  EXPECT_TRUE(judge.Judge(From(username, credential), Now(), WallNow()).must_ask);
  judge.Ask(5, From(username, credential));
  auto verdict = told.get_future();
  if (verdict.wait_for(seconds(20)) != std::future_status::ready) return {.reason = "no answer"};
  return verdict.get();
}

class MediaJudgeDatabaseTest : public ::testing::TestWithParam<Database::Kind> {};

TEST_P(MediaJudgeDatabaseTest, StoredUsersAreFound) {
  TestDatabase database(GetParam());
  ASSERT_TRUE(
      database.Open()->Put(Table::kUsers, {"r", "dora", KeyText("r", "dora", "stored")}).ok());
  UserDirectory users({.realm = "r"}, [&] { return OpenUserStore(database.target()); });
  users.Start();
  EXPECT_TRUE(AskReal(users, "dora", "stored").is_good);
  EXPECT_EQ(AskReal(users, "dora", "stored").user, "dora");
  EXPECT_THAT(AskReal(users, "dora", "guess").reason, HasSubstr("wrong"));
  EXPECT_THAT(AskReal(users, "o'brien\"; --%s", "x").reason, HasSubstr("wrong"));
  EXPECT_THAT(AskReal(users, std::string(508, 'x'), "x").reason, HasSubstr("wrong"));
}

INSTANTIATE_TEST_SUITE_P(Databases, MediaJudgeDatabaseTest,
                         ::testing::Values(Database::Kind::kSqlite, Database::Kind::kPostgres,
                                           Database::Kind::kRedis),
                         [](const auto& info) { return NameOf(info.param); });

TEST(MediaJudge, UsersOfAnEndpointAreFound) {
  HookServer server;
  HttpHook hook({.url = server.Url()});
  EXPECT_TRUE(AskReal(hook, "alice", "pass \"word\" \xC3\xA9").is_good);
  EXPECT_THAT(AskReal(hook, "alice", "guess").reason, HasSubstr("wrong"));
  EXPECT_THAT(AskReal(hook, "forbidden", "x").reason, HasSubstr("wrong"));
  EXPECT_TRUE(AskReal(hook, "broken", "x").unanswered);
}

}  // namespace
}  // namespace koeru::server
