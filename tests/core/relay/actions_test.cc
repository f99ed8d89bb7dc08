#include "core/relay/actions.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::relay {
namespace {

net::FiveTuple From(uint16_t port) {
  return {net::ClientAddress{{net::Address::V4(192, 0, 2, 1), port}},
          net::ServerAddress{{net::Address::V4(198, 51, 100, 1), 3478}}, net::Transport::kUdp};
}

TEST(RelayActions, KeepOrderAndBytesOfSeveralMessages) {
  Actions actions;
  actions.Send(From(1), AsBytes("first"));
  actions.Open({7, 2}, {net::Address::V4(198, 51, 100, 1), 50000});
  actions.Send(From(2), AsBytes("second one"));
  actions.Close({7, 2});
  ASSERT_EQ(actions.size(), 4u);

  const auto& first = std::get<SendToClient>(actions[0]);
  EXPECT_EQ(AsText(actions.BytesOf(first)), "first");
  EXPECT_EQ(first.five_tuple, From(1));
  const auto& open = std::get<OpenRelaySocket>(actions[1]);
  EXPECT_EQ(open.allocation, (AllocationHandle{7, 2}));
  EXPECT_EQ(open.local.port, 50000);
  EXPECT_EQ(AsText(actions.BytesOf(std::get<SendToClient>(actions[2]))), "second one");
  EXPECT_EQ(std::get<CloseRelaySocket>(actions[3]).allocation, (AllocationHandle{7, 2}));
}

TEST(RelayActions, KeepRealmAndNameOfAUserToLookUp) {
  Actions actions;
  actions.Send(From(1), AsBytes("first"));
  actions.LookUp(9, "realm", "na%sme");
  actions.LookUp(10, "", "");
  const auto& user = std::get<LookUpUser>(actions[1]);
  EXPECT_EQ(user.id, 9u);
  EXPECT_EQ(actions.RealmOf(user), "realm");
  EXPECT_EQ(actions.NameOf(user), "na%sme");
  EXPECT_EQ(actions.NameOf(std::get<LookUpUser>(actions[2])), "");
}

TEST(RelayActions, ClearForgetsEverything) {
  Actions actions;
  actions.Send(From(1), AsBytes("old"));
  actions.Clear();
  EXPECT_TRUE(actions.empty());
  actions.Send(From(1), AsBytes("new"));
  EXPECT_EQ(AsText(actions.BytesOf(std::get<SendToClient>(actions[0]))), "new");
}

}  // namespace
}  // namespace koeru::relay
