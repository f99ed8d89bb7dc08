#include "core/sdp/document.h"

#include <gtest/gtest.h>

#include <random>

namespace koeru::sdp {
namespace {

// RFC 8866 section 5, the example.
constexpr std::string_view kRfc8866_5 =
    "v=0\r\n"
    "o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1\r\n"
    "s=Call to John Smith\r\n"
    "i=SDP Offer #1\r\n"
    "u=http://www.jdoe.example.com/home.html\r\n"
    "e=Jane Doe <jane@jdoe.example.com>\r\n"
    "p=+1 617 555-6011\r\n"
    "c=IN IP4 198.51.100.1\r\n"
    "t=0 0\r\n"
    "m=audio 49170 RTP/AVP 0\r\n"
    "m=audio 49180 RTP/AVP 0\r\n"
    "m=video 51372 RTP/AVP 99\r\n"
    "c=IN IP6 2001:db8::2\r\n"
    "a=rtpmap:99 h263-1998/90000\r\n";

TEST(SdpDocument, Rfc8866_5_ExampleHasASessionAndThreeMediaSections) {
  const Document document = Document::Parse(kRfc8866_5);
  ASSERT_EQ(document.sections().size(), 4u);
  EXPECT_EQ(document.sections()[0], (Section{0, 9}));
  EXPECT_EQ(document.sections()[3], (Section{11, 14}));
  EXPECT_EQ(document.LinesOf(document.sections()[2])[0].value(), "audio 49180 RTP/AVP 0");
  EXPECT_EQ(document.FindAttribute(3, "rtpmap"), 13u);
  EXPECT_EQ(document.FindAttribute(0, "rtpmap"), std::nullopt);
  EXPECT_EQ(document.FindAttribute(9, "rtpmap"), std::nullopt);
  EXPECT_EQ(document.ToString(), kRfc8866_5);
}

TEST(SdpDocument, KeepsEveryByteOfWhatIsNoSdpAtAll) {
  using namespace std::string_view_literals;
  for (const std::string_view text :
       {""sv, "\n"sv, "\r\n"sv, "\r"sv, "\n\n\r\n"sv, "v=0"sv, "m=\n\rm=\r\r\n x\0y"sv,
        "v = 0 \r\na= \t\n\xFF\xFE"sv, "a=b\r"sv}) {
    EXPECT_EQ(Document::Parse(text).ToString(), text);
  }
}

TEST(SdpDocument, KeepsEveryTruncationOfTheExample) {
  for (size_t size = 0; size <= kRfc8866_5.size(); ++size) {
    EXPECT_EQ(Document::Parse(kRfc8866_5.substr(0, size)).ToString(), kRfc8866_5.substr(0, size));
  }
}

TEST(SdpDocument, KeepsRandomTexts) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  constexpr std::string_view kLetters = "vma=:\r\n 0\t\xC3";
  for (int round = 0; round < 2000; ++round) {
    std::string text(random() % 64, '\0');
    for (char& c : text) c = kLetters[random() % kLetters.size()];
    ASSERT_EQ(Document::Parse(text).ToString(), text);
  }
}

TEST(SdpDocument, AReplacedLineKeepsItsEndingAndItsNeighbours) {
  Document document = Document::Parse("v=0\na=sendrecv\r\ns=-");
  ASSERT_TRUE(document.Replace(1, "a=recvonly"));
  ASSERT_TRUE(document.Replace(2, "s=x"));
  EXPECT_EQ(document.ToString(), "v=0\na=recvonly\r\ns=x");
}

TEST(SdpDocument, ACarriageReturnAtTheEndOfTheTextIsHalfAnEnding) {
  Document document = Document::Parse("v=0\ns=-\r");
  EXPECT_EQ(document.lines()[1].text(), "s=-");
  EXPECT_EQ(document.lines()[1].ending(), LineEnding::kCr);
  ASSERT_TRUE(document.Replace(1, "s=x"));
  EXPECT_EQ(document.ToString(), "v=0\ns=x\r");
  ASSERT_TRUE(document.Insert(2, "a=x"));
  EXPECT_EQ(document.ToString(), "v=0\ns=x\r\na=x");
  EXPECT_EQ(document.lines()[1].text(), "s=x");
}

TEST(SdpDocument, AnInsertedLineEndsAsItsNeighbours) {
  Document document = Document::Parse("v=0\ns=-\n");
  ASSERT_TRUE(document.Insert(0, "a=first"));
  ASSERT_TRUE(document.Insert(3, "a=last"));
  EXPECT_EQ(document.ToString(), "a=first\nv=0\ns=-\na=last\n");
  Document empty = Document::Parse("");
  ASSERT_TRUE(empty.Insert(0, "v=0"));
  EXPECT_EQ(empty.ToString(), "v=0\r\n");
}

TEST(SdpDocument, WhereTheLastLineHasNoEndingTheNewLastOneHasNone) {
  Document document = Document::Parse("v=0\ns=-");
  ASSERT_TRUE(document.Insert(2, "a=x"));
  EXPECT_EQ(document.ToString(), "v=0\ns=-\na=x");
}

TEST(SdpDocument, EditsMoveTheSections) {
  Document document = Document::Parse("v=0\nm=audio\na=mid:0\nm=video\na=mid:1\n");
  ASSERT_TRUE(document.Erase(1));
  EXPECT_EQ(document.sections().size(), 2u);
  ASSERT_TRUE(document.Insert(1, "m=audio"));
  EXPECT_EQ(document.sections()[2], (Section{3, 5}));
  ASSERT_TRUE(document.Replace(3, "x"));
  EXPECT_EQ(document.sections().size(), 2u);
}

TEST(SdpDocument, RefusesEditsThatAreNotOneLineOrNowhere) {
  Document document = Document::Parse("v=0\n");
  EXPECT_FALSE(document.Replace(0, "s=x\r\na=y"));
  EXPECT_FALSE(document.Insert(0, "s=x\r"));
  EXPECT_FALSE(document.Replace(1, "s=x"));
  EXPECT_FALSE(document.Insert(2, "s=x"));
  EXPECT_FALSE(document.Erase(1));
  EXPECT_EQ(document.ToString(), "v=0\n");
}

TEST(SdpDocument, EditsSurviveAMoveOfTheDocument) {
  Document document = Document::Parse("v=0\n");
  ASSERT_TRUE(document.Replace(0, "v=1"));
  const Document moved = std::move(document);
  EXPECT_EQ(moved.ToString(), "v=1\n");
}

TEST(SdpDocument, TakesTenMegabytesOfEmptyLines) {
  const std::string text(10u << 20, '\n');
  const Document document = Document::Parse(text);
  EXPECT_EQ(document.lines().size(), text.size());
  EXPECT_TRUE(document.ToString() == text);
}

}  // namespace
}  // namespace koeru::sdp
