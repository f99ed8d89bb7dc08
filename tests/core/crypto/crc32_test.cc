#include "core/crypto/crc32.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::crypto {
namespace {

TEST(Crc32, CheckValueOfTheNineDigits) { EXPECT_EQ(Crc32(AsBytes("123456789")), 0xCBF43926u); }

TEST(Crc32, OfNothingIsZero) { EXPECT_EQ(Crc32({}), 0u); }

TEST(Crc32, Chains) {
  EXPECT_EQ(Crc32(AsBytes("6789"), Crc32(AsBytes("12345"))), Crc32(AsBytes("123456789")));
}

}  // namespace
}  // namespace koeru::crypto
