#include "native_server/tools/top_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace koeru::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

boost::json::object Object(std::string_view text) {
  return boost::json::parse(boost::json::string_view(text.data(), text.size())).as_object();
}

boost::json::object Status(uint64_t bytes = 5'000'000) {
  return Object(
      "{\"version\":\"0.1\",\"draining\":false,\"counters\":{\"uptime_s\":3725,"
      "\"allocations\":2,\"allocations_total\":9,\"unauthorized\":4,"
      "\"client_to_peer\":{\"packets\":1,\"bytes\":" +
      std::to_string(bytes) +
      "},"
      "\"peer_to_client\":{\"packets\":1,\"bytes\":999},"
      "\"dropped\":{\"a\":2,\"b\":3}}}");
}

std::string One(std::string_view id, std::string_view user, uint64_t to_peer) {
  return "{\"id\":\"" + std::string(id) + "\",\"user\":\"" + std::string(user) +
         "\",\"client\":\"192.0.2.1:5\",\"transport\":\"udp\",\"relayed\":\"198.51.100.1:6\","
         "\"age_s\":61,\"to_peer\":{\"packets\":1,\"bytes\":" +
         std::to_string(to_peer) + "},\"to_client\":{\"packets\":0,\"bytes\":0}}";
}

boost::json::object List(const std::string& ones, int total) {
  return Object("{\"total\":" + std::to_string(total) + ",\"allocations\":[" + ones + "]}");
}

TEST(TopView, ShowsTheServerAndATable) {
  TopMemory memory;
  EXPECT_EQ(*TopText(Status(), List(One("0-1-0", "alice", 1500) + "," + One("1-22-3", "", 0), 2), 0,
                     {}, memory),
            "koeru-relay 0.1, up 1 h 2 min, 2 allocations now, 9 since the start, 4 times 401, 5 "
            "packets dropped\n"
            "to peers 5.0 MB, to clients 999 B\n"
            "\n"
            "ID      USER   CLIENT       VIA  RELAYED         AGE        TO PEERS  TO CLIENT\n"
            "0-1-0   alice  192.0.2.1:5  udp  198.51.100.1:6  1 min 1 s  1.5 kB    0 B\n"
            "1-22-3  -      192.0.2.1:5  udp  198.51.100.1:6  1 min 1 s  0 B       0 B\n");
}

TEST(TopView, TheSecondTimeThereAreRates) {
  TopMemory memory;
  ASSERT_TRUE(TopText(Status(1000), List(One("0-1-0", "a", 1000), 1), 0, {}, memory).ok());
  const auto text = TopText(Status(5000), List(One("0-1-0", "a", 4000), 1), 2, {}, memory);
  EXPECT_THAT(*text, HasSubstr("to peers 5.0 kB 2.0 kB/s"));
  EXPECT_THAT(*text, HasSubstr("4.0 kB 1.5 kB/s"));
  const auto restarted = TopText(Status(10), List(One("0-1-0", "a", 10), 1), 2, {}, memory);
  EXPECT_THAT(*restarted, Not(HasSubstr("kB/s"))) << "counters began anew";
}

TEST(TopView, FitsTheTerminal) {
  TopMemory memory;
  std::string ones;
  for (int i = 0; i < 20; ++i) ones += (i > 0 ? "," : "") + One(std::to_string(i), "u", 1);
  const std::string text =
      *TopText(Status(), List(ones, 300), 0, {.columns = 40, .rows = 10}, memory);
  EXPECT_THAT(text, HasSubstr("and 295 more\n"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10);
  EXPECT_THAT(text, Not(HasSubstr("TO PEERS")));
}

TEST(TopView, WhatIsNoAnswerOfARelayIsAnError) {
  TopMemory memory;
  EXPECT_FALSE(TopText({}, List("", 0), 0, {}, memory).ok());
  EXPECT_FALSE(TopText(Status(), {}, 0, {}, memory).ok());
  EXPECT_FALSE(TopText(Status(), List("5", 1), 0, {}, memory).ok());
  EXPECT_FALSE(TopText(Status(), List("{\"id\":5}", 1), 0, {}, memory).ok());
  EXPECT_FALSE(TopText(Status(), Object("{\"total\":-1,\"allocations\":[]}"), 0, {}, memory).ok());
}

TEST(TopView, NumbersAreShort) {
  EXPECT_EQ(ToBytesText(0), "0 B");
  EXPECT_EQ(ToBytesText(999), "999 B");
  EXPECT_EQ(ToBytesText(1000), "1.0 kB");
  EXPECT_EQ(ToBytesText(123'456'789), "123 MB");
  EXPECT_EQ(ToBytesText(9e15), "9000 TB");
  EXPECT_EQ(ToDurationText(59), "59 s");
  EXPECT_EQ(ToDurationText(60), "1 min 0 s");
  EXPECT_EQ(ToDurationText(3600), "1 h 0 min");
}

}  // namespace
}  // namespace koeru::tools
