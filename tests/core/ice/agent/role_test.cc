#include "core/ice/agent/role.h"

#include <gtest/gtest.h>

namespace koeru::ice {
namespace {

TEST(IceRole, Rfc8445_7_3_1_1_TheLargerTieBreakerControls) {
  EXPECT_EQ(JudgeConflict(Role::kControlling, 9, 5), ConflictVerdict::kRefuse);
  EXPECT_EQ(JudgeConflict(Role::kControlling, 5, 9), ConflictVerdict::kSwitch);
  EXPECT_EQ(JudgeConflict(Role::kControlled, 9, 5), ConflictVerdict::kSwitch);
  EXPECT_EQ(JudgeConflict(Role::kControlled, 5, 9), ConflictVerdict::kRefuse);
}

TEST(IceRole, Rfc8445_7_3_1_1_EqualTieBreakersCountAsLarger) {
  EXPECT_EQ(JudgeConflict(Role::kControlling, 5, 5), ConflictVerdict::kRefuse);
  EXPECT_EQ(JudgeConflict(Role::kControlled, 5, 5), ConflictVerdict::kSwitch);
}

}  // namespace
}  // namespace koeru::ice
