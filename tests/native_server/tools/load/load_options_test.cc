#include "native_server/tools/load/load_options.h"

#include <gmock/gmock.h>

namespace koeru::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string ErrorOf(std::vector<std::string_view> words) {
  LoadOptions options;
  return ParseLoadOptions(words, options);
}

TEST(LoadOptionsTest, SizesAreOneOrAMix) {
  LoadOptions options;
  const std::vector<std::string_view> words = {"turn:127.0.0.1", "--mix=160:70,1200:30",
                                               "--peers=2"};
  EXPECT_EQ(ParseLoadOptions(words, options), "");
  EXPECT_THAT(options.sizes, ElementsAre(SizeShare{160, 70}, SizeShare{1200, 30}));
  EXPECT_EQ(options.peers, 2);
  const std::vector<std::string_view> one = {"turn:127.0.0.1", "--size", "300"};
  EXPECT_EQ(ParseLoadOptions(one, options), "");
  EXPECT_THAT(options.sizes, ElementsAre(SizeShare{300, 1}));
}

TEST(LoadOptionsTest, WhatIsWrongIsSaid) {
  EXPECT_THAT(ErrorOf({}), HasSubstr("name one server"));
  EXPECT_THAT(ErrorOf({"turn:a", "turn:b"}), HasSubstr("name one server"));
  EXPECT_THAT(ErrorOf({"turn:a", "--mix=160"}), HasSubstr("SIZE:PARTS"));
  EXPECT_THAT(ErrorOf({"turn:a", "--mix=8:1"}), HasSubstr("16 to 1400"));
  EXPECT_THAT(ErrorOf({"turn:a", "--size=9999"}), HasSubstr("16 to 1400"));
  EXPECT_THAT(ErrorOf({"turn:a", "--duration=1000"}), HasSubstr("from 1 to 240"));
}

}  // namespace
}  // namespace koeru::tools
