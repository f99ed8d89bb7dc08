#include "core/sdp/edit/rid_restrictions.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

std::string Check(std::string_view restrictions) {
  const Document document = Document::Parse("m=video 9 RTP/AVP 96 97\n");
  const std::vector<std::string_view> ids = {"q", "h"};
  const EditResult error = CheckRidRestrictions(restrictions, *CodecList::Of(document, 1), ids);
  return error ? error->reason : "";
}

TEST(SdpRidRestrictions, TakesWhatRfc8851Section5Has) {
  for (const std::string_view good :
       {"", "pt=96", "pt=96,97;max-width=1280;max-height=720;max-fps=30",
        "max-br=1000000;max-fs=8040", "max-pps=1", "max-bpp=0.25", "max-width", "depend=q,h",
        "vendor-thing=a b", "vendor"}) {
    EXPECT_EQ(Check(good), "") << good;
  }
}

TEST(SdpRidRestrictions, SaysWhatIsWrong) {
  EXPECT_EQ(Check("pt=95"), "\"95\": is no payload type of the m= line");
  EXPECT_EQ(Check("max-fps=30;pt=96"), "\"pt=96\": stands in front of all other restrictions");
  EXPECT_EQ(Check("max-width=0"), "\"max-width=0\": write a whole number from 1 on");
  EXPECT_EQ(Check("max-width=wide"), "\"max-width=wide\": write a whole number from 1 on");
  EXPECT_EQ(Check("max-bpp=1"), "\"max-bpp=1\": write a number such as 0.5");
  EXPECT_EQ(Check("depend=f"), "\"f\": is none of the streams: depend= names others of them");
  for (const std::string_view bad :
       {";", "max-fps=30;", " max-fps=30", "=1", "x=\r\na=y", "m x=1"}) {
    EXPECT_NE(Check(bad).find("is no restriction"), std::string::npos) << bad;
  }
}

}  // namespace
}  // namespace koeru::sdp
