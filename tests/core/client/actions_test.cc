#include "core/client/actions.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::client {
namespace {

TEST(ClientActions, KeepsOrderAndBytesOfSeveralDatagrams) {
  Actions actions;
  actions.Send(AsBytes("first"));
  actions.Add(Refreshed{600});
  actions.Send(AsBytes("second one"));
  ASSERT_EQ(actions.size(), 3u);
  EXPECT_EQ(AsText(actions.BytesOf(std::get<SendToServer>(actions[0]))), "first");
  EXPECT_EQ(std::get<Refreshed>(actions[1]).lifetime_s, 600u);
  EXPECT_EQ(AsText(actions.BytesOf(std::get<SendToServer>(actions[2]))), "second one");
}

TEST(ClientActions, ClearForgetsEverything) {
  Actions actions;
  actions.Send(AsBytes("old"));
  actions.Clear();
  EXPECT_TRUE(actions.empty());
  actions.Send(AsBytes("new"));
  EXPECT_EQ(AsText(actions.BytesOf(std::get<SendToServer>(actions[0]))), "new");
}

}  // namespace
}  // namespace koeru::client
