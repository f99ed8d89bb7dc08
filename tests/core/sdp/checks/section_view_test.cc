#include "core/sdp/checks/section_view.h"

#include <gtest/gtest.h>

#include "core/sdp/attributes/flags.h"
#include "core/sdp/attributes/mid.h"
#include "core/sdp/attributes/rtpmap.h"

namespace koeru::sdp {
namespace {

constexpr std::string_view kText =
    "v=0\r\n"
    "m=audio 0 UDP/TLS/RTP/SAVPF 1 2\r\n"
    "a=rtpmap:1 A/8000\r\n"
    "a=rtpmap:word\r\n"
    "a=x\r\n"
    "a=rtpmap:2 B/8000\r\n"
    "m=application\r\n"
    "a=mid:7\r\n";

TEST(SectionView, GivesTheLinesThatAreUnderstood) {
  const Document document = Document::Parse(kText);
  SectionView section(document);
  section.Load(1);
  std::string found;
  section.ForEach<Rtpmap>([&](size_t line, const Rtpmap& map) {
    found += std::to_string(line) + std::string(map.encoding_name) + " ";
  });
  EXPECT_EQ(found, "2A 5B ");
  EXPECT_EQ(section.First("rtpmap"), 2u);
  EXPECT_FALSE(section.Has<Mid>());
  EXPECT_EQ(section.row(3), nullptr);
  EXPECT_EQ(section.row(0)->name, "m=");
}

TEST(SectionView, KnowsTheMediaLineAsFarAsItIsUnderstood) {
  const Document document = Document::Parse(kText);
  SectionView section(document);
  section.Load(0);
  EXPECT_TRUE(section.is_session());
  EXPECT_FALSE(section.has_media());
  section.Load(1);
  EXPECT_TRUE(section.is_rtp());
  EXPECT_TRUE(section.is_rejected());
  EXPECT_EQ(section.media().formats.size(), 2u);
  section.Load(2);
  EXPECT_FALSE(section.has_media());
  EXPECT_FALSE(section.is_rejected());
  EXPECT_EQ(section.Find<Mid>()->tag, "7");
}

TEST(SectionView, BundleOnlyIsNotRejected) {
  const Document document = Document::Parse("m=video 0 UDP/TLS/RTP/SAVPF 96\r\na=bundle-only\r\n");
  SectionView section(document);
  section.Load(1);
  EXPECT_FALSE(section.is_rejected());
}

TEST(SectionView, ProtocolsSayWhatIsInside) {
  EXPECT_TRUE(IsDtls("UDP/TLS/RTP/SAVPF") && IsRtp("UDP/TLS/RTP/SAVPF"));
  EXPECT_TRUE(IsDtls("UDP/DTLS/SCTP") && IsSctp("UDP/DTLS/SCTP"));
  EXPECT_FALSE(IsDtls("RTP/AVP") || IsSctp("RTP/AVP"));
}

}  // namespace
}  // namespace koeru::sdp
