#include "core/sdp/answer/offered_section.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

constexpr std::string_view kSession =
    "v=0\r\na=group:LS x\r\na=group:BUNDLE 0 1\r\na=ice-ufrag:sess\r\na=ice-pwd:sessionpassword\r\n"
    "a=fingerprint:sha-256 AA:BB\r\na=setup:passive\r\na=recvonly\r\n";

TEST(OfferedSection, TheSessionsLinesCountWhereTheSectionIsSilent) {
  const std::string text = std::string(kSession) +
                           "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
                           "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=ice-ufrag:mine\r\n"
                           "a=sendonly\r\na=setup:active\r\na=fingerprint:sha-512 CC:DD\r\n"
                           "a=fingerprint:sha-256 EE:FF\r\n";
  const Document offer = Document::Parse(text);
  const OfferedSection first = ReadOffered(offer, 1);
  EXPECT_EQ(first.media, "audio");
  EXPECT_EQ(first.mid, "0");
  EXPECT_EQ(first.ufrag, "sess");
  EXPECT_EQ(first.fingerprint, "AA:BB");
  EXPECT_EQ(first.direction, "recvonly");
  EXPECT_EQ(first.setup, Setup::Role::kPassive);
  EXPECT_FALSE(first.rtcp_mux);
  const OfferedSection second = ReadOffered(offer, 2);
  EXPECT_EQ(second.ufrag, "mine");
  EXPECT_EQ(second.password, "sessionpassword");
  EXPECT_EQ(second.fingerprint_hash, "sha-512") << "the strongest";
  EXPECT_EQ(second.fingerprint, "CC:DD");
  EXPECT_EQ(second.direction, "sendonly");
  EXPECT_EQ(second.setup, Setup::Role::kActive);
  EXPECT_EQ(BundleOf(offer), (std::vector<std::string_view>{"0", "1"}));
}

TEST(OfferedSection, PortZeroIsARefusalUnlessBundleOnly) {
  const Document offer = Document::Parse(
      "v=0\r\nm=audio 0 UDP/TLS/RTP/SAVPF 0\r\nm=audio 0 UDP/TLS/RTP/SAVPF 0\r\na=bundle-only\r\n");
  EXPECT_TRUE(ReadOffered(offer, 1).is_refused);
  EXPECT_FALSE(ReadOffered(offer, 2).is_refused);
}

TEST(OfferedSection, AnMLineThatCannotBeReadIsSaidSo) {
  const Document offer = Document::Parse("v=0\r\nm=audio\r\n");
  EXPECT_EQ(ReadOffered(offer, 1).media, "");
  EXPECT_TRUE(BundleOf(offer).empty());
  EXPECT_TRUE(BundleOf(Document::Parse("")).empty());
}

TEST(OfferedSection, Rfc8841_6_1_DataChannelsHaveTheirLimits) {
  const Document offer = Document::Parse(
      "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=sctp-port:5001\r\n"
      "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n");
  const OfferedSection section = ReadOffered(offer, 1);
  EXPECT_EQ(section.sctp_port, 5001);
  EXPECT_EQ(section.max_message_size, 65536u);
  EXPECT_EQ(section.candidates, (std::vector<std::string_view>{"1 1 udp 1 192.0.2.1 9 typ host"}));
  EXPECT_FALSE(section.codecs.has_value());
}

}  // namespace
}  // namespace koeru::sdp
