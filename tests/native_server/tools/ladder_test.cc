#include "native_server/tools/ladder.h"

#include <gtest/gtest.h>

#include "core/stun/attributes.h"
#include "native_server/tools/session_json.h"
#include "tests/core/capture/packets.h"

namespace koeru::tools {
namespace {

using namespace capture;

using stun::Class;
using stun::Method;

const net::Endpoint kClient{net::Address::V4(192, 0, 2, 1), 5000};
const net::Endpoint kServer{net::Address::V4(198, 51, 100, 2), 3478};

Session ASession() {
  Session session(kClient, kServer, "UDP", {});
  const Octets request = Stun(Method::kAllocate, Class::kRequest, 1);
  session.OnStun(1'000'000'000, kToServer, request);
  session.OnStun(1'500'000'000, kToServer, request);
  session.OnStun(1'513'204'000, kToClient,
                 Stun(Method::kAllocate, Class::kErrorResponse, 1, [](auto& b) {
                   b.Add(stun::ErrorCode::Of(486));
                   b.Add(stun::Software{"a\x1b[2Jb"});
                 }));
  session.OnChannelData(2, kToServer, 0x4001, 10);
  return session;
}

TEST(Ladder, OneLineAMessage) {
  EXPECT_EQ(PrintLadder(ASession(), 1'000'000'000),
            "UDP  192.0.2.1:5000 -> 198.51.100.2:3478\n"
            "   +0.000000 s  192.0.2.1:5000 -> 198.51.100.2:3478  Allocate request\n"
            "   +0.500000 s  192.0.2.1:5000 -> 198.51.100.2:3478  Allocate request  "
            "retransmission 1\n"
            "!  +0.513204 s  192.0.2.1:5000 <- 198.51.100.2:3478  Allocate error response 486 "
            "Allocation Quota Reached  (software a\\x1b[2Jb)  after 513.204 ms\n"
            "  channel 0x4001: -> 1 message, 10 bytes; <- 0 messages, 0 bytes\n"
            "  problem: Allocate answered 486 once: quota reached: the user has too many "
            "allocations; old ones may not have been deleted\n");
}

TEST(Ladder, TimesAndCounts) {
  EXPECT_EQ(PrintMilliseconds(1'234'567), "1.235 ms");
  EXPECT_EQ(PrintUtc(0), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(PrintUtc(1'795'365'443'049'811'000), "2026-11-22T16:37:23.049811Z");
  EXPECT_EQ(PrintUtc(-1), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(PrintCounts({DataCount{1, 2}, DataCount{3, 1}}),
            "-> 1 message, 2 bytes; <- 3 messages, 1 byte");
}

TEST(SessionJson, HasTheFactsOfTheLadder) {
  inspect::JsonWriter json;
  WriteSession(ASession(), json);
  const std::string text = json.Take();
  for (std::string_view part :
       {R"("transport":"UDP","client":"192.0.2.1:5000","server":"198.51.100.2:3478")",
        R"("time_ns":1513204000,"from":"server")", R"("roundTrip_ns":513204000)", R"("repeats":1)",
        R"("transactionId":"000000000000000000000001")",
        R"("channels":[{"channel":16385,"toServer":{"packets":1,"bytes":10})",
        R"("problems":["Allocate answered 486 once)"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

}  // namespace
}  // namespace koeru::tools
