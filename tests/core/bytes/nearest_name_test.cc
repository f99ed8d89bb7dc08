#include "core/bytes/nearest_name.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace koeru {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"decode", "--password", "--password-file"};

TEST(NearestName, ForgivesATypingMistake) {
  EXPECT_EQ(NearestName("decod", kNames), "decode");
  EXPECT_EQ(NearestName("edcode", kNames), "decode");
  EXPECT_EQ(NearestName("--pasword", kNames), "--password");
  EXPECT_EQ(NearestName("--password-fil", kNames), "--password-file");
}

TEST(NearestName, DoesNotGuessWildly) {
  EXPECT_EQ(NearestName("relay", kNames), "");
  EXPECT_EQ(NearestName("", kNames), "");
  EXPECT_EQ(NearestName(std::string(1000, 'd'), kNames), "");
}

}  // namespace
}  // namespace koeru
