// Users who stand in a database: the relay asks, the request waits.

#include "core/relay/find_user.h"

#include <gtest/gtest.h>

#include <random>

#include "core/stun/attribute_type.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

using LookUp = Relay::LookUp;

class FindUserTest : public ::testing::Test {
 protected:
  FindUserTest() {
    h.config.user_lookup = true;
    dora = h.Client("192.0.2.1:50000", "dora", "stored");
  }
  // The request of a client who is logged in; what comes at once.
  int Allocate(ScriptedClient& client) { return h.Allocate(client); }

  RelayHarness h;
  ScriptedClient dora;
};

TEST_F(FindUserTest, ARequestWaitsForTheDatabaseAndGoesOnWithItsAnswer) {
  EXPECT_EQ(Allocate(dora), -1);
  ASSERT_EQ(h.asked.size(), 1u);
  EXPECT_EQ(h.asked[0].name, "dora");
  EXPECT_EQ(h.asked[0].realm, "example.org");
  h.Answer(LookUp::kFound, "stored");
  EXPECT_EQ(h.Code(), 0);
  EXPECT_TRUE(h.ReplyHas(stun::attribute_type::kMessageIntegrity));
  EXPECT_EQ(h.events.created, std::vector<std::string>{"dora"});
  // The allocation knows its key: nothing is asked for what follows, ever.
  h.Advance(500s);
  dora.nonce.clear();
  h.LogIn(dora);
  EXPECT_EQ(h.Refresh(dora), 0);
  EXPECT_EQ(h.Permit(dora, "198.51.100.7:9"), 0);
  EXPECT_EQ(h.asked.size(), 1u);
}

TEST_F(FindUserTest, ARetransmissionMeanwhileIsDropped) {
  h.LogIn(dora);
  const Packet request = dora.Request(stun::Method::kAllocate, RelayHarness::Udp());
  h.Send(dora, request);
  h.Send(dora, request);
  EXPECT_FALSE(h.reply);
  EXPECT_EQ(h.relay().counters().repeated, 1u);
  EXPECT_EQ(h.asked.size(), 1u);
  h.Answer(LookUp::kFound, "stored");
  EXPECT_EQ(h.replies.size(), 1u);
  EXPECT_EQ(h.relay().allocation_count(), 1u);
}

TEST_F(FindUserTest, ClientsOfOneUserWaitForOneQuestion) {
  ScriptedClient second = h.Client("192.0.2.2:50000", "dora", "stored");
  EXPECT_EQ(Allocate(dora), -1);
  EXPECT_EQ(Allocate(second), -1);
  EXPECT_EQ(h.asked.size(), 1u);
  h.Answer(LookUp::kFound, "stored");
  EXPECT_EQ(h.replies.size(), 2u);
  EXPECT_EQ(h.relay().allocation_count(), 2u);
}

TEST_F(FindUserTest, UsersOfTheFileAndTimeLimitedOnesAreNotAskedFor) {
  h.config.shared_secrets = {"north"};
  ScriptedClient alice = h.Client("192.0.2.3:50000");
  EXPECT_EQ(Allocate(alice), 0);
  ScriptedClient expired = h.Client("192.0.2.4:50000", "1:x", "any");
  EXPECT_EQ(Allocate(expired), 401);
  EXPECT_TRUE(h.asked.empty());
}

TEST_F(FindUserTest, NobodyAndAWrongPasswordLookTheSame) {
  ScriptedClient nobody = h.Client("192.0.2.1:50000", "nobody", "stored");
  h.LogIn(nobody);
  dora.nonce = nobody.nonce;
  dora.password = "guess";
  const auto id = dora.NextId();
  h.Send(nobody, nobody.Request(stun::Method::kAllocate, RelayHarness::Udp(), id));
  h.Answer(LookUp::kAbsent);
  ASSERT_EQ(h.Code(), 401);
  const Packet first = *h.reply;
  h.Send(dora, dora.Request(stun::Method::kAllocate, RelayHarness::Udp(), id));
  h.Answer(LookUp::kFound, "stored");
  EXPECT_EQ(*h.reply, first) << "byte for byte";
  EXPECT_EQ(h.events.refused[0].cause, RefusalCause::kUnknownUser);
  EXPECT_EQ(h.events.refused[1].cause, RefusalCause::kWrongPassword);
}

TEST_F(FindUserTest, NobodyIsAskedForAgainAfterSeconds) {
  EXPECT_EQ(Allocate(dora), -1);
  h.Answer(LookUp::kAbsent);
  EXPECT_EQ(h.Code(), 401);
  h.Advance(2s);
  EXPECT_EQ(Allocate(dora), 401);
  EXPECT_EQ(h.asked.size(), 1u);
  h.Advance(1s);
  EXPECT_EQ(Allocate(dora), -1);
  h.Answer(LookUp::kFound, "stored");
  EXPECT_EQ(h.Code(), 0) << "somebody was added meanwhile";
}

TEST_F(FindUserTest, AStaleUserCountsWhileTheDatabaseIsAskedAgain) {
  Allocate(dora);
  h.Answer(LookUp::kFound, "stored");
  h.Advance(15s);
  ScriptedClient again = h.Client("192.0.2.9:50000", "dora", "stored");
  EXPECT_EQ(Allocate(again), 0);
  EXPECT_EQ(h.asked.size(), 2u);
  h.Answer(LookUp::kAbsent);
  ScriptedClient late = h.Client("192.0.2.10:50000", "dora", "stored");
  EXPECT_EQ(Allocate(late), 401) << "removed";
}

TEST_F(FindUserTest, ANewPasswordCountsAtOnceWhenTheOldOneIsStale) {
  Allocate(dora);
  h.Answer(LookUp::kFound, "stored");
  h.Advance(15s);
  ScriptedClient changed = h.Client("192.0.2.9:50000", "dora", "new");
  EXPECT_EQ(Allocate(changed), -1);
  h.Answer(LookUp::kFound, "new");
  EXPECT_EQ(h.Code(), 0);
}

TEST_F(FindUserTest, AnOldUserWaitsForTheDatabase) {
  Allocate(dora);
  h.Answer(LookUp::kFound, "stored");
  h.Advance(5min);
  ScriptedClient again = h.Client("192.0.2.9:50000", "dora", "stored");
  EXPECT_EQ(Allocate(again), -1);
  h.Answer(LookUp::kAbsent);
  EXPECT_EQ(h.Code(), 401);
}

TEST_F(FindUserTest, WithTheDatabaseDownKnownUsersGoOnAndOthersGet500) {
  Allocate(dora);
  h.Answer(LookUp::kFound, "stored");
  h.Advance(59min);
  ScriptedClient again = h.Client("192.0.2.9:50000", "dora", "stored");
  EXPECT_EQ(Allocate(again), -1);
  h.Answer(LookUp::kFailed);
  EXPECT_EQ(h.Code(), 0);
  ScriptedClient wrong = h.Client("192.0.2.10:50000", "dora", "guess");
  EXPECT_EQ(Allocate(wrong), -1);
  h.Answer(LookUp::kFailed);
  EXPECT_EQ(h.Code(), 401);
  ScriptedClient emil = h.Client("192.0.2.11:50000", "emil", "stored");
  EXPECT_EQ(Allocate(emil), -1);
  h.Answer(LookUp::kFailed);
  EXPECT_EQ(h.Code(), 500);
  EXPECT_EQ(h.events.refused.back().cause, RefusalCause::kNoUserDatabase);
  EXPECT_EQ(h.relay().counters().lookups_failed, 3u);
  h.Advance(2min);
  ScriptedClient late = h.Client("192.0.2.12:50000", "dora", "stored");
  EXPECT_EQ(Allocate(late), -1);
  h.Answer(LookUp::kFailed);
  EXPECT_EQ(h.Code(), 500) << "known too long ago";
}

TEST_F(FindUserTest, NobodyWaitsLongerThanTwoSecondsAndALateAnswerCountsAllTheSame) {
  EXPECT_EQ(Allocate(dora), -1);
  h.now = h.now + UserLookups::kPatience;
  EXPECT_LE(h.relay().NextDeadline(), h.now);
  h.actions.Clear();
  h.relay().OnTimeout(h.now, h.actions);
  ASSERT_EQ(h.actions.size(), 1u);
  ScriptedClient again = h.Client("192.0.2.9:50000", "dora", "stored");
  EXPECT_EQ(Allocate(again), 500) << "at once";
  EXPECT_EQ(h.asked.size(), 1u);
  h.Answer(LookUp::kFound, "stored");
  EXPECT_FALSE(h.reply);
  EXPECT_EQ(Allocate(again), 0);
}

TEST_F(FindUserTest, AnOldNonceAsksNothing) {
  h.LogIn(dora);
  h.Advance(601s);
  EXPECT_EQ(h.Ask(dora, stun::Method::kAllocate, RelayHarness::Udp()), 438);
  dora.nonce = "obMatJos2AAAA" + std::string(24, 'A');
  EXPECT_EQ(h.Ask(dora, stun::Method::kAllocate, RelayHarness::Udp()), 438);
  EXPECT_TRUE(h.asked.empty());
}

TEST_F(FindUserTest, AFloodOfNamesIsBoundedAndTakesNothingFromOtherNetworks) {
  h.config.amplification_bytes_per_second = 0;
  for (uint32_t i = 0; i < 2000; ++i) {
    ScriptedClient client = h.Client("192.0.2.1:" + std::to_string(1024 + i),
                                     "invented" + std::to_string(i), "x");
    EXPECT_EQ(Allocate(client), -1);
  }
  EXPECT_EQ(h.asked.size(), UserLookups::kPerSecond);
  EXPECT_EQ(h.relay().counters().lookups_dropped, 2000u - UserLookups::kPerSecond);
  ScriptedClient elsewhere = h.Client("198.51.100.1:5000", "dora", "stored");
  EXPECT_EQ(Allocate(elsewhere), -1);
  h.Answer(LookUp::kFound, "stored");
  EXPECT_EQ(h.Code(), 0);
}

TEST_F(FindUserTest, ARequestThatIsTooLongToParkIsDropped) {
  h.LogIn(dora);
  h.Send(dora, dora.Request(stun::Method::kAllocate, [](stun::MessageBuilder& b) {
    b.Add(turn::RequestedTransport{turn::kProtocolUdp});
    b.AddRaw(0xC001, std::vector<uint8_t>(2100));
  }));
  EXPECT_FALSE(h.reply);
  EXPECT_EQ(h.relay().counters().lookups_dropped, 1u);
  h.Answer(LookUp::kFound, "stored");
  EXPECT_FALSE(h.reply);
}

TEST_F(FindUserTest, AClientWhoseConnectionIsClosedGetsNoAllocation) {
  dora.five_tuple.transport = net::Transport::kTcp;
  EXPECT_EQ(Allocate(dora), -1);
  h.Disconnect(dora);
  h.Answer(LookUp::kFound, "stored");
  EXPECT_TRUE(h.replies.empty());
  EXPECT_EQ(h.relay().allocation_count(), 0u);
}

TEST_F(FindUserTest, AnotherRealmForgetsWhatWasAskedAndKnown) {
  Allocate(dora);
  const auto question = h.asked.back();
  h.config.realm = "example.com";
  h.Reload();
  h.Answer(question, LookUp::kFound, "stored");
  EXPECT_TRUE(h.replies.empty());
  dora.realm = "example.com";
  dora.nonce.clear();
  EXPECT_EQ(Allocate(dora), -1);
  EXPECT_EQ(h.asked.back().realm, "example.com");
}

TEST_F(FindUserTest, TheSameRealmKeepsWhatIsKnownWhenRulesChange) {
  Allocate(dora);
  h.config.max_lifetime = 1800s;
  h.Reload();
  h.Answer(LookUp::kFound, "stored");
  EXPECT_EQ(h.Code(), 0);
}

// The database has MD5 keys by name: what it cannot answer is not offered.
TEST_F(FindUserTest, NeitherSha256NorUserhashIsOffered) {
  h.LogIn(dora);
  EXPECT_FALSE(h.ReplyHas(stun::attribute_type::kPasswordAlgorithms));
  EXPECT_EQ(dora.nonce.substr(0, 13), "obMatJos2AAAA");
  ScriptedClient alice = h.Client("192.0.2.3:50000");
  alice.userhash = true;
  EXPECT_EQ(Allocate(alice), 401);
  EXPECT_TRUE(h.asked.empty());
}

TEST_F(FindUserTest, NamesGoToTheDatabaseAsTheyAre) {
  for (const std::string& name : {std::string("o'brien\"; --"), std::string("%s%n\n"),
                                  std::string(508, 'x'), std::string("a\0b", 3)}) {
    ScriptedClient client = h.Client("192.0.2.3:50000", name, "x");
    EXPECT_EQ(Allocate(client), -1);
    EXPECT_EQ(h.asked.back().name, name);
    h.Answer(LookUp::kAbsent);
    EXPECT_EQ(h.Code(), 401);
  }
}

// Answers in any order, late, twice or for a question that is none; clients that go; time that
// passes. The relay checks itself after each step (debug builds).
TEST_F(FindUserTest, AnyOrderOfAnswersLeavesNobodyWaiting) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  h.config.amplification_bytes_per_second = 0;
  std::vector<ScriptedClient> clients;
  for (int i = 0; i < 40; ++i) {
    clients.push_back(h.Client("192.0.2.1:" + std::to_string(2000 + i),
                               "user" + std::to_string(i % 10), "stored"));
    if (i % 2 == 0) clients.back().five_tuple.transport = net::Transport::kTcp;
    h.LogIn(clients.back());
  }
  for (int step = 0; step < 5000; ++step) {
    ScriptedClient& client = clients[random() % clients.size()];
    switch (random() % 6) {
      case 0:
        h.Disconnect(client);
        break;
      case 1:
        h.Advance(std::chrono::milliseconds(random() % 3000));
        break;
      case 2:
      case 3:
        if (!h.asked.empty()) {
          const auto question = h.asked[random() % h.asked.size()];
          h.Answer(question, static_cast<LookUp>(random() % 3), "stored");
        }
        break;
      default:
        const int code = Allocate(client);
        if (code == 438) client.nonce.clear();
        break;
    }
    ASSERT_LE(h.replies.size(), clients.size());
    ASSERT_TRUE(h.relay().IsConsistent());
  }
  for (const auto& question : std::vector(h.asked)) h.Answer(question, LookUp::kAbsent);
  h.Advance(4s);
  for (ScriptedClient& client : clients) {
    h.Disconnect(client);
    client.nonce.clear();
    const size_t before = h.asked.size();
    const int code = Allocate(client);
    if (code == -1 && h.asked.size() > before) {
      h.Answer(LookUp::kFound, "stored");
      EXPECT_EQ(h.Code(), 0);
    } else {
      EXPECT_TRUE(code == 0 || code == 437) << code;
    }
  }
}

}  // namespace
}  // namespace koeru::relay::testing
