#include "native_server/admin/admin_json.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace koeru::server {
namespace {

WatchedAllocation Make(std::string user, uint64_t bytes, int age_s) {
  WatchedAllocation one;
  one.worker = 1;
  one.allocation = {.slot = 42, .generation = 7};
  one.five_tuple.client.endpoint = *net::Endpoint::Parse("192.0.2.1:5000");
  one.five_tuple.server.endpoint = *net::Endpoint::Parse("[2001:db8::1]:3478");
  one.five_tuple.transport = net::Transport::kTls;
  one.relayed = *net::Endpoint::Parse("198.51.100.1:50000");
  one.username = std::move(user);
  one.realm = "r";
  one.age = std::chrono::seconds(age_s);
  one.left = std::chrono::milliseconds(1999);
  one.traffic.to_peer_bytes = bytes;
  return one;
}

boost::json::object Parse(const std::string& json) { return boost::json::parse(json).as_object(); }

std::string UsersOf(const std::string& json) {
  std::string users;
  const boost::json::object parsed = Parse(json);
  for (const auto& one : parsed.at("allocations").as_array()) {
    users += std::string(one.at("user").as_string());
  }
  return users;
}

TEST(AdminJson, AnAllocationHasAllThatIsKnownOfIt) {
  const auto parsed = Parse(AllocationsJson({Make("alice", 5, 3)}, AllocationOrder::kAge, 10));
  EXPECT_EQ(parsed.at("total").as_int64(), 1);
  const auto& one = parsed.at("allocations").as_array().at(0).as_object();
  EXPECT_EQ(one.at("id").as_string(), "1-42-7");
  EXPECT_EQ(one.at("transport").as_string(), "tls");
  EXPECT_EQ(one.at("client").as_string(), "192.0.2.1:5000");
  EXPECT_EQ(one.at("server").as_string(), "[2001:db8::1]:3478");
  EXPECT_EQ(one.at("relayed").as_string(), "198.51.100.1:50000");
  EXPECT_EQ(one.at("age_s").as_int64(), 3);
  EXPECT_EQ(one.at("left_s").as_int64(), 1);
  EXPECT_EQ(one.at("to_peer").at("bytes").as_int64(), 5);
}

TEST(AdminJson, NamesOfAnyBytesStayJson) {
  const std::string odd("\"\\\n\x01\xff<script>\0", 13);
  const auto parsed = Parse(AllocationsJson({Make(odd, 0, 0)}, AllocationOrder::kAge, 10));
  EXPECT_EQ(parsed.at("allocations").as_array().at(0).at("user").as_string(),
            "\"\\\\\\x0a\\x01\\xff<script>");
}

TEST(AdminJson, TheFirstOnesInEachOrder) {
  const std::vector<WatchedAllocation> all = {Make("b", 1, 30), Make("a", 5, 10), Make("c", 3, 20)};
  EXPECT_EQ(UsersOf(AllocationsJson(all, AllocationOrder::kTraffic, 10)), "acb");
  EXPECT_EQ(UsersOf(AllocationsJson(all, AllocationOrder::kAge, 10)), "bca");
  EXPECT_EQ(UsersOf(AllocationsJson(all, AllocationOrder::kUser, 10)), "abc");
  EXPECT_EQ(UsersOf(AllocationsJson(all, AllocationOrder::kTraffic, 2)), "ac");
  EXPECT_EQ(Parse(AllocationsJson(all, AllocationOrder::kTraffic, 2)).at("total").as_int64(), 3);
  EXPECT_EQ(AllocationsJson({}, AllocationOrder::kAge, 5), "{\"total\":0,\"allocations\":[]}\n");
}

TEST(AdminJson, IdsComeBackAndOtherTextIsNone) {
  const auto id = ParseId(IdOf(Make("a", 0, 0)));
  ASSERT_TRUE(id);
  EXPECT_EQ(id->worker, 1u);
  EXPECT_EQ(id->allocation.slot, 42u);
  EXPECT_EQ(id->allocation.generation, 7u);
  for (const char* text :
       {"", "1", "1-2", "1-2-3-4", "a-2-3", "1--3", "-1-2-3", "1-2-4294967296"}) {
    EXPECT_FALSE(ParseId(text)) << text;
  }
}

}  // namespace
}  // namespace koeru::server
