#include "native_server/tls/source_quota.h"

#include <gtest/gtest.h>

#include <vector>

namespace koeru::server {
namespace {

SourceKey Key(const char* text) { return SourceKey::Of(boost::asio::ip::make_address(text)); }

TEST(SourceKey, MappedAddressIsItsIpv4Address) {
  EXPECT_EQ(Key("::ffff:192.0.2.1"), Key("192.0.2.1"));
  EXPECT_FALSE(Key("192.0.2.2") == Key("192.0.2.1"));
}

TEST(SourceKey, Ipv6CountsBySubscriber) {
  EXPECT_EQ(Key("2001:db8:0:1::1"), Key("2001:db8:0:1:ffff::2"));
  EXPECT_FALSE(Key("2001:db8:0:2::1") == Key("2001:db8:0:1::1"));
}

TEST(SourceKey, Ipv4IsNeverAnIpv6Prefix) { EXPECT_FALSE(Key("32.1.13.184") == Key("2001:db8::")); }

TEST(SourceQuota, OneSourceCannotTakeEverything) {
  SourceQuota quota({.total = 10, .per_source = 2});
  auto a = quota.Take(Key("192.0.2.1"));
  auto b = quota.Take(Key("192.0.2.1"));
  EXPECT_TRUE(a && b);
  EXPECT_FALSE(quota.Take(Key("192.0.2.1")));
  EXPECT_TRUE(quota.Take(Key("192.0.2.2")));
}

TEST(SourceQuota, TotalHolds) {
  SourceQuota quota({.total = 2, .per_source = 2});
  auto a = quota.Take(Key("192.0.2.1"));
  auto b = quota.Take(Key("192.0.2.2"));
  EXPECT_FALSE(quota.Take(Key("192.0.2.3")));
  a.reset();
  EXPECT_TRUE(quota.Take(Key("192.0.2.3")));
}

TEST(SourceQuota, LeaseGivesItsPlaceBackOnceHoweverOftenItMoves) {
  SourceQuota quota({.total = 5, .per_source = 5});
  {
    std::vector<SourceQuota::Lease> leases;
    for (int i = 0; i < 5; ++i) leases.push_back(*quota.Take(Key("192.0.2.1")));
    leases.erase(leases.begin());
    EXPECT_EQ(quota.taken(), 4u);
  }
  EXPECT_EQ(quota.taken(), 0u);
}

}  // namespace
}  // namespace koeru::server
