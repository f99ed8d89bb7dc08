// Each test is input -> what the members hear.
#include "tests/native_server/web/rooms_test_support.h"

namespace koeru::server::web {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

using RoomsTest = RoomsFixture;

TEST_F(RoomsTest, FirstMemberFindsAnEmptyRoom) {
  Connect(1);
  EXPECT_THAT(Say(1, kJoin),
              ElementsAre(R"(1: {"type":"joined","room":"blue-whale","self":"id1","members":[]})"));
}

TEST_F(RoomsTest, NewcomerLearnsTheOthersAndTheyLearnOfIt) {
  Connect(1);
  Say(1, R"({"type":"join","room":"blue-whale","name":"Aki"})");
  Connect(2);
  EXPECT_THAT(Say(2, R"({"type":"join","room":"blue-whale","name":"ゆき \"Q\""})"),
              ElementsAre(R"(1: {"type":"member-joined","id":"id2","name":"ゆき \"Q\""})",
                          R"(2: {"type":"joined","room":"blue-whale","self":"id2",)"
                          R"("members":[{"id":"id1","name":"Aki"}]})"));
}

TEST_F(RoomsTest, SignalReachesItsMemberByteForByteAndNobodyElse) {
  JoinMembers(3);
  EXPECT_THAT(Say(1, R"({"data" : { "sdp":"a\u0041\/", "n":1.50e+1,"n":{"x":[ ]} } ,)"
                     R"( "to":"id3","type":"signal"})"),
              ElementsAre(R"(3: {"type":"signal","from":"id1","data":)"
                          R"({ "sdp":"a\u0041\/", "n":1.50e+1,"n":{"x":[ ]} }})"));
}

TEST_F(RoomsTest, SenderCannotPretendToBeSomebodyElse) {
  JoinMembers(3);
  EXPECT_THAT(Say(1, R"({"type":"signal","to":"id2","from":"id3","data":{}})"),
              ElementsAre(HasSubstr("\"bad-message\"")));
}

TEST_F(RoomsTest, SignalCrossesNoWallBetweenRooms) {
  JoinMembers(2);
  Connect(3);
  Say(3, R"({"type":"join","room":"other-room"})");
  EXPECT_THAT(Say(3, R"({"type":"signal","to":"id1","data":{}})"),
              ElementsAre(HasSubstr("\"unknown-member\"")));
}

TEST_F(RoomsTest, SignalToOneselfIsRefused) {
  JoinMembers(2);
  EXPECT_THAT(Say(1, R"({"type":"signal","to":"id1","data":{}})"),
              ElementsAre(HasSubstr("\"unknown-member\"")));
}

TEST_F(RoomsTest, LeavingAndLosingTheConnectionLookTheSame) {
  JoinMembers(3);
  const std::vector<std::string> left = {R"(3: {"type":"member-left","id":"id1"})"};
  EXPECT_THAT(Say(1, R"({"type":"leave"})"),
              ElementsAre(R"(2: {"type":"member-left","id":"id1"})", left[0]));
  EXPECT_THAT(Drop(2), ElementsAre(R"(3: {"type":"member-left","id":"id2"})"));
}

TEST_F(RoomsTest, WhoLeftMayJoinAgainUnderANewId) {
  JoinMembers(1);
  Say(1, R"({"type":"leave"})");
  EXPECT_EQ(rooms_->room_count(), 0u);
  EXPECT_THAT(Say(1, kJoin), ElementsAre(HasSubstr(R"("self":"id2")")));
}

TEST_F(RoomsTest, SecondJoinIsRefused) {
  JoinMembers(1);
  EXPECT_THAT(Say(1, kJoin), ElementsAre(HasSubstr("\"already-joined\"")));
}

TEST_F(RoomsTest, SignalAndLeaveNeedARoom) {
  Connect(1);
  EXPECT_THAT(Say(1, R"({"type":"signal","to":"x","data":{}})"),
              ElementsAre(HasSubstr("\"not-joined\"")));
  EXPECT_THAT(Say(1, R"({"type":"leave"})"), ElementsAre(HasSubstr("\"not-joined\"")));
}

TEST_F(RoomsTest, NamesOfRoomsAreChecked) {
  Connect(1);
  for (const char* room : {"", "short", "with space!", "../../etc/passwd", "ルームルームルーム"}) {
    EXPECT_THAT(Say(1, std::string(R"({"type":"join","room":")") + room + "\"}"),
                ElementsAre(HasSubstr("\"bad-room\"")))
        << room;
  }
  EXPECT_THAT(Say(1, R"({"type":"join","room":")" + std::string(65, 'a') + "\"}"),
              ElementsAre(HasSubstr("\"bad-room\"")));
}

TEST_F(RoomsTest, RoomTakesItsMembersAndNoMore) {
  JoinMembers(8);
  Connect(9);
  EXPECT_THAT(Say(9, kJoin), ElementsAre(HasSubstr("\"room-full\"")));
  Drop(4);
  EXPECT_THAT(Say(9, kJoin), testing::Contains(HasSubstr("\"joined\"")));
}

TEST_F(RoomsTest, ServerTakesItsRoomsAndNoMore) {
  Limit({.rooms = 2});
  for (uint64_t member = 1; member <= 3; ++member) Connect(member);
  Say(1, R"({"type":"join","room":"room-number-1"})");
  Say(2, R"({"type":"join","room":"room-number-2"})");
  EXPECT_THAT(Say(3, R"({"type":"join","room":"room-number-3"})"),
              ElementsAre(HasSubstr("\"server-full\"")));
  EXPECT_EQ(rooms_->room_count(), 2u);
}

TEST_F(RoomsTest, TooLargeMessageEndsTheConnectionAndTheOthersGoOn) {
  JoinMembers(2);
  EXPECT_THAT(Say(1, std::string(64 * 1024 + 1, ' ')),
              ElementsAre(HasSubstr(R"("code":"too-large")"), "1: close 1009",
                          R"(2: {"type":"member-left","id":"id1"})"));
  EXPECT_THAT(Say(1, kJoin), IsEmpty()) << "it is forgotten";
}

TEST_F(RoomsTest, LargestMessagePasses) {
  JoinMembers(2);
  std::string text = R"({"type":"signal","to":"id2","data":{"x":""}})";
  text.insert(text.size() - 3, std::string(64 * 1024 - text.size(), 'x'));
  EXPECT_THAT(Say(1, text), ElementsAre(HasSubstr("2: {\"type\":\"signal\"")));
}

TEST_F(RoomsTest, FloodIsDroppedWithOneComplaintASecondAndThenEnds) {
  Limit({.messages_burst = 10, .messages_per_s = 1, .patience = 20});
  JoinMembers(2);
  int signals = 0;
  int complaints = 0;
  int sent = 0;
  bool closed = false;
  for (; sent < 1000 && !closed; ++sent) {
    for (const std::string& heard : Say(1, R"({"type":"signal","to":"id2","data":{}})")) {
      signals += heard.starts_with("2: {\"type\":\"signal\"") ? 1 : 0;
      complaints += heard.find(R"("too-fast")") != std::string::npos ? 1 : 0;
      closed = closed || heard == "1: close 1008";
    }
  }
  EXPECT_EQ(signals, 8);     // ten tokens, of which the join took one and a bit
  EXPECT_EQ(complaints, 2);  // one that is not fatal, one that is
  EXPECT_EQ(sent, 8 + 20 + 1);
  EXPECT_TRUE(closed);
}

TEST_F(RoomsTest, QuickBurstOfCandidatesIsNoFlood) {
  JoinMembers(2);
  for (int i = 0; i < 150; ++i) {
    EXPECT_THAT(Say(1, R"({"type":"signal","to":"id2","data":{"candidate":"..."}})"),
                ElementsAre(HasSubstr("2: ")));
  }
}

TEST_F(RoomsTest, SpeedComesBackWithTime) {
  Limit({.messages_burst = 3, .messages_per_s = 1});
  JoinMembers(2);
  while (Say(1, R"({"type":"signal","to":"id2","data":{}})").front().starts_with("2: ")) {
  }
  now_ += 10s;
  EXPECT_THAT(Say(1, R"({"type":"signal","to":"id2","data":{}})"), ElementsAre(HasSubstr("2: ")));
}

TEST_F(RoomsTest, GuessingNamesIsSlowedForEachSource) {
  Limit({.joins_burst = 3, .joins_per_s = 0.5});
  for (uint64_t member = 1; member <= 4; ++member) {
    Connect(member, "192.0.2.66");
    const auto heard =
        Say(member, R"({"type":"join","room":"guess-)" + std::to_string(member) + "00\"}");
    EXPECT_THAT(heard, ElementsAre(HasSubstr(member <= 3 ? "\"joined\"" : "\"too-fast\"")));
  }
  Connect(5, "192.0.2.67");
  EXPECT_THAT(Say(5, kJoin), ElementsAre(HasSubstr("\"joined\""))) << "others are not slowed";
  now_ += 2s;
  EXPECT_THAT(Say(4, kJoin), testing::Contains(HasSubstr("\"joined\"")));
}

TEST_F(RoomsTest, GuessingIsSlowedAlsoByJoiningAndLeavingOnOneConnection) {
  Limit({.joins_burst = 3, .joins_per_s = 0.5});
  Connect(1);
  int joined = 0;
  for (int i = 0; i < 20; ++i) {
    joined += Say(1, kJoin).front().find("\"joined\"") != std::string::npos ? 1 : 0;
    Say(1, R"({"type":"leave"})");
  }
  EXPECT_EQ(joined, 3);
}

TEST_F(RoomsTest, ConnectionThatJoinsNothingIsClosedInTime) {
  Connect(1);
  EXPECT_EQ(rooms_->NextDeadline(), now_ + 60s);
  EXPECT_THAT(WaitFor(59s), IsEmpty());
  EXPECT_THAT(WaitFor(1s), ElementsAre(HasSubstr(R"("code":"not-joined")"), "1: close 1008"));
  EXPECT_EQ(rooms_->NextDeadline(), std::nullopt);
  EXPECT_EQ(rooms_->connection_count(), 0u);
}

TEST_F(RoomsTest, MemberIsNotClosedButWhoLeftIs) {
  JoinMembers(2);
  EXPECT_THAT(WaitFor(3600s), IsEmpty());
  Say(1, R"({"type":"leave"})");
  EXPECT_THAT(WaitFor(60s), ElementsAre(HasSubstr("\"fatal\":true"), "1: close 1008"));
}

TEST_F(RoomsTest, UnknownConnectionsAreIgnored) {
  EXPECT_THAT(Say(7, kJoin), IsEmpty());
  EXPECT_THAT(Drop(7), IsEmpty());
}

}  // namespace
}  // namespace koeru::server::web
