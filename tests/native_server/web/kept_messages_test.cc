#include "native_server/web/kept_messages.h"

#include <gmock/gmock.h>

namespace koeru::server::web {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

KeptMessages::Text Text(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

std::vector<std::string> After(const KeptMessages& kept, uint64_t received) {
  EXPECT_TRUE(kept.Covers(received));
  std::vector<std::string> texts;
  for (const auto& text : kept.After(received)) texts.push_back(*text);
  return texts;
}

TEST(KeptMessages, GivesWhatCameBehindANumber) {
  KeptMessages kept(10, 1000);
  for (const char* text : {"a", "b", "c"}) kept.Add(Text(text));
  EXPECT_THAT(After(kept, 0), ElementsAre("a", "b", "c"));
  EXPECT_THAT(After(kept, 2), ElementsAre("c"));
  EXPECT_THAT(After(kept, 3), IsEmpty());
  EXPECT_FALSE(kept.Covers(4)) << "so many were never sent";
}

TEST(KeptMessages, ForgetsWhatIsAcknowledged) {
  KeptMessages kept(10, 1000);
  for (const char* text : {"a", "bb", "ccc"}) kept.Add(Text(text));
  EXPECT_TRUE(kept.Acknowledge(2));
  EXPECT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept.bytes(), 3u);
  EXPECT_THAT(After(kept, 2), ElementsAre("ccc"));
  EXPECT_FALSE(kept.Covers(1));
  EXPECT_FALSE(kept.overflowed());
}

TEST(KeptMessages, AnOlderAcknowledgementChangesNothingAndOneTooLargeIsRefused) {
  KeptMessages kept(10, 1000);
  for (const char* text : {"a", "b"}) kept.Add(Text(text));
  EXPECT_TRUE(kept.Acknowledge(2));
  EXPECT_TRUE(kept.Acknowledge(1));
  EXPECT_FALSE(kept.Acknowledge(3));
  EXPECT_EQ(kept.sent(), 2u);
}

TEST(KeptMessages, OldestGoesWhenThereAreTooMany) {
  KeptMessages kept(2, 1000);
  for (const char* text : {"a", "b", "c"}) kept.Add(Text(text));
  EXPECT_FALSE(kept.Covers(0));
  EXPECT_TRUE(kept.overflowed());
  EXPECT_THAT(After(kept, 1), ElementsAre("b", "c"));
}

TEST(KeptMessages, OldestGoesWhenThereAreTooManyBytes) {
  KeptMessages kept(100, 10);
  kept.Add(Text(std::string(6, 'x')));
  kept.Add(Text(std::string(6, 'y')));
  EXPECT_EQ(kept.bytes(), 6u);
  kept.Add(Text(std::string(11, 'z')));
  EXPECT_EQ(kept.bytes(), 0u);
  EXPECT_FALSE(kept.Covers(2));
  EXPECT_TRUE(kept.Covers(3));
}

}  // namespace
}  // namespace koeru::server::web
