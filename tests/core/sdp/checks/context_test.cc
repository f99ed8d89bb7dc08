#include "core/sdp/checks/context.h"

#include <gtest/gtest.h>

namespace koeru::sdp {
namespace {

TEST(LintContext, DtlsIsUsedByProtocolOrByFingerprint) {
  const auto uses_dtls = [](std::string_view text) {
    const Document document = Document::Parse(text);
    Context context(document, Mode::kLenient, DescriptionType::kUnknown);
    context.session.Load(0);
    SectionView section(document);
    section.Load(1);
    return context.UsesDtls(section);
  };
  EXPECT_TRUE(uses_dtls("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n"));
  EXPECT_FALSE(uses_dtls("m=audio 9 RTP/AVP 0\r\n"));
  EXPECT_TRUE(uses_dtls("a=fingerprint:sha-256 00\r\nm=audio 9 RTP/AVP 0\r\n"));
  EXPECT_TRUE(uses_dtls("m=audio 9 RTP/AVP 0\r\na=fingerprint:sha-256 00\r\n"));
}

}  // namespace
}  // namespace koeru::sdp
