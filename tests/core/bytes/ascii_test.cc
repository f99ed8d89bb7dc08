#include "core/bytes/ascii.h"

#include <gtest/gtest.h>

namespace koeru {
namespace {

TEST(EqualsIgnoringCase, FoldsAsciiLettersOnly) {
  EXPECT_TRUE(EqualsIgnoringCase("XOR-Peer-address", "xor-PEER-ADDRESS"));
  EXPECT_TRUE(EqualsIgnoringCase("", ""));
  EXPECT_FALSE(EqualsIgnoringCase("a", "ab"));
  EXPECT_FALSE(EqualsIgnoringCase("[", "{")) << "32 apart, but no letters";
  EXPECT_FALSE(EqualsIgnoringCase("\xE4", "\xC4"));
}

TEST(ToUpperAscii, LeavesOtherBytesAlone) {
  for (int c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    const bool lower = c >= 'a' && c <= 'z';
    EXPECT_EQ(ToUpperAscii(byte), lower ? static_cast<char>(c - 32) : byte) << c;
  }
}

}  // namespace
}  // namespace koeru
