#include "core/sdp/edit/fmtp_text.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

std::string With(std::string_view line, std::string_view name, std::string_view value) {
  FmtpText text(line);
  text.Set(name, value);
  return text.line();
}
std::string Without(std::string_view line, std::string_view name) {
  FmtpText text(line);
  text.Remove(name);
  return text.line();
}

TEST(SdpFmtpText, AValueIsReplacedInItsPlace) {
  EXPECT_EQ(With("a=fmtp:1 a=1; b = 2 ;c", "B", "3"), "a=fmtp:1 a=1; b =3;c");
  EXPECT_EQ(With("a=fmtp:1 a=1;c;d=2", "c", "x"), "a=fmtp:1 a=1;c=x;d=2");
  EXPECT_EQ(With("a=fmtp:1 a=1;d=2", "a", ""), "a=fmtp:1 a;d=2");
  EXPECT_EQ(With("a=fmtp:1 a=x=y;b=\"1;2\";c=3", "b", "4"), "a=fmtp:1 a=x=y;b=4;c=3");
  EXPECT_EQ(With("a=fmtp:1 a=1;a=2", "a", "3"), "a=fmtp:1 a=3;a=3");
}

TEST(SdpFmtpText, ANewParameterIsPartedAsTheOthersAre) {
  EXPECT_EQ(With("a=fmtp:1 a=1", "b", "2"), "a=fmtp:1 a=1;b=2");
  EXPECT_EQ(With("a=fmtp:1 a=1; c=3", "b", "2"), "a=fmtp:1 a=1; c=3; b=2");
  EXPECT_EQ(With("a=fmtp:1 a=1;", "b", "2"), "a=fmtp:1 a=1;b=2");
  EXPECT_EQ(With("a=fmtp:1 a=1; ", "b", "2"), "a=fmtp:1 a=1; b=2");
  EXPECT_EQ(With("a=fmtp:1 ", "b", "2"), "a=fmtp:1 b=2");
  EXPECT_EQ(With("a=fmtp:1", "b", ""), "a=fmtp:1 b");
}

TEST(SdpFmtpText, ARemovedParameterTakesItsSemicolonAlong) {
  EXPECT_EQ(Without("a=fmtp:1 a=1; b=2; c=3", "a"), "a=fmtp:1 b=2; c=3");
  EXPECT_EQ(Without("a=fmtp:1 a=1; b=2; c=3", "b"), "a=fmtp:1 a=1; c=3");
  EXPECT_EQ(Without("a=fmtp:1 a=1; b=2; c=3", "C"), "a=fmtp:1 a=1; b=2");
  EXPECT_EQ(Without("a=fmtp:1 a=1;a=2;b=3;a=4", "a"), "a=fmtp:1 b=3");
  EXPECT_EQ(Without("a=fmtp:1 a=1;b=2;", "b"), "a=fmtp:1 a=1;");
  EXPECT_EQ(Without("a=fmtp:1 a=1", "x"), "a=fmtp:1 a=1");
  EXPECT_EQ(Without("a=fmtp:1 a=1", "a"), "a=fmtp:1 ");
}

TEST(SdpFmtpText, TellsAListFromParametersAndWhatIsEmpty) {
  EXPECT_TRUE(FmtpText("a=fmtp:1 a=1;b").HasParameters());
  EXPECT_FALSE(FmtpText("a=fmtp:101 0-15").HasParameters());
  EXPECT_FALSE(FmtpText("a=fmtp:63 111/111").HasParameters());
  EXPECT_TRUE(FmtpText("a=fmtp:1 ;").IsEmpty());
  EXPECT_TRUE(FmtpText("a=fmtp:1").IsEmpty());
  EXPECT_FALSE(FmtpText("a=fmtp:1 a").IsEmpty());
  EXPECT_TRUE(FmtpText("a=fmtp:1 Stereo=1").Has("stereo"));
  EXPECT_FALSE(FmtpText("a=fmtp:1 sprop-stereo=1").Has("stereo"));
}

}  // namespace
}  // namespace koeru::sdp
