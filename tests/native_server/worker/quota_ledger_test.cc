#include "native_server/worker/quota_ledger.h"

#include <gtest/gtest.h>

#include <thread>

#include "native_server/io/clock.h"

namespace koeru::server {
namespace {

TEST(QuotaLedger, AUsersAllocationsShareOneBandwidthAndOthersHaveTheirOwn) {
  SharedQuotaLedger ledger(0, 0);
  ASSERT_TRUE(ledger.Acquire("anna", "r"));
  ASSERT_TRUE(ledger.Acquire("anna", "r"));
  ASSERT_TRUE(ledger.Acquire("anna", "other realm"));
  ASSERT_TRUE(ledger.Acquire("otto", "r"));
  const auto annas = ledger.BandwidthOf("anna", "r");
  ASSERT_NE(annas, nullptr);
  EXPECT_EQ(annas, ledger.BandwidthOf("anna", "r"));
  EXPECT_NE(annas, ledger.BandwidthOf("otto", "r"));
  EXPECT_NE(annas, ledger.BandwidthOf("anna", "other realm"));
  EXPECT_EQ(ledger.BandwidthOf("nobody", "r"), nullptr);
}

TEST(QuotaLedger, TheAnonymousHaveNone) {
  SharedQuotaLedger ledger(0, 0);
  ASSERT_TRUE(ledger.Acquire("", "r"));
  EXPECT_EQ(ledger.BandwidthOf("", "r"), nullptr);
  EXPECT_EQ(ledger.users(), 0u);
}

TEST(QuotaLedger, ForgetsAUserAtTheEndOfHisLastAllocation) {
  SharedQuotaLedger ledger(0, 0);
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "user " + std::to_string(i);
    ASSERT_TRUE(ledger.Acquire(name, "r"));
    ledger.Release(name, "r");
  }
  EXPECT_EQ(ledger.users(), 0u);
}

TEST(QuotaLedger, NobodyBeginsAnewWithAnEmptyBucket) {
  SharedQuotaLedger ledger(0, 0);
  ASSERT_TRUE(ledger.Acquire("anna", "r"));
  const auto bandwidth = ledger.BandwidthOf("anna", "r");
  EXPECT_EQ(bandwidth->to_peer.Admit(1, 10, 3, Now()), 1u) << "ten seconds of it";
  ledger.Release("anna", "r");
  ASSERT_TRUE(ledger.Acquire("anna", "r"));
  EXPECT_EQ(ledger.BandwidthOf("anna", "r"), bandwidth);
  EXPECT_EQ(bandwidth->to_peer.Admit(1, 10, 1, Now()), 0u);
}

TEST(QuotaLedger, WorkersTakeOutOfOneBucketNoMoreThanItHolds) {
  UserBandwidth user;
  std::atomic<size_t> passed{0};
  const net::Instant now = Now();
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([&] {
      for (int k = 0; k < 500; ++k) passed += user.to_client.Admit(100'000, 100, 2, now);
    });
  }
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(passed, 1000u);
}

}  // namespace
}  // namespace koeru::server
