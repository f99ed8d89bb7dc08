#include "core/media/actions.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::media {
namespace {

TEST(Actions, KeepTheirPacketsInOrder) {
  Actions actions;
  actions.AddRtp(*FromHex("80010203"));
  actions.AddRtcp(*FromHex("80c9"));
  actions.AddRtp({});
  ASSERT_EQ(actions.size(), 3u);
  EXPECT_EQ(ToHex(actions.BytesOf(std::get<SendRtp>(actions[0]))), "80010203");
  EXPECT_EQ(ToHex(actions.BytesOf(std::get<SendRtcp>(actions[1]))), "80c9");
  EXPECT_TRUE(actions.BytesOf(std::get<SendRtp>(actions[2])).empty());
}

}  // namespace
}  // namespace koeru::media
