#include "core/relay/reservations.h"

#include <gtest/gtest.h>

#include "tests/core/relay/support/fakes.h"

namespace koeru::relay {
namespace {

using namespace std::chrono_literals;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(0);

Reservation Make(uint16_t port, std::string user = "alice") {
  Reservation reservation;
  reservation.token = {1, static_cast<uint8_t>(port >> 8), static_cast<uint8_t>(port)};
  reservation.local = {net::Address::V4(10, 0, 0, 5), port};
  reservation.quota_name = std::move(user);
  reservation.realm = "example.org";
  return reservation;
}

TEST(Reservations, AreTakenOnceByTheirUser) {
  LocalReservations book(nullptr);
  ASSERT_TRUE(book.Put(Make(50001), kStart));
  EXPECT_TRUE(book.Holds(Make(50001).local, kStart));
  net::Endpoint local;
  EXPECT_FALSE(book.Take(Make(50001).token, "mallory", "example.org", kStart, local));
  EXPECT_FALSE(book.Take(Make(50001).token, "alice", "example.net", kStart, local));
  EXPECT_TRUE(book.Take(Make(50001).token, "alice", "example.org", kStart, local));
  EXPECT_EQ(local, Make(50001).local);
  EXPECT_FALSE(book.Take(Make(50001).token, "alice", "example.org", kStart, local));
  EXPECT_FALSE(book.Holds(Make(50001).local, kStart));
}

TEST(Reservations, HoldForExactly30SecondsAndThenGiveTheirQuotaBack) {
  testing::FakeQuota quota;
  LocalReservations book(&quota);
  ASSERT_TRUE(quota.Acquire("alice", "example.org"));
  ASSERT_TRUE(book.Put(Make(50001), kStart));
  EXPECT_TRUE(book.Holds(Make(50001).local, kStart + 30s - 1ns));
  EXPECT_EQ(quota.total(), 1u);
  EXPECT_FALSE(book.Holds(Make(50001).local, kStart + 30s));
  EXPECT_EQ(quota.total(), 0u);
  EXPECT_EQ(book.size(), 0u);
}

TEST(Reservations, RefuseAPortThatIsKeptAlready) {
  LocalReservations book(nullptr);
  ASSERT_TRUE(book.Put(Make(50001), kStart));
  Reservation again = Make(50001);
  again.token[7] = 9;
  EXPECT_FALSE(book.Put(again, kStart));
}

TEST(Reservations, AreBoundedAlsoWhenTheyAreTakenAtOnce) {
  LocalReservations book(nullptr);
  net::Endpoint local;
  uint16_t port = 10'000;
  while (book.Put(Make(port), kStart)) {
    ASSERT_TRUE(book.Take(Make(port).token, "alice", "example.org", kStart, local));
    ASSERT_LT(++port, 20'000);
  }
  EXPECT_FALSE(book.Put(Make(9'000), kStart + 29s));
  EXPECT_TRUE(book.Put(Make(9'000), kStart + 30s));
}

}  // namespace
}  // namespace koeru::relay
