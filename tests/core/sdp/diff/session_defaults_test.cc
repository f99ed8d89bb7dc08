#include "core/sdp/diff/session_defaults.h"

#include <gmock/gmock.h>

namespace koeru::sdp {
namespace {

TEST(SdpSessionDefaults, AreTheLinesThatSectionsInherit) {
  const Document document = Document::Parse(
      "v=0\nc=IN IP4 192.0.2.1\na=fingerprint:x\na=sendonly\na=recvonly\na=ice-pwd:p\n"
      "m=audio 9 RTP/AVP 0\na=ice-ufrag:u\na=setup:active\na=inactive\n");
  const SessionDefaults defaults(document);
  EXPECT_EQ(defaults.direction, 3u);
  EXPECT_EQ(defaults.ice_ufrag, std::nullopt);
  EXPECT_EQ(defaults.ice_pwd, 5u);
  EXPECT_THAT(defaults.lines, ::testing::ElementsAre(1u, 2u));
  EXPECT_EQ(FindDirection(document, 1), 9u);
  EXPECT_EQ(InheritedName(document.lines()[8]), "setup");
  EXPECT_EQ(InheritedName(document.lines()[0]), "");
}

TEST(SdpSessionDefaults, AreBounded) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a=fingerprint:x\n";
  EXPECT_EQ(SessionDefaults(Document::Parse(text)).lines.size(), SessionDefaults::kMaxLines);
}

}  // namespace
}  // namespace koeru::sdp
