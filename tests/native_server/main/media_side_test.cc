#include "native_server/main/media_side.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <map>
#include <mutex>

#include "native_server/users/user_directory.h"
#include "tests/native_server/users/database_server.h"

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

net::Address Ip(std::string_view text) { return *net::Address::Parse(text); }

std::vector<std::string> TextOf(const std::vector<MediaSession::Address>& addresses) {
  std::vector<std::string> text;
  for (const auto& address : addresses) {
    text.push_back((net::IsStream(address.transport) ? "tcp " : "") + address.local.ToString() +
                   " as " + address.advertised.ToString());
  }
  return text;
}

TEST(MediaAddresses, AreThoseOfTheInterfacesWhereTheRelayListensOnAll) {
  ServerOptions options;
  options.no_tcp = true;
  Machine machine;
  machine.addresses = {Ip("127.0.0.1"), Ip("192.0.2.7"), Ip("fe80::1"), Ip("2001:db8::7"),
                       Ip("169.254.1.1")};
  EXPECT_THAT(
      TextOf(MediaAddresses(options, machine, {})),
      ElementsAre("192.0.2.7:3478 as 192.0.2.7:3478", "[2001:db8::7]:3478 as [2001:db8::7]:3478"));
  options.demo = true;
  EXPECT_THAT(TextOf(MediaAddresses(options, machine, {})).back(), HasSubstr("127.0.0.1"));
}

TEST(MediaAddresses, ArePublicOnesBehindANat) {
  ServerOptions options;
  options.listening_ips = {Ip("10.0.0.5")};
  relay::RelayConfig config;
  config.relay_addresses = {{Ip("10.0.0.5"), Ip("198.51.100.5")}};
  EXPECT_THAT(
      TextOf(MediaAddresses(options, {}, config)),
      ElementsAre("10.0.0.5:3478 as 198.51.100.5:3478", "tcp 10.0.0.5:3478 as 198.51.100.5:3478"));
}

TEST(MediaAddresses, AreFewWhereTheMachineHasMany) {
  Machine machine;
  for (uint8_t i = 1; i < 100; ++i) machine.addresses.push_back(net::Address::V4(192, 0, 2, i));
  EXPECT_EQ(MediaAddresses({}, machine, {}).size(), 16u) << "eight for UDP, eight for TCP";
}

// The desk with a database behind it, and what it says to pages.
class MediaSideWithDatabase : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(
        database_.Open()->Put(Table::kUsers, {"r", "dora", KeyText("r", "dora", "stored")}).ok());
    users_.Start();
    const absl::Status started = relay_.Start();
    ASSERT_TRUE(started.ok()) << started;
    ServerOptions options;
    options.demo = true;
    options.relay_threads = 1;
    Machine machine;
    machine.addresses = {Ip("127.0.0.1")};
    auto opened = MediaPeerSide::Open(options, machine, config_, nullptr);
    ASSERT_TRUE(opened.ok()) << opened.status();
    side_ = *std::move(opened);
    ASSERT_TRUE(side_->is_on());
    side_->Start(settings_, &users_, relay_, [this](const std::string& page, std::string json) {
      const std::lock_guard lock(mutex_);
      said_[page] += json;
      news_.notify_all();
    });
  }
  void TearDown() override {
    side_->Stop();
    relay_.Stop();
  }

  static relay::RelayConfig StoredUsersOnly() {
    relay::RelayConfig config;
    config.realm = "r";
    config.user_lookup = true;
    config.nonce_key.assign(32, 7);
    return config;
  }
  void Join(const std::string& page, const std::string& credential) {
    side_->Tell(
        {.kind = web::PeerLetter::Kind::kBegin,
         .page = page,
         .text = R"({"mode":"echo","username":"dora","credential":")" + credential + "\"}"});
    // At once, as pages do; it cannot be answered, which shows that it was read.
    side_->Tell({.kind = web::PeerLetter::Kind::kSignal,
                 .page = page,
                 .text = R"({"g":1,"description":{"type":"offer","sdp":"v=0\r\n"}})"});
  }
  std::string SaidTo(const std::string& page) {
    std::unique_lock lock(mutex_);
    news_.wait_for(lock, std::chrono::seconds(20), [&] { return !said_[page].empty(); });
    return said_[page];
  }

  TestDatabase database_{Database::Kind::kSqlite};
  UserDirectory users_{{.realm = "r"}, [this] { return OpenUserStore(database_.target()); }};
  const relay::RelayConfig config_ = StoredUsersOnly();
  const CurrentSettings settings_{{{}, config_}};
  RelayServer relay_{config_, {.workers = 1}};
  std::mutex mutex_;
  std::condition_variable news_;
  std::map<std::string, std::string> said_;
  std::unique_ptr<MediaPeerSide> side_;
};

TEST_F(MediaSideWithDatabase, UsersWhoStandThereAreAnsweredAndOthersAreTold) {
  Join("right", "stored");
  Join("wrong", "guess");
  EXPECT_THAT(SaidTo("right"), HasSubstr("\"code\":\"offer\""));
  EXPECT_THAT(SaidTo("wrong"), HasSubstr("\"code\":\"credential\""));
  EXPECT_EQ(side_->counts().started, 1u);
  EXPECT_EQ(side_->counts().refused[static_cast<size_t>(MediaRefusal::kCredential)], 1u);
}

TEST_F(MediaSideWithDatabase, StopsWhileTheDatabaseIsBeingAsked) {
  for (int i = 0; i < 10; ++i) Join("page" + std::to_string(i), "stored");
  side_->Stop();
  side_->Tell({.kind = web::PeerLetter::Kind::kBegin, .page = "late", .text = "{}"});
  users_.Stop();
}

}  // namespace
}  // namespace koeru::server
