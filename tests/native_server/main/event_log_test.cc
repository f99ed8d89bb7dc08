// Lines about allocations and refusals.

#include "native_server/main/event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "native_server/log/log.h"

namespace koeru::server {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class EventLogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "koeru-events-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    options_.file = directory_ + "/log";
    options_.to_stdout = false;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  // What `report` leaves in the log.
  template <typename Report>
  std::string Lines(Report report) {
    auto log = Log::Start(options_);
    EXPECT_TRUE(log.ok());
    report();
    (*log)->Flush();
    std::stringstream text;
    text << std::ifstream(options_.file).rdbuf();
    std::filesystem::remove(options_.file);
    return text.str();
  }

  relay::AllocationEvent Event() const {
    relay::AllocationEvent event;
    event.five_tuple.client.endpoint = *net::Endpoint::Parse("192.0.2.7:5000");
    event.relayed = *net::Endpoint::Parse("203.0.113.1:50000");
    event.username = "anna\"\n";
    event.age = 12'345ms;
    event.traffic = {3, 300, 2, 150};
    return event;
  }

  std::string directory_;
  LogOptions options_;
  EventLog events_{false};
};

TEST_F(EventLogTest, AnAllocationsEndIsOneLineWithItsLife) {
  const std::string lines = Lines([&] {
    events_.OnAllocationCreated(Event());
    events_.OnAllocationEnded(Event(), relay::EndReason::kExpired);
  });
  EXPECT_THAT(lines, HasSubstr("info: allocation ended relayed=203.0.113.1:50000 "
                               "reason=\"its lifetime ran out\" duration_s=12.345 "
                               "to_peer_packets=3 to_peer_bytes=300 to_client_packets=2 "
                               "to_client_bytes=150\n"));
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1);
  EXPECT_THAT(lines, Not(HasSubstr("192.0.2.7"))) << "addresses of clients at debug level only";
}

TEST_F(EventLogTest, AsJsonWithClientAndUserAtDebugLevel) {
  options_.format = LogFormat::kJson;
  options_.debug = true;
  const std::string lines =
      Lines([&] { events_.OnAllocationEnded(Event(), relay::EndReason::kRefreshedToZero); });
  EXPECT_THAT(lines, HasSubstr("\"message\":\"allocation ended\","
                               "\"relayed\":\"203.0.113.1:50000\","
                               "\"reason\":\"the client gave it back\",\"duration_s\":12.345,"
                               "\"to_peer_packets\":3,\"to_peer_bytes\":300,"
                               "\"to_client_packets\":2,\"to_client_bytes\":150,"
                               "\"client\":\"192.0.2.7:5000\","
                               "\"user\":\"anna\\\"\\\\x0a\"}\n"));
}

TEST_F(EventLogTest, ARefusalSaysWhatAndWhy) {
  relay::Refusal refusal;
  refusal.method = stun::Method::kCreatePermission;
  refusal.code = 403;
  refusal.cause = relay::RefusalCause::kPeerDenied;
  refusal.detail = "private network (RFC 1918)";
  refusal.peer = *net::Endpoint::Parse("10.0.0.1:22");
  EXPECT_THAT(Lines([&] { events_.OnRefused(refusal); }),
              HasSubstr("info: request refused method=CreatePermission code=403 "
                        "cause=\"peer is denied\" detail=\"private network (RFC 1918)\"\n"));
  options_.debug = true;
  EXPECT_THAT(Lines([&] { events_.OnRefused(refusal); }), HasSubstr("peer=10.0.0.1:22"));
}

TEST_F(EventLogTest, AFloodOfRefusalsIsLimited) {
  const std::string lines = Lines([&] {
    for (int i = 0; i < 10'000; ++i) events_.OnRefused({});
  });
  // The second may change on the way.
  EXPECT_LE(std::count(lines.begin(), lines.end(), '\n'), 5 * EventLog::kRefusalsPerSecond);
}

TEST(LineLimit, SaysHowManyWereLeftOut) {
  LineLimit limit(2);
  uint64_t left_out = 0;
  const net::Instant start = net::Instant::FromNanoseconds(0) + 1h;
  EXPECT_TRUE(limit.Take(start, left_out));
  EXPECT_TRUE(limit.Take(start + 1ms, left_out));
  EXPECT_EQ(left_out, 0u);
  for (int i = 0; i < 7; ++i) EXPECT_FALSE(limit.Take(start + 999ms, left_out));
  EXPECT_TRUE(limit.Take(start + 1s, left_out));
  EXPECT_EQ(left_out, 7u);
  EXPECT_TRUE(limit.Take(start + 1s, left_out));
  EXPECT_EQ(left_out, 0u);
}

MediaCallEvent MediaCall() {
  MediaCallEvent event{.page = "m1", .user = "anna\"\n", .mode = "echo", .worker = 2};
  event.path = ice::Path{*net::Endpoint::Parse("203.0.113.1:3478"),
                         *net::Endpoint::Parse("192.0.2.7:5000"), net::Transport::kTcp};
  event.age = 12'345ms;
  event.received_packets = 100;
  event.received_lost = 7;
  event.sent_packets = 99;
  event.sent_lost = -1;  // RFC 3550: duplicates count against losses
  return event;
}

TEST_F(EventLogTest, AMediaCallsEndIsOneLineWithItsLife) {
  const std::string lines = Lines([&] {
    events_.OnMediaCallBegan(MediaCall());
    events_.OnMediaPath(MediaCall());
    events_.OnMediaCallEnded(MediaCall(), MediaEnd::kIce);
  });
  EXPECT_THAT(lines, HasSubstr("info: media call ended reason=ice mode=echo protocol=tcp "
                               "duration_s=12.345 received_packets=100 received_lost=7 "
                               "sent_packets=99 sent_lost=0\n"));
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1);
  EXPECT_THAT(lines, Not(HasSubstr("192.0.2.7"))) << "addresses of clients at debug level only";
  EXPECT_THAT(lines, Not(HasSubstr("anna")));
}

TEST_F(EventLogTest, AMediaCallsBeginningAndPathAreThereWhenVerbose) {
  events_.set_verbose(true);
  const std::string lines = Lines([&] {
    events_.OnMediaCallBegan(MediaCall());
    events_.OnMediaPath(MediaCall());
  });
  EXPECT_THAT(lines, HasSubstr("media call begins mode=echo worker=2\n"));
  EXPECT_THAT(lines, HasSubstr("media call has a path local=203.0.113.1:3478 protocol=tcp "
                               "after_s=12.345\n"));
  options_.debug = true;
  EXPECT_THAT(Lines([&] { events_.OnMediaPath(MediaCall()); }),
              HasSubstr("page=m1 client=192.0.2.7:5000"));
  EXPECT_THAT(Lines([&] { events_.OnMediaCallBegan(MediaCall()); }),
              HasSubstr("user=\"anna\\\"\\\\x0a\""));
}

TEST_F(EventLogTest, AFloodOfRefusedMediaCallsIsFewLines) {
  const std::string lines = Lines([&] {
    for (int i = 0; i < 1000; ++i) events_.OnMediaRefused("m1", MediaRefusal::kCredential);
  });
  EXPECT_THAT(lines, HasSubstr("media call refused reason=credential\n"));
  EXPECT_LE(std::count(lines.begin(), lines.end(), '\n'), 2 * EventLog::kRefusalsPerSecond);
}

}  // namespace
}  // namespace koeru::server
