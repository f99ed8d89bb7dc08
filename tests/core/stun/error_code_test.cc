#include "core/stun/error_code.h"

#include <gtest/gtest.h>

namespace koeru::stun {
namespace {

TEST(ErrorCodes, HaveTheReasonsOfTheRegistry) {
  EXPECT_EQ(DefaultReason(error_code::kUnauthenticated), "Unauthenticated");
  EXPECT_EQ(DefaultReason(error_code::kStaleNonce), "Stale Nonce");
  EXPECT_EQ(DefaultReason(error_code::kInsufficientCapacity), "Insufficient Capacity");
  EXPECT_EQ(FindErrorCode(error_code::kRoleConflict)->section, "RFC 8445 §16.2");
}

TEST(ErrorCodes, AreSortedAndFoundEach) {
  uint16_t last = 0;
  for (const ErrorCodeRow& row : ErrorCodeTable()) {
    EXPECT_GT(row.code, last);
    EXPECT_EQ(FindErrorCode(row.code), &row);
    last = row.code;
  }
}

TEST(ErrorCodes, UnknownOnesHaveNoRow) {
  for (const uint16_t code : std::initializer_list<uint16_t>{0, 299, 402, 509, 699, 65535}) {
    EXPECT_EQ(FindErrorCode(code), nullptr) << code;
    EXPECT_EQ(DefaultReason(code), "") << code;
  }
}

}  // namespace
}  // namespace koeru::stun
