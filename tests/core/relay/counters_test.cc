#include "core/relay/counters.h"

#include <gtest/gtest.h>

#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay {
namespace {

using namespace std::chrono_literals;  // NOLINT: tests only
using testing::RelayHarness;

TEST(RelayCounters, CountAllocationsByTheirEnd) {
  RelayHarness h;
  auto alice = h.Client("192.0.2.1:50000");
  auto bob = h.Client("192.0.2.2:50000", "bob", "hidden");
  ASSERT_EQ(h.Allocate(alice), 0);
  ASSERT_EQ(h.Allocate(bob), 0);
  EXPECT_EQ(h.relay().counters().allocations_created, 2u);
  EXPECT_EQ(h.relay().counters().challenges, 2u);

  ASSERT_EQ(h.Refresh(alice, 0), 0);
  EXPECT_EQ(h.relay().counters().Ended(EndReason::kRefreshedToZero), 1u);
  EXPECT_EQ(h.relay().counters().Ended(EndReason::kExpired), 0u);
  h.Advance(600s);
  EXPECT_EQ(h.relay().counters().Ended(EndReason::kRefreshedToZero), 1u);
  EXPECT_EQ(h.relay().counters().Ended(EndReason::kExpired), 1u);
}

TEST(RelayCounters, CountRefusalsByCause) {
  RelayHarness h;
  auto alice = h.Client("192.0.2.1:50000");
  auto mallory = h.Client("192.0.2.3:50000", "alice", "guessed");
  EXPECT_EQ(h.Allocate(mallory), 401);
  EXPECT_EQ(h.relay().counters().Refused(RefusalCause::kWrongPassword), 1u);
  ASSERT_EQ(h.Allocate(alice), 0);
  EXPECT_EQ(h.Allocate(alice), 437);
  EXPECT_EQ(h.relay().counters().Refused(RefusalCause::kAllocationExists), 1u);
  ASSERT_EQ(h.Refresh(alice, 0), 0);
  EXPECT_EQ(h.Refresh(alice, 600), 437);
  EXPECT_EQ(h.relay().counters().Refused(RefusalCause::kNoAllocation), 1u);
  EXPECT_EQ(h.relay().counters().successes, 2u);
}

}  // namespace
}  // namespace koeru::relay
