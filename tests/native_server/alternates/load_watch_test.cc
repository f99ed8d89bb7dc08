// Asks a real HTTP server.

#include "native_server/alternates/load_watch.h"

#include <gtest/gtest.h>

#include <atomic>

#include "native_server/http/small_server.h"

namespace koeru::server {
namespace {

class LoadWatchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto server = SmallServer::ListenTcp("127.0.0.1", 0, [this](const SmallRequest& request) {
      const std::lock_guard lock(mutex_);
      authorization_ = request.authorization;
      ++asked_;
      return reply_;
    });
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  void Say(int status, const std::string& body) {
    const std::lock_guard lock(mutex_);
    reply_.status = status;
    reply_.body = body;
  }
  void Watch(const std::string& token = "") {
    watch_ = std::make_unique<LoadWatch>(
        std::vector<WatchedServer>{
            {kAddress, "http://127.0.0.1:" + std::to_string(server_->port()) + "/load"}},
        token);
  }
  // After another whole round of asking.
  AlternateServer Next() {
    const uint64_t before = watch_->rounds();
    for (int i = 0; i < 2000 && watch_->rounds() <= before; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_GT(watch_->rounds(), before);
    return watch_->Describe({{kAddress, 3478}})[0];
  }

  const net::Address kAddress = net::Address::V4(192, 0, 2, 1);
  std::mutex mutex_;
  SmallReply reply_{.body = LoadJson({12, 100, true})};
  std::string authorization_;
  int asked_ = 0;
  std::unique_ptr<SmallServer> server_;
  std::unique_ptr<LoadWatch> watch_;
};

TEST_F(LoadWatchTest, KnowsWhatTheServerSaysAndWhoIsNotWatched) {
  Watch("the token");
  const AlternateServer known = Next();
  EXPECT_TRUE(known.is_watched);
  ASSERT_TRUE(known.load);
  EXPECT_EQ(known.load->allocations, 12u);
  EXPECT_EQ(known.load->total_quota, 100u);
  EXPECT_TRUE(known.load->ready);
  EXPECT_EQ(authorization_, "Bearer the token");
  EXPECT_FALSE(watch_->Describe({{net::Address::V4(192, 0, 2, 9), 3478}})[0].is_watched);
}

TEST_F(LoadWatchTest, OneThatFailsOnceGoesOnAndTwiceIsDownUntilItAnswers) {
  Watch();
  ASSERT_TRUE(Next().load);
  Say(503, "");
  EXPECT_TRUE(Next().load) << "one failure is nothing";
  EXPECT_FALSE(Next().load);
  Say(200, LoadJson({0, 0, false}));
  const AlternateServer back = Next();
  ASSERT_TRUE(back.load);
  EXPECT_FALSE(back.load->ready);
}

TEST(ReadLoad, TakesNothingButWholeAnswers) {
  EXPECT_TRUE(ReadLoad(LoadJson({1, 2, true})));
  for (const char* text : {"", "[]", "12", "{}", "{\"allocations\":1}",
                           "{\"allocations\":-1,\"total_quota\":2,"
                           "\"ready\":true}",
                           "{\"allocations\":1,\"total_quota\":2,\"ready\":1}",
                           "{\"allocations\":\"1\",\"total_quota\":2,\"ready\":true}",
                           "{\"allocations\":1e99,\"total_quota\":2,\"ready\":true}"}) {
    EXPECT_FALSE(ReadLoad(text)) << text;
  }
}

}  // namespace
}  // namespace koeru::server
