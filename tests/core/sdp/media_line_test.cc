#include "core/sdp/media_line.h"

#include <gmock/gmock.h>

namespace koeru::sdp {
namespace {

TEST(SdpMediaLine, HasThreeWordsAndFormats) {
  const auto line = MediaLine::Parse("m=video 9/2  UDP/TLS/RTP/SAVPF 96 97 ");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->media, "video");
  EXPECT_EQ(line->port, "9/2");
  EXPECT_EQ(line->head, "m=video 9/2  UDP/TLS/RTP/SAVPF");
  EXPECT_THAT(line->formats, ::testing::ElementsAre("96", "97"));
  EXPECT_TRUE(line->is_rtp());
  EXPECT_FALSE(line->has_port_zero());
}

TEST(SdpMediaLine, IsNoneWithoutAProtocolOrWithTooManyFormats) {
  for (const std::string_view text : {"", "m=", "m=video", "m=video 9 ", "a=video 9 RTP/AVP 0"}) {
    EXPECT_FALSE(MediaLine::Parse(text)) << text;
  }
  std::string many = "m=audio 9 RTP/AVP";
  for (size_t i = 0; i < MediaLine::kMaxFormats; ++i) many += " 0";
  EXPECT_TRUE(MediaLine::Parse(many));
  EXPECT_FALSE(MediaLine::Parse(many + " 0"));
}

TEST(SdpMediaLine, WritesFormatsInAnyOrderWithTheSpacingInItsPlace) {
  const auto line = MediaLine::Parse("m=video 9 RTP/AVP  96 97   98 ");
  EXPECT_EQ(line->WithFormats(std::vector<size_t>{2, 0, 1}), "m=video 9 RTP/AVP  98 96   97 ");
  EXPECT_EQ(line->WithFormats(std::vector<size_t>{1}), "m=video 9 RTP/AVP  97 ");
  EXPECT_EQ(line->WithFormats(std::vector<size_t>{0, 1, 2}), line->text);
}

TEST(SdpMediaLine, TellsRtpFromOtherProtocols) {
  EXPECT_TRUE(MediaLine::Parse("m=audio 0 RTP/AVP")->is_rtp());
  EXPECT_TRUE(MediaLine::Parse("m=audio 0 RTP/AVP")->has_port_zero());
  EXPECT_FALSE(MediaLine::Parse("m=application 9 UDP/DTLS/SCTP x")->is_rtp());
  EXPECT_FALSE(MediaLine::Parse("m=application 9 TCP/BFCP *")->is_rtp());
}

TEST(SdpMediaLine, TextIsTrimmed) {
  EXPECT_EQ(Trimmed(" \tx y\t "), "x y");
  EXPECT_EQ(Trimmed("  "), "");
}

}  // namespace
}  // namespace koeru::sdp
