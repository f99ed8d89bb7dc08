// Members who lose their connection and come back. Each test is input -> what the members hear.
#include "tests/native_server/web/rooms_test_support.h"

namespace koeru::server::web {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

constexpr std::string_view kSecretA = "AAAAAAAAAAAAAAAAAAAAAA";
constexpr std::string_view kSecretB = "BBBBBBBBBBBBBBBBBBBBBB";

class RoomsResume : public RoomsFixture {
 protected:
  std::vector<std::string> JoinWith(uint64_t connection, std::string_view secret) {
    Connect(connection);
    return Say(connection,
               R"({"type":"join","room":"blue-whale","secret":")" + std::string(secret) + "\"}");
  }
  std::vector<std::string> ResumeWith(uint64_t connection, std::string_view secret, int received) {
    Connect(connection);
    return Say(connection, R"({"type":"resume","room":"blue-whale","secret":")" +
                               std::string(secret) + R"(","received":)" + std::to_string(received) +
                               "}");
  }
  // 1 is A, 2 is B.
  void JoinBoth() {
    JoinWith(1, kSecretA);
    JoinWith(2, kSecretB);
  }
  std::string Signal(const std::string& to, int number) {
    return R"({"type":"signal","to":")" + to + R"(","data":{"x":)" + std::to_string(number) +
           R"(},"n":)" + std::to_string(number) + "}";
  }

  const std::string a_ = MemberIdOf(kSecretA);
  const std::string b_ = MemberIdOf(kSecretB);
};

TEST_F(RoomsResume, SecretGivesTheIdAndTheGrace) {
  EXPECT_THAT(JoinWith(1, kSecretA),
              ElementsAre(R"(1: {"type":"joined","room":"blue-whale","self":")" + a_ +
                          R"(","members":[],"grace":30})"));
}

TEST_F(RoomsResume, NobodyHearsOfALostConnectionUntilTheGraceEnds) {
  JoinBoth();
  EXPECT_THAT(Lose(2), IsEmpty());
  EXPECT_EQ(rooms_->NextDeadline(), now_ + 30s);
  EXPECT_THAT(WaitFor(29s), IsEmpty());
  EXPECT_THAT(WaitFor(1s),
              ElementsAre(R"(1: {"type":"member-left","id":")" + b_ + R"(","lost":true})"));
  EXPECT_EQ(rooms_->absent_count(), 0u);
}

TEST_F(RoomsResume, WhoClosesOrLeavesIsGoneAtOnce) {
  JoinBoth();
  EXPECT_THAT(Drop(2), ElementsAre(R"(1: {"type":"member-left","id":")" + b_ + "\"}"));
}

TEST_F(RoomsResume, WithoutASecretALostConnectionIsALeftRoom) {
  JoinMembers(2);
  EXPECT_THAT(Lose(2), ElementsAre(R"(1: {"type":"member-left","id":"id2"})"));
}

TEST_F(RoomsResume, NothingIsLostOrDoubled) {
  JoinBoth();
  Say(1, Signal(b_, 1));  // B receives it
  Lose(2);
  EXPECT_THAT(Say(1, Signal(b_, 2)), IsEmpty());
  JoinWith(3, "CCCCCCCCCCCCCCCCCCCCCC");
  const auto heard = ResumeWith(4, kSecretB, 1);
  EXPECT_THAT(heard, ElementsAre(R"(4: {"type":"resumed","room":"blue-whale","self":")" + b_ +
                                     R"(","received":0})",
                                 R"(4: {"type":"signal","from":")" + a_ + R"(","data":{"x":2}})",
                                 HasSubstr(R"(4: {"type":"member-joined","id":)")));
  EXPECT_THAT(Say(1, Signal(b_, 3)), ElementsAre(HasSubstr(R"(4: {"type":"signal")")));
  EXPECT_EQ(rooms_->NextDeadline(), std::nullopt);
}

TEST_F(RoomsResume, WhatTheServerHasAlreadyIsNotPassedOnTwice) {
  JoinBoth();
  Say(2, Signal(a_, 1));
  Say(2, Signal(a_, 2));
  Lose(2);
  // The first message to B would have been number 1; B sends both of its own again.
  EXPECT_THAT(ResumeWith(3, kSecretB, 0), ElementsAre(HasSubstr("\"received\":2}")));
  EXPECT_THAT(Say(3, Signal(a_, 1)), IsEmpty());
  EXPECT_THAT(Say(3, Signal(a_, 2)), IsEmpty());
  EXPECT_THAT(Say(3, Signal(a_, 3)), ElementsAre(HasSubstr("\"data\":{\"x\":3}")));
}

TEST_F(RoomsResume, GapMeansThatOneWasDroppedAndTheServerSaysFromWhere) {
  JoinBoth();
  Say(1, Signal(b_, 1));
  EXPECT_THAT(Say(1, Signal(b_, 3)), ElementsAre(R"(1: {"type":"ack","received":1})"));
  EXPECT_THAT(Say(1, Signal(b_, 2)), ElementsAre(HasSubstr("\"x\":2")));
}

TEST_F(RoomsResume, NewConnectionTakesOverFromOneThatIsNotYetKnownToBeLost) {
  JoinBoth();
  EXPECT_THAT(ResumeWith(3, kSecretB, 0),
              ElementsAre(HasSubstr(R"(2: {"type":"error","code":"replaced")"), "2: close 1008",
                          HasSubstr(R"(3: {"type":"resumed")")));
  EXPECT_THAT(Lose(2), IsEmpty()) << "it is forgotten";
  EXPECT_THAT(Say(1, Signal(b_, 1)), ElementsAre(HasSubstr("3: ")));
}

TEST_F(RoomsResume, SecretOpensItsOwnMembershipOnly) {
  JoinBoth();
  Lose(2);
  for (const char* secret : {"CCCCCCCCCCCCCCCCCCCCCC", b_.c_str()}) {
    EXPECT_THAT(ResumeWith(3, secret, 0), ElementsAre(HasSubstr("\"not-resumable\"")));
    Drop(3);
  }
  Connect(3);
  EXPECT_THAT(Say(3, R"({"type":"resume","room":"other-room","secret":")" + std::string(kSecretB) +
                         R"(","received":0})"),
              ElementsAre(HasSubstr("\"not-resumable\"")));
}

TEST_F(RoomsResume, MemberWithoutASecretCannotBeResumed) {
  JoinMembers(1);
  EXPECT_THAT(ResumeWith(2, kSecretA, 0), ElementsAre(HasSubstr("\"not-resumable\"")));
}

TEST_F(RoomsResume, GuessingSecretsIsSlowedLikeGuessingRooms) {
  Limit({.joins_burst = 3, .joins_per_s = 0.5});
  for (uint64_t connection = 1; connection <= 4; ++connection) {
    EXPECT_THAT(ResumeWith(connection, kSecretA, 0),
                ElementsAre(HasSubstr(connection <= 3 ? "\"not-resumable\"" : "\"too-fast\"")));
  }
}

TEST_F(RoomsResume, AfterARestartTheSameSecretIsTheSameMember) {
  JoinBoth();
  Limit({});
  EXPECT_THAT(ResumeWith(1, kSecretA, 0), ElementsAre(HasSubstr("\"not-resumable\"")));
  Say(1, R"({"type":"join","room":"blue-whale","secret":")" + std::string(kSecretA) + "\"}");
  EXPECT_THAT(JoinWith(2, kSecretB), Contains(HasSubstr(R"("members":[{"id":")" + a_ + "\"}]")));
}

TEST_F(RoomsResume, WhoAcknowledgesNothingCannotComeBackButCanJoin) {
  Limit({.kept_messages = 2});
  JoinBoth();
  Lose(2);
  for (int number = 1; number <= 3; ++number) Say(1, Signal(b_, number));
  EXPECT_THAT(ResumeWith(3, kSecretB, 0), ElementsAre(HasSubstr("\"not-resumable\"")));
  EXPECT_THAT(
      Say(3, R"({"type":"join","room":"blue-whale","secret":")" + std::string(kSecretB) + "\"}"),
      ElementsAre(R"(1: {"type":"member-left","id":")" + b_ + "\"}",
                  R"(1: {"type":"member-joined","id":")" + b_ + "\"}",
                  HasSubstr(R"(3: {"type":"joined")")));
}

TEST_F(RoomsResume, AcknowledgedMessagesMakeRoom) {
  Limit({.kept_messages = 2});
  JoinBoth();
  for (int number = 1; number <= 10; ++number) {
    Say(1, Signal(b_, number));
    EXPECT_THAT(Say(2, R"({"type":"ack","received":)" + std::to_string(number) + "}"),
                ElementsAre(R"(2: {"type":"ack","received":0})"));
  }
  Lose(2);
  EXPECT_THAT(ResumeWith(3, kSecretB, 10), ElementsAre(HasSubstr("\"resumed\"")));
}

TEST_F(RoomsResume, AcknowledgementOfWhatWasNeverSentIsRefused) {
  JoinBoth();
  EXPECT_THAT(Say(2, R"({"type":"ack","received":1})"), ElementsAre(HasSubstr("\"bad-message\"")));
  JoinMembers(0);
  Connect(3);
  Say(3, kJoin);
  EXPECT_THAT(Say(3, R"({"type":"ack","received":0})"), ElementsAre(HasSubstr("\"bad-message\"")));
}

TEST_F(RoomsResume, TooManyAbsentMembersAreNotHeld) {
  Limit({.absent_members = 1});
  JoinBoth();
  JoinWith(3, "CCCCCCCCCCCCCCCCCCCCCC");
  EXPECT_THAT(Lose(2), IsEmpty());
  EXPECT_THAT(Lose(3), ElementsAre(HasSubstr("1: {\"type\":\"member-left\"")));
  EXPECT_EQ(rooms_->absent_count(), 1u);
}

TEST_F(RoomsResume, AbsentMemberHasItsPlaceInTheRoom) {
  Limit({.members_per_room = 2});
  JoinBoth();
  Lose(2);
  EXPECT_THAT(JoinWith(3, "CCCCCCCCCCCCCCCCCCCCCC"), ElementsAre(HasSubstr("\"room-full\"")));
  WaitFor(30s);
  EXPECT_THAT(Say(3, kJoin), Contains(HasSubstr("\"joined\"")));
}

TEST_F(RoomsResume, RoomOfAbsentMembersEndsWithTheirGrace) {
  JoinBoth();
  Lose(1);
  Lose(2);
  EXPECT_EQ(rooms_->room_count(), 1u);
  EXPECT_THAT(WaitFor(30s), IsEmpty());
  EXPECT_EQ(rooms_->room_count(), 0u);
}

}  // namespace
}  // namespace koeru::server::web
