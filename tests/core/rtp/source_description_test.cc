#include "core/rtp/source_description.h"

#include "tests/core/rtp/rtcp_support.h"

namespace koeru::rtp {
namespace {

TEST(SourceDescription, Rfc3550_6_5_ACnameIsReadAndWritten) {
  // The list of items ends with one to four zeros.
  for (const std::string_view cname : {"", "a", "ab", "abc", "abcd", "koeru@example.org"}) {
    const std::string hex = Encoded(SourceDescription{7, cname});
    EXPECT_EQ(hex.size() % 8, 0u);
    EXPECT_EQ(hex.substr(hex.size() - 2), "00");
    const auto description = Decoded<SourceDescription>(hex);
    ASSERT_TRUE(description.ok());
    EXPECT_EQ(description->ssrc, 7u);
    EXPECT_EQ(description->cname, cname);
    DecodeEveryTruncation<SourceDescription>(hex);
  }
  EXPECT_EQ(Encoded(SourceDescription{7, "ab"}), "81ca0003000000070102616200000000");
}

TEST(SourceDescription, OtherItemsArePassedOver) {
  const auto description = Decoded<SourceDescription>("81ca0003 00000007 02017801 01790000");
  ASSERT_TRUE(description.ok());
  EXPECT_EQ(description->cname, "y");
}

TEST(SourceDescription, AnItemThatIsCutShortIsAnError) {
  EXPECT_FALSE(Decoded<SourceDescription>("81ca0002 00000007 01ff6162").ok());
}

TEST(Bye, Rfc3550_6_6_NamesItsSources) {
  const auto bye = Decoded<Bye>("82cb0002 00000007 00000008");
  ASSERT_TRUE(bye.ok());
  EXPECT_EQ(bye->ssrcs, (std::vector<uint32_t>{7, 8}));
  EXPECT_EQ(Encoded(*bye), "82cb00020000000700000008");
  EXPECT_FALSE(Decoded<Bye>("82cb0001 00000007").ok());
  EXPECT_TRUE(Decoded<Bye>("81cb0003 00000007 04676f6e 65000000").ok()) << "with a reason";
}

}  // namespace
}  // namespace koeru::rtp
