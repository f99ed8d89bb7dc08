// The server's own media peer, as a member of rooms.
#include "tests/native_server/web/rooms_test_support.h"

namespace koeru::server::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kCall = R"({"type":"join","room":"blue-whale","peer":{"mode":"echo"}})";

class RoomsPeerTest : public RoomsFixture {
 protected:
  void SetUp() override { Limit({.has_peer = true}); }

  // What the media peer heard of the last actions: "begin PAGE: text".
  std::vector<std::string> Told(uint64_t member, std::string_view text) {
    RoomActions actions;
    rooms_->OnText(ConnectionId{member}, text, now_, actions);
    return ToldBy(actions);
  }
  static std::vector<std::string> ToldBy(const RoomActions& actions) {
    std::vector<std::string> told;
    for (const RoomAction& action : actions) {
      if (!action.peer) continue;
      const char* const kinds[] = {"begin ", "signal ", "end "};
      told.push_back(kinds[static_cast<size_t>(action.peer->kind)] + action.peer->page + ": " +
                     action.peer->text);
    }
    return told;
  }
};

TEST_F(RoomsPeerTest, IsAMemberForWhoAsksForItAndNobodyElse) {
  Connect(1);
  Say(1, kJoin);
  Connect(2);
  EXPECT_THAT(
      Say(2, kCall),
      testing::Contains(HasSubstr(R"("members":[{"id":"id1"},{"id":"id3","name":"Echo"}])")));
  Connect(3);
  EXPECT_THAT(Say(3, kJoin),
              testing::Contains(HasSubstr(R"("members":[{"id":"id1"},{"id":"id2"}])")));
}

TEST_F(RoomsPeerTest, HearsTheRequestAndSignalsByteForByteAndTheEnd) {
  Connect(1);
  EXPECT_THAT(Told(1, kCall), ElementsAre(R"(begin id2: {"mode":"echo"})"));
  EXPECT_THAT(Told(1, R"({"type":"signal","to":"id2","data":{ "a":1.0 }})"),
              ElementsAre(R"(signal id2: { "a":1.0 })"));
  EXPECT_THAT(Told(1, R"({"type":"leave"})"), ElementsAre("end id2: "));
}

TEST_F(RoomsPeerTest, OthersCannotReachIt) {
  Connect(1);
  Say(1, kCall);
  Connect(2);
  Say(2, kJoin);
  EXPECT_THAT(Told(2, R"({"type":"signal","to":"id2","data":{}})"), IsEmpty());
  EXPECT_THAT(Say(2, R"({"type":"signal","to":"id2","data":{}})"),
              ElementsAre(HasSubstr("unknown-member")));
}

TEST_F(RoomsPeerTest, WhatItSaysReachesItsMember) {
  Connect(1);
  Say(1, kCall);
  RoomActions actions;
  rooms_->OnPeerSignal("id2", R"({"peer":{}})", actions);
  EXPECT_THAT(Heard(actions),
              ElementsAre(R"(1: {"type":"signal","from":"id2","data":{"peer":{}}})"));
  actions.clear();
  rooms_->OnPeerSignal("id9", "{}", actions);
  EXPECT_THAT(actions, IsEmpty());
}

TEST_F(RoomsPeerTest, GoesWithItsMemberWhateverTheReason) {
  Connect(1);
  Say(1, kCall);
  RoomActions actions;
  rooms_->OnDisconnect(ConnectionId{1}, now_, actions);
  EXPECT_THAT(ToldBy(actions), ElementsAre("end id2: "));
  actions.clear();
  rooms_->OnPeerSignal("id2", "{}", actions);
  EXPECT_THAT(actions, IsEmpty());
}

TEST_F(RoomsPeerTest, StaysWhileItsMemberMayComeBackAndIsToldThen) {
  Connect(1);
  const std::string secret = "abcdefghijklmnopqrstuv";
  Say(1, R"({"type":"join","room":"blue-whale","secret":")" + secret + R"(","peer":{}})");
  EXPECT_THAT(Lose(1), IsEmpty());
  RoomActions actions;
  rooms_->OnPeerSignal("id1", R"({"late":1})", actions);
  Connect(2);
  EXPECT_THAT(
      Say(2, R"({"type":"resume","room":"blue-whale","secret":")" + secret + R"(","received":0})"),
      testing::Contains(HasSubstr(R"({"late":1})")));
}

TEST_F(RoomsPeerTest, AServerWithoutOneSaysSo) {
  Limit({});
  Connect(1);
  EXPECT_THAT(Say(1, kCall), ElementsAre(HasSubstr("\"no-peer\"")));
}

TEST_F(RoomsPeerTest, APeerThatIsNoObjectIsABadMessage) {
  Connect(1);
  EXPECT_THAT(Say(1, R"({"type":"join","room":"blue-whale","peer":"echo"})"),
              ElementsAre(HasSubstr("\"peer\\\" must be an object")));
}

}  // namespace
}  // namespace koeru::server::web
