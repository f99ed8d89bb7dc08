#include "core/sdp/checks/bundles.h"

#include <gtest/gtest.h>

#include "core/sdp/checks/section_view.h"

namespace koeru::sdp {
namespace {

TEST(Bundles, KnowTheirMembersAndTheFirstOfEach) {
  const Document document = Document::Parse(
      "a=group:LS a b\r\na=group:BUNDLE a b\r\na=group:BUNDLE\r\na=group:BUNDLE c a\r\n");
  SectionView session(document);
  session.Load(0);
  Bundles bundles;
  bundles.Read(session);
  EXPECT_EQ(bundles.size(), 3u);
  EXPECT_TRUE(bundles.Find("a")->is_tag);
  EXPECT_FALSE(bundles.Find("b")->is_tag);
  EXPECT_EQ(bundles.Find("a")->group, 0u);
  EXPECT_EQ(bundles.Find("c")->group, 2u);
  EXPECT_FALSE(bundles.Find("d").has_value());
}

TEST(Bundles, RememberWhatWasSaidFirst) {
  Bundles bundles;
  using enum Bundles::Topic;
  EXPECT_EQ(bundles.Agree(0, kCodec, 96, "VP8"), "VP8");
  EXPECT_EQ(bundles.Agree(0, kCodec, 96, "VP9"), "VP8");
  EXPECT_EQ(bundles.Agree(1, kCodec, 96, "VP9"), "VP9");
  EXPECT_EQ(bundles.Agree(0, kExtension, 96, "urn:x"), "urn:x");
}

}  // namespace
}  // namespace koeru::sdp
