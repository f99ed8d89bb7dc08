#include "core/sdp/diff/section_match.h"

#include <gmock/gmock.h>

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;

std::vector<SectionMatch> Match(std::string_view before, std::string_view after) {
  return MatchSections(Document::Parse(before), Document::Parse(after));
}

constexpr std::nullopt_t kNone = std::nullopt;

TEST(SdpSectionMatch, GoesByMid) {
  EXPECT_THAT(Match("m=audio 9 x\na=mid:a\nm=audio 9 x\na=mid:b\n",
                    "m=audio 9 x\na=mid: b \nm=video 9 x\na=mid:c\n"),
              ElementsAre(SectionMatch{2, 1}, SectionMatch{kNone, 2}, SectionMatch{1, kNone}));
}

TEST(SdpSectionMatch, GoesByIndexAndMediumWhereOneHasNoMid) {
  EXPECT_THAT(Match("m=audio 9 x\nm=video 9 x\n", "m=audio 9 x\na=mid:0\nm=audio 9 x\n"),
              ElementsAre(SectionMatch{1, 1}, SectionMatch{kNone, 2}, SectionMatch{2, kNone}));
  // RFC 8829 section 5.2.2: another mid in the place of a rejected section is another section.
  EXPECT_THAT(Match("m=audio 0 x\na=mid:0\n", "m=audio 9 x\na=mid:1\n"),
              ElementsAre(SectionMatch{kNone, 1}, SectionMatch{1, kNone}));
}

TEST(SdpSectionMatch, MidsThatStandTwiceHaveOnePartnerEach) {
  const std::string_view twice = "m=a 9 x\na=mid:0\nm=b 9 x\na=mid:0\n";
  EXPECT_THAT(Match(twice, twice), ElementsAre(SectionMatch{1, 1}, SectionMatch{2, 2}));
  EXPECT_THAT(Match("m=a 9 x\na=mid:0\nm=a 9 x\na=mid:0\n", "m=a 9 x\na=mid:0\n"),
              ElementsAre(SectionMatch{1, 1}, SectionMatch{2, kNone}));
}

TEST(SdpSectionMatch, ASectionMayHaveNoMid) {
  const Document document = Document::Parse("m=a 9 x\na=mid\nm=a 9 x\nm=a 9 x\na=mid: 7\n");
  EXPECT_EQ(MidOf(document, 1), std::nullopt);
  EXPECT_EQ(MidOf(document, 2), std::nullopt);
  EXPECT_EQ(MidOf(document, 3), "7");
}

}  // namespace
}  // namespace koeru::sdp
