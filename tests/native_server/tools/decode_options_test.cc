#include "native_server/tools/decode_options.h"

#include <gtest/gtest.h>

#include <vector>

namespace koeru::tools {
namespace {

ParsedOptions Parse(std::vector<std::string_view> arguments) {
  return ParseDecodeOptions(arguments);
}

TEST(DecodeOptions, TakesValuesBehindASpaceOrAnEqualsSign) {
  const ParsedOptions parsed =
      Parse({"--user", "alice", "--password=a=b", "--realm=r", "--json", "--tree", "file", "-"});
  ASSERT_TRUE(parsed.error.empty()) << parsed.error;
  EXPECT_EQ(parsed.options.user, "alice");
  EXPECT_EQ(parsed.options.password, "a=b");
  EXPECT_EQ(parsed.options.realm, "r");
  EXPECT_TRUE(parsed.options.json);
  EXPECT_TRUE(parsed.options.trees);
  EXPECT_EQ(parsed.options.inputs, (std::vector<std::string>{"file", "-"}));
}

TEST(DecodeOptions, BehindTwoDashesEverythingIsInput) {
  EXPECT_EQ(Parse({"--", "--json"}).options.inputs, std::vector<std::string>{"--json"});
}

TEST(DecodeOptions, KnowsTheFormats) {
  EXPECT_EQ(Parse({"--format", "hex"}).options.format, InputFormat::kHex);
  EXPECT_EQ(Parse({"--format=binary"}).options.format, InputFormat::kBinary);
  EXPECT_EQ(Parse({"--format=pcap"}).options.format, InputFormat::kCapture);
  EXPECT_EQ(Parse({"--format=text"}).options.format, InputFormat::kText);
  EXPECT_NE(Parse({"--format=xml"}).error.find("one of hex"), std::string::npos);
}

TEST(DecodeOptions, ErrorsNameTheOptionAndTheRemedy) {
  EXPECT_NE(Parse({"--jsno"}).error.find("did you mean --json?"), std::string::npos);
  EXPECT_NE(Parse({"--frobnicate"}).error.find("--help"), std::string::npos);
  EXPECT_NE(Parse({"--user"}).error.find("needs a value"), std::string::npos);
  EXPECT_NE(Parse({"--json=1"}).error.find("takes no value"), std::string::npos);
  EXPECT_NE(Parse({"--user", "alice"}).error.find("add --password"), std::string::npos);
  EXPECT_NE(Parse({"--password-file=/nonexistent"}).error.find("cannot read"), std::string::npos);
  EXPECT_EQ(Parse({"--\x1b[2J"}).error.find('\x1b'), std::string::npos);
}

TEST(DecodeOptions, HelpNamesEveryOption) {
  for (std::string_view name :
       {"--format", "--json", "--tree", "--user", "--realm", "--password ", "--password-file"}) {
    EXPECT_NE(DecodeHelp().find(name), std::string_view::npos) << name;
  }
}

}  // namespace
}  // namespace koeru::tools
