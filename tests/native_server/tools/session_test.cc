#include "native_server/tools/session.h"

#include <gtest/gtest.h>

#include "core/stun/attributes.h"
#include "core/stun/integrity.h"
#include "core/turn/attributes.h"
#include "native_server/tools/problems.h"
#include "tests/core/capture/packets.h"

namespace koeru::tools {
namespace {

using namespace capture;

using stun::Class;
using stun::Method;

const net::Endpoint kClient{net::Address::V4(192, 0, 2, 1), 5000};
const net::Endpoint kServer{net::Address::V4(198, 51, 100, 2), 3478};
const net::Endpoint kPeer{net::Address::V4(203, 0, 113, 3), 6000};

class SessionTest : public testing::Test {
 protected:
  void Request(Method method, uint8_t id, bool with_peer = false, uint16_t channel = 0) {
    session_.OnStun(++now_, kToServer, Stun(method, Class::kRequest, id, [&](auto& b) {
      if (channel != 0) b.Add(turn::ChannelNumber{channel});
      if (with_peer) b.Add(turn::XorPeerAddress{kPeer});
    }));
  }
  void Success(Method method, uint8_t id) {
    session_.OnStun(++now_, kToClient, Stun(method, Class::kSuccessResponse, id));
  }
  void Error(Method method, uint8_t id, uint16_t code) {
    session_.OnStun(++now_, kToClient, Stun(method, Class::kErrorResponse, id, [&](auto& b) {
      b.Add(stun::ErrorCode::Of(code));
    }));
  }
  void Send() {
    session_.OnStun(++now_, kToServer, Stun(Method::kSend, Class::kIndication, 99, [&](auto& b) {
      b.Add(turn::XorPeerAddress{kPeer});
      b.AddRaw(stun::attribute_type::kData, Text("12345"));
    }));
  }
  std::string Problems() const {
    std::string all;
    for (const std::string& problem : FindProblems(session_)) all += problem + "\n";
    return all;
  }

  int64_t now_ = 0;
  Session session_{kClient, kServer, "UDP", {}};
};

TEST_F(SessionTest, MatchesAnswersWithTheirRequests) {
  Request(Method::kBinding, 1);
  now_ = 5'000'000;
  Success(Method::kBinding, 1);
  ASSERT_EQ(session_.lines().size(), 2u);
  EXPECT_FALSE(session_.lines()[0].answered_ns);
  EXPECT_EQ(session_.lines()[1].answered_ns, 5'000'000);
  EXPECT_EQ(Problems(), "");
}

// RFC 8489 section 6.2.1.
TEST_F(SessionTest, MarksRetransmissions) {
  Request(Method::kBinding, 1);
  Request(Method::kBinding, 1);
  Request(Method::kBinding, 1);
  EXPECT_EQ(session_.lines()[1].repeats, 1u);
  EXPECT_EQ(session_.lines()[2].repeats, 2u);
  EXPECT_NE(Problems().find("1 Binding request without an answer (3 packets"), std::string::npos)
      << Problems();
}

TEST_F(SessionTest, TheChallengeIsNoProblemARefusalIs) {
  Request(Method::kAllocate, 1);
  Error(Method::kAllocate, 1, 401);
  EXPECT_EQ(Problems(), "");
  EXPECT_FALSE(session_.lines()[1].suspicious);

  session_.OnStun(++now_, kToServer, Stun(Method::kAllocate, Class::kRequest, 2, [](auto& b) {
    b.AddMessageIntegrity(Text("key"));
  }));
  Error(Method::kAllocate, 2, 401);
  EXPECT_NE(Problems().find("refuses the credentials"), std::string::npos) << Problems();
  EXPECT_TRUE(session_.lines()[3].suspicious);
}

TEST_F(SessionTest, ALoopOf401AndOf438IsAProblem) {
  for (uint8_t id = 1; id <= 3; ++id) {
    Request(Method::kAllocate, id);
    Error(Method::kAllocate, id, 401);
  }
  EXPECT_NE(Problems().find("401 loop"), std::string::npos) << Problems();
  Request(Method::kRefresh, 10);
  Error(Method::kRefresh, 10, 438);
  EXPECT_EQ(Problems().find("438"), std::string::npos);
  Request(Method::kRefresh, 11);
  Error(Method::kRefresh, 11, 438);
  EXPECT_NE(Problems().find("438 2 times: stale nonces"), std::string::npos) << Problems();
}

TEST_F(SessionTest, ErrorsAreExplained) {
  uint8_t id = 0;
  for (const uint16_t code : std::initializer_list<uint16_t>{437, 486, 403, 508, 443}) {
    Request(Method::kAllocate, ++id);
    Error(Method::kAllocate, id, code);
  }
  for (std::string_view part : {"437 once: allocation mismatch", "486 once: quota",
                                "403 once: forbidden", "508 once", "443 once"}) {
    EXPECT_NE(Problems().find(part), std::string::npos) << part;
  }
}

// RFC 8656 section 9.
TEST_F(SessionTest, DataWithoutAPermissionIsAProblem) {
  Request(Method::kAllocate, 1);
  Success(Method::kAllocate, 1);
  Send();
  EXPECT_NE(Problems().find("no permission for peer 203.0.113.3:6000"), std::string::npos);
  Request(Method::kCreatePermission, 2, true);
  Success(Method::kCreatePermission, 2);
  EXPECT_EQ(Problems(), "");
  ASSERT_TRUE(session_.indications().contains(kPeer));
  EXPECT_EQ(session_.indications().at(kPeer)[kToServer].bytes, 5u);
}

TEST_F(SessionTest, ARefusedPermissionIsNone) {
  Request(Method::kAllocate, 1);
  Success(Method::kAllocate, 1);
  Request(Method::kCreatePermission, 2, true);
  Error(Method::kCreatePermission, 2, 403);
  Send();
  EXPECT_NE(Problems().find("no permission"), std::string::npos);
}

TEST_F(SessionTest, ChannelsAreCountedAndMustBeBound) {
  Request(Method::kAllocate, 1);
  Success(Method::kAllocate, 1);
  session_.OnChannelData(++now_, kToServer, 0x4000, 100);
  session_.OnChannelData(++now_, kToClient, 0x4000, 50);
  EXPECT_NE(Problems().find("channel 0x4000 is not bound"), std::string::npos) << Problems();
  Request(Method::kChannelBind, 2, true, 0x4000);
  Success(Method::kChannelBind, 2);
  EXPECT_EQ(Problems(), "");
  EXPECT_EQ(session_.channels().at(0x4000)[kToServer].bytes, 100u);
  EXPECT_EQ(session_.channels().at(0x4000)[kToClient].packets, 1u);
  EXPECT_EQ(session_.channel_peers().at(0x4000), kPeer);
  // RFC 8656 section 12.2: it is a permission, too.
  Send();
  EXPECT_EQ(Problems(), "");
}

TEST_F(SessionTest, MalformedMessagesAndWrongFingerprintsAreProblems) {
  session_.OnStun(1, kToServer, Hex("000100032112a442000000000000000000000001"));
  session_.OnStun(2, kToServer, Hex("000100082112a442000000000000000000000001 8028000400000000"));
  EXPECT_NE(session_.lines()[0].summary.find("malformed"), std::string::npos);
  EXPECT_NE(Problems().find("malformed STUN messages: 1"), std::string::npos);
  EXPECT_NE(Problems().find("messages with a wrong FINGERPRINT: 1"), std::string::npos);
}

TEST(Session, ChecksIntegrityWithTheRealmLearntFromThe401) {
  Session session(kClient, kServer, "UDP",
                  {.trees = true, .user = "alice", .realm = {}, .password = "secret"});
  const auto key = stun::LongTermKeyMd5("alice", "example.org", "secret");
  session.OnStun(1, kToServer, Stun(Method::kAllocate, Class::kRequest, 1));
  session.OnStun(2, kToClient, Stun(Method::kAllocate, Class::kErrorResponse, 1, [](auto& b) {
                   b.Add(stun::ErrorCode::Of(401));
                   b.Add(stun::Realm{"example.org"});
                 }));
  session.OnStun(3, kToServer, Stun(Method::kAllocate, Class::kRequest, 2, [&](auto& b) {
                   b.Add(stun::Realm{"example.org"});
                   b.AddMessageIntegrity(key);
                 }));
  // The answer carries no realm.
  session.OnStun(4, kToClient, Stun(Method::kAllocate, Class::kSuccessResponse, 2, [&](auto& b) {
                   b.AddMessageIntegrity(key);
                 }));
  session.OnStun(5, kToClient, Stun(Method::kRefresh, Class::kSuccessResponse, 3, [](auto& b) {
                   b.AddMessageIntegrity(Text("another key"));
                 }));
  ASSERT_EQ(session.lines().size(), 5u);
  EXPECT_EQ(session.lines()[0].integrity, "");
  EXPECT_EQ(session.lines()[2].integrity, "valid");
  EXPECT_EQ(session.lines()[3].integrity, "valid");
  EXPECT_EQ(session.lines()[4].integrity, "invalid");
  EXPECT_EQ(session.wrong_integrity(), 1u);
  ASSERT_TRUE(session.lines()[3].tree);
  EXPECT_EQ(session.lines()[3].tree->label, "STUN message");
}

TEST(Session, TheLadderEndsAtItsLimit) {
  Session session(kClient, kServer, "UDP", {});
  const Octets message = Stun(Method::kBinding, Class::kIndication, 1);
  for (size_t i = 0; i < Session::kMaxLines + 7; ++i) session.OnStun(1, kToServer, message);
  EXPECT_EQ(session.lines().size(), Session::kMaxLines);
  EXPECT_EQ(session.lines_left_out(), 7u);
  EXPECT_EQ(session.stun_messages(), Session::kMaxLines + 7);
}

}  // namespace
}  // namespace koeru::tools
