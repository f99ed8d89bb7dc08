#include <gtest/gtest.h>

#include <algorithm>

#include "tests/wasm/abi_call.h"

namespace koeru::wasm {
namespace {

constexpr std::string_view kSession = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

Output Lint(std::string_view mode, std::string_view type, std::string_view text) {
  return Call(koeru_sdp_lint, JoinFields({mode, type, text}));
}

TEST(SdpLintCall, AGoodDescriptionHasNoFindings) {
  const Output output = Lint("strict", "", kSession);
  EXPECT_TRUE(output.ok);
  EXPECT_EQ(output.bytes, "[]");
}

TEST(SdpLintCall, FindingsAreObjectsInTheOrderOfLines) {
  const std::string text =
      std::string(kSession) + "a=mid:9\r\nm=audio 9 RTP/AVP x\r\nc=IN IP4 127.0.0.1\r\n";
  std::string expected =
      "[{'rule':'attribute-level','severity':'warning','message':'a=mid has no meaning in a "
      "session: move it or remove it','line':5,'column':3,'rfc':'RFC 5888 §4'},"
      "{'rule':'format-not-number','severity':'error','message':'`x` is no payload type: RTP "
      "has 0 to 127 (browsers reject this)','line':6,'column':19,'section':0,"
      "'rfc':'RFC 3551 §6'}]";
  std::replace(expected.begin(), expected.end(), '\'', '"');
  std::replace(expected.begin(), expected.end(), '`', '\'');
  EXPECT_EQ(Lint("lenient", "", text).bytes, expected);
}

TEST(SdpLintCall, ModeAndTypeMatter) {
  const std::string text = std::string(kSession) + "a=setup:actpass\r\na=rtcp-mux\r\n";
  EXPECT_NE(Lint("lenient", "answer", text).bytes.find("setup-answer"), std::string::npos);
  EXPECT_EQ(Lint("lenient", "offer", text).bytes.find("setup-answer"), std::string::npos);
  EXPECT_EQ(Lint("lenient", "offer", text).bytes.find("\"error\""), std::string::npos);
  EXPECT_NE(Lint("strict", "offer", text).bytes.find("\"error\""), std::string::npos);
}

TEST(SdpLintCall, FieldsMustBeThree) {
  EXPECT_FALSE(Call(koeru_sdp_lint, JoinFields({"strict", "offer"})).ok);
  EXPECT_FALSE(Call(koeru_sdp_lint, "x").ok);
}

}  // namespace
}  // namespace koeru::wasm
