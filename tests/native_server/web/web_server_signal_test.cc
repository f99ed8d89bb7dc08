// Signalling over real TLS connections and WebSocket frames written by hand.
#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <thread>
#include <vector>

#include "tests/native_server/web/web_test_server.h"

namespace koeru::server::web {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr const char* kJoin = R"({"type":"join","room":"blue-whale"})";

class WebSignal : public WebServerTest {
 protected:
  // A client in the room, and its id.
  struct Member {
    std::unique_ptr<WebTestClient> client;
    std::string id;
  };
  Member Join() {
    Member member{Signaller(), ""};
    member.client->SendText(kJoin);
    const std::string joined = member.client->ReadText();
    boost::system::error_code error;
    const auto value = boost::json::parse(joined, error);
    EXPECT_FALSE(error) << joined;
    if (!error) member.id = value.at("self").as_string().c_str();
    return member;
  }
  bool WaitUntil(std::function<bool()> done) {
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (!done() && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(10ms);
    }
    return done();
  }
};

TEST_F(WebSignal, PassesOffersBetweenTheMembersOfARoom) {
  Start();
  Member a = Join();
  Member b = Join();
  EXPECT_THAT(a.client->ReadText(), HasSubstr("\"member-joined\",\"id\":\"" + b.id));
  EXPECT_EQ(a.id.size(), 22u);
  EXPECT_NE(a.id, b.id);
  b.client->SendText(R"({"type":"signal","to":")" + a.id + R"(","data":{ "sdp":"v=0" }})");
  EXPECT_EQ(a.client->ReadText(),
            R"({"type":"signal","from":")" + b.id + R"(","data":{ "sdp":"v=0" }})");
  b.client.reset();
  EXPECT_EQ(a.client->ReadText(), R"({"type":"member-left","id":")" + b.id + "\"}");
}

TEST_F(WebSignal, UpgradeNamesTheSubprotocol) {
  Start();
  auto client = Client();
  client->Send(client->UpgradeRequest("https://localhost:" + std::to_string(port_),
                                      "chat, koeru.signal.v1"));
  const HttpAnswer answer = client->ReadAnswer();
  EXPECT_EQ(answer.status, 101);
  EXPECT_EQ(answer.Field("sec-websocket-protocol"), "koeru.signal.v1");
  EXPECT_EQ(answer.Field("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");  // RFC 6455 §1.3
}

TEST_F(WebSignal, CrossOriginWebSocketIsRefused) {
  Start();
  for (const char* origin : {"https://evil.example", "null", ""}) {
    auto client = Client();
    client->Send(client->UpgradeRequest(origin, "koeru.signal.v1"));
    EXPECT_EQ(client->ReadAnswer().status, 403) << origin;
    EXPECT_TRUE(client->IsClosedWithin(5s));
  }
  EXPECT_EQ(server_->counts().room_connections, 0u);
}

TEST_F(WebSignal, Rfc6455_5_1_FrameWithoutAMaskClosesWith1002) {
  Start();
  auto client = Signaller();
  client->SendFrame(1, kJoin, /*mask=*/false);
  EXPECT_EQ(client->ReadFrame().close_code(), 1002);
}

TEST_F(WebSignal, Rfc6455_8_1_InvalidUtf8ClosesWith1007) {
  Start();
  for (const char* bytes : {"{\"type\":\"\xff\"}", "\xc0\xaf", "\xed\xa0\x80"}) {
    auto client = Signaller();
    client->SendText(bytes);
    EXPECT_EQ(client->ReadFrame().close_code(), 1007);
  }
}

TEST_F(WebSignal, BinaryFrameClosesWith1003) {
  Start();
  auto client = Signaller();
  client->SendFrame(2, "x");
  EXPECT_EQ(client->ReadFrame().close_code(), 1003);
}

TEST_F(WebSignal, ReservedOpcodeAndBadControlFramesCloseWith1002) {
  Start();
  auto reserved = Signaller();
  reserved->SendFrame(5, "x");
  EXPECT_EQ(reserved->ReadFrame().close_code(), 1002);
  auto large_ping = Signaller();
  large_ping->SendFrame(9, std::string(126, 'x'));
  EXPECT_EQ(large_ping->ReadFrame().close_code(), 1002);
  auto stray = Signaller();
  stray->SendFrame(0, "x");
  EXPECT_EQ(stray->ReadFrame().close_code(), 1002);
}

TEST_F(WebSignal, OversizedMessageIsToldAndClosedWith1009) {
  Start();
  auto client = Signaller();
  client->SendText(std::string(70'000, ' '));
  EXPECT_THAT(client->ReadText(), HasSubstr("\"too-large\""));
  EXPECT_EQ(client->ReadFrame().close_code(), 1009);
}

TEST_F(WebSignal, OversizedMessageInManySmallFramesIsTheSame) {
  Start();
  auto client = Signaller();
  client->SendFrame(1, std::string(1000, ' '), true, /*final=*/false);
  for (int i = 0; i < 80; ++i) client->SendFrame(0, std::string(1000, ' '), true, false);
  EXPECT_THAT(client->ReadText(), HasSubstr("\"too-large\""));
}

TEST_F(WebSignal, HugeFrameIsRefusedByItsLength) {
  Start();
  auto client = Signaller();
  // A header that announces 2^40 bytes, and nothing more.
  client->Send(std::string("\x81\xff\x00\x00\x01\x00\x00\x00\x00\x00\x01\x02\x03\x04", 14));
  EXPECT_EQ(client->ReadFrame().close_code(), 1009);
}

TEST_F(WebSignal, FragmentedMessageIsPutTogether) {
  Start();
  auto client = Signaller();
  const std::string join = kJoin;
  client->SendFrame(1, join.substr(0, 10), true, false);
  client->SendFrame(9, "ping");
  client->SendFrame(0, join.substr(10));
  EXPECT_EQ(client->ReadFrame().opcode, 10);
  EXPECT_THAT(client->ReadText(), HasSubstr("\"joined\""));
}

TEST_F(WebSignal, BadMessagesAreAnsweredAndTheConnectionLives) {
  Start();
  auto client = Signaller();
  client->SendText("hello");
  EXPECT_THAT(client->ReadText(), HasSubstr("\"bad-message\""));
  client->SendText(R"({"type":"join","room":"x"})");
  EXPECT_THAT(client->ReadText(), HasSubstr("\"bad-room\""));
  client->SendText(kJoin);
  EXPECT_THAT(client->ReadText(), HasSubstr("\"joined\""));
}

TEST_F(WebSignal, FloodOfMessagesEndsWith1008) {
  options_.limits.rooms.messages_burst = 10;
  options_.limits.rooms.messages_per_s = 1;
  options_.limits.rooms.patience = 20;
  Start();
  auto client = Signaller();
  for (int i = 0; i < 200; ++i) client->SendText("{}");
  WsFrame frame = client->ReadFrame();
  while (frame.opcode == 1) frame = client->ReadFrame();
  EXPECT_EQ(frame.close_code(), 1008);
}

TEST_F(WebSignal, FloodLeavesTheOtherRoomsAlone) {
  Start();
  Member a = Join();
  Member b = Join();
  a.client->ReadText();
  auto flooder = Signaller();
  for (int i = 0; i < 500; ++i) flooder->SendText(R"({"type":"join","room":"other-room"})");
  b.client->SendText(R"({"type":"signal","to":")" + a.id + R"(","data":{}})");
  EXPECT_THAT(a.client->ReadText(), HasSubstr("\"signal\""));
}

TEST_F(WebSignal, GuessingOfRoomsIsSlowedOverAllConnections) {
  options_.limits.rooms.joins_burst = 3;
  options_.limits.rooms.joins_per_s = 0.1;
  Start();
  for (int i = 0; i < 6; ++i) {
    auto client = Signaller();
    client->SendText(R"({"type":"join","room":"guess-number-)" + std::to_string(i) + "\"}");
    EXPECT_THAT(client->ReadText(), HasSubstr(i < 3 ? "\"joined\"" : "\"too-fast\""));
  }
}

TEST_F(WebSignal, SlowReaderIsDroppedAndTheSenderGoesOn) {
  options_.limits.websocket_queue_bytes = 256 * 1024;
  options_.limits.rooms.messages_burst = 1e6;
  Start();
  Member slow = Join();
  Member sender = Join();
  const std::string signal = R"({"type":"signal","to":")" + slow.id + R"(","data":{"x":")" +
                             std::string(60'000, 'x') + "\"}}";
  // Never read by `slow`: what the kernel does not take waits in the queue, until that is full.
  for (int i = 0; i < 400 && server_->counts().room_connections == 2; ++i) {
    ASSERT_TRUE(sender.client->SendText(signal));
  }
  EXPECT_TRUE(WaitUntil([&] { return server_->counts().room_connections == 1; }));
  EXPECT_EQ(sender.client->ReadText(), R"({"type":"member-left","id":")" + slow.id + "\"}");
  EXPECT_THAT(LoudLog(), HasSubstr("reads too slowly"));
  // And its connection is not kept for ever.
  EXPECT_TRUE(WaitUntil([&] { return door_->counts().connections == 1; }));
}

TEST_F(WebSignal, SilentMemberIsDropped) {
  options_.limits.websocket_idle_time = 1s;
  Start();
  Member a = Join();  // its client answers no pings
  EXPECT_TRUE(WaitUntil([&] { return server_->counts().room_connections == 0; }));
}

TEST_F(WebSignal, ConnectionThatJoinsNothingIsClosed) {
  options_.limits.rooms.join_time = 1s;
  Start();
  auto client = Signaller();
  EXPECT_THAT(client->ReadText(), HasSubstr(R"("code":"not-joined")"));
  EXPECT_EQ(client->ReadFrame().close_code(), 1008);
}

TEST_F(WebSignal, CloseIsAnsweredAndTheRoomIsLeft) {
  Start();
  Member a = Join();
  a.client->SendFrame(8, "\x03\xe8");
  EXPECT_EQ(a.client->ReadFrame().close_code(), 1000);
  EXPECT_TRUE(WaitUntil([&] { return server_->counts().room_connections == 0; }));
}

TEST_F(WebSignal, BrokenConnectionIsResumedAndNothingIsLost) {
  Start();
  Member a = Join();
  auto b = Signaller();
  b->SendText(R"({"type":"join","room":"blue-whale","secret":"BBBBBBBBBBBBBBBBBBBBBB"})");
  EXPECT_THAT(b->ReadText(), HasSubstr("\"grace\":30"));
  const std::string joined = a.client->ReadText();
  const std::string id = joined.substr(joined.size() - 24, 22);
  b.reset();  // without a word: TCP ends, no WebSocket does
  EXPECT_TRUE(WaitUntil([&] { return server_->counts().room_connections == 1; }));
  a.client->SendText(R"({"type":"signal","to":")" + id + R"(","data":{"while":"away"}})");
  b = Signaller();
  b->SendText(R"({"type":"resume","room":"blue-whale","secret":"BBBBBBBBBBBBBBBBBBBBBB",)"
              R"("received":0})");
  EXPECT_THAT(b->ReadText(), HasSubstr("\"resumed\""));
  EXPECT_THAT(b->ReadText(), HasSubstr(R"("data":{"while":"away"})"));
  b->SendText(R"({"type":"signal","to":")" + a.id + R"(","data":{"back":true}})");
  EXPECT_THAT(a.client->ReadText(), HasSubstr(R"("data":{"back":true})")) << "no member-left";
}

TEST_F(WebSignal, CloseCode4000MeansComingBackAndAnyOtherLeaves) {
  Start();
  Member a = Join();
  for (const char* code : {"\x0f\xa0", "\x03\xe9"}) {  // 4000, 1001
    auto b = Signaller();
    b->SendText(R"({"type":"join","room":"blue-whale","secret":"BBBBBBBBBBBBBBBBBBBBBB"})");
    EXPECT_THAT(b->ReadText(), HasSubstr("\"joined\""));
    EXPECT_THAT(a.client->ReadText(), HasSubstr("\"member-joined\""));
    b->SendFrame(8, code);
    EXPECT_EQ(b->ReadFrame().opcode, 8);
    // Of the one who comes back nothing is heard until the second one takes its place.
    if (code[0] == 3) EXPECT_THAT(a.client->ReadText(), HasSubstr("\"member-left\""));
    if (code[0] != 3) {
      auto c = Signaller();
      c->SendText(R"({"type":"resume","room":"blue-whale","secret":"BBBBBBBBBBBBBBBBBBBBBB",)"
                  R"("received":0})");
      EXPECT_THAT(c->ReadText(), HasSubstr("\"resumed\""));
      c->SendText(R"({"type":"leave"})");
      EXPECT_THAT(a.client->ReadText(), HasSubstr("\"member-left\""));
    }
  }
}

TEST_F(WebSignal, StopTellsEverybodyToGoAway) {
  Start();
  Member a = Join();
  std::thread stopping([&] { server_->Stop(); });
  EXPECT_EQ(a.client->ReadFrame().close_code(), 1001);
  stopping.join();
}

TEST_F(WebSignal, ManyMembersOnSeveralThreadsSeeAConsistentRoom) {
  door_options_.threads = 3;
  door_options_.limits.connections_per_source = 200;
  Start();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int round = 0; round < 5; ++round) {
        WebTestClient client(port_);
        ASSERT_EQ(client.OpenSignal(), 101);
        client.SendText(kJoin);
        // Whatever comes first, nobody leaves whom this member was not told of.
        const std::string joined = client.ReadText();
        ASSERT_THAT(joined, HasSubstr("\"joined\""));
        std::string known = joined;
        for (std::string text = client.ReadText(20ms); !text.empty();
             text = client.ReadText(20ms)) {
          if (text.find("member-left") != std::string::npos) {
            EXPECT_THAT(known, HasSubstr(text.substr(text.size() - 24, 22)));
          }
          known += text;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(WaitUntil([&] { return server_->counts().rooms == 0; }));
}

TEST_F(WebSignal, NothingOfRoomsOrSignalsIsLogged) {
  Start();
  Member a = Join();
  a.client->SendText(R"({"type":"signal","to":"x","data":{"candidate":"198.51.100.1"}})");
  a.client->ReadText();
  EXPECT_THAT(Log(), Not(HasSubstr("blue-whale")));
  EXPECT_THAT(Log(), Not(HasSubstr("198.51.100.1")));
}

}  // namespace
}  // namespace koeru::server::web
