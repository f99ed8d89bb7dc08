#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/wasm/abi_call.h"

namespace koeru::wasm {
namespace {

using ::testing::HasSubstr;

TEST(KoeruUriParse, GivesTheObjectOfServerUri) {
  const Output uri = Call(koeru_uri_parse, "turns:turn.example.org?transport=tcp");
  EXPECT_TRUE(uri.ok);
  EXPECT_EQ(uri.bytes,
            R"({"scheme":"turns","host":"turn.example.org","hostType":"name","port":5349,)"
            R"("portGiven":false,"transport":"tcp","transportGiven":true,"secure":true,)"
            R"("canonical":"turns:turn.example.org?transport=tcp"})");
}

TEST(KoeruUriParse, SaysWhatIsWrongAndWhere) {
  const Output uri = Call(koeru_uri_parse, "stun://example.org");
  EXPECT_FALSE(uri.ok);
  EXPECT_THAT(uri.bytes, HasSubstr("\"offset\":5"));
}

TEST(KoeruCandidate, ComesBackByteForByte) {
  const Output parsed =
      Call(koeru_candidate_parse, "candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host x y");
  EXPECT_TRUE(parsed.ok);
  EXPECT_THAT(parsed.bytes, HasSubstr(R"("extensions":[{"name":"x","value":"y"}])"));
  const Output formatted =
      Call(koeru_candidate_format, JoinFields({"candidate:", "1", "1", "udp", "2130706431",
                                               "192.0.2.1", "5000", "host", "", "", "x", "y"}));
  EXPECT_TRUE(formatted.ok);
  EXPECT_EQ(formatted.bytes, "candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host x y");
}

TEST(KoeruCandidate, NamesTheFieldThatIsWrong) {
  const Output formatted =
      Call(koeru_candidate_format, JoinFields({"candidate:", "1", "1", "udp", "2130706431",
                                               "192.0.2.1", "70000", "host", "", ""}));
  EXPECT_FALSE(formatted.ok);
  EXPECT_THAT(formatted.bytes, HasSubstr("\"field\":\"port\""));
}

}  // namespace
}  // namespace koeru::wasm
