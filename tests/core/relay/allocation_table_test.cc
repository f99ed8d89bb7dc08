#include "core/relay/allocation_table.h"

#include <gtest/gtest.h>

#include "tests/core/relay/support/fakes.h"

namespace koeru::relay {
namespace {

net::FiveTuple Tuple(uint32_t i) {
  net::FiveTuple tuple;
  tuple.client.endpoint = {net::Address::V4(192, 0, static_cast<uint8_t>(i >> 8),
                                            static_cast<uint8_t>(i)),
                           static_cast<uint16_t>(i)};
  tuple.server.endpoint = {net::Address::V4(203, 0, 113, 1), 3478};
  return tuple;
}
net::Endpoint Local(uint32_t i) {
  return {net::Address::V4(10, 0, 0, 5), static_cast<uint16_t>(i)};
}

class AllocationTableTest : public ::testing::Test {
 protected:
  testing::SeededRandom random_;
  AllocationTable table_{random_};
};

TEST_F(AllocationTableTest, FindsByTupleHandleAndLocalEndpoint) {
  Allocation& made = table_.Create(Tuple(7), Local(50000));
  EXPECT_EQ(table_.Find(Tuple(7)), &made);
  EXPECT_EQ(table_.Find(made.handle), &made);
  EXPECT_EQ(table_.FindByLocal(Local(50000)), &made);
  EXPECT_EQ(table_.Find(Tuple(8)), nullptr);
  EXPECT_EQ(table_.FindByLocal(Local(50001)), nullptr);
}

TEST_F(AllocationTableTest, EachPartOfTheTupleCounts) {
  table_.Create(Tuple(7), Local(50000));
  net::FiveTuple other = Tuple(7);
  other.transport = net::Transport::kTcp;
  EXPECT_EQ(table_.Find(other), nullptr);
  other = Tuple(7);
  other.server.endpoint.port = 3479;
  EXPECT_EQ(table_.Find(other), nullptr);
  other = Tuple(7);
  std::swap(other.client.endpoint, other.server.endpoint);
  EXPECT_EQ(table_.Find(other), nullptr);
}

TEST_F(AllocationTableTest, AHandleNeverReachesALaterAllocationInItsSlot) {
  Allocation& first = table_.Create(Tuple(7), Local(50000));
  const AllocationHandle old = first.handle;
  first.permissions.Install({net::Address::V4(8, 8, 8, 8), false, net::Instant::Max()});
  table_.Remove(first);
  EXPECT_EQ(table_.Find(old), nullptr);
  Allocation& second = table_.Create(Tuple(8), Local(50001));
  EXPECT_EQ(second.handle.slot, old.slot);
  EXPECT_EQ(table_.Find(old), nullptr);
  EXPECT_EQ(second.permissions.size(), 0u) << "nothing of the first is left";
}

TEST_F(AllocationTableTest, UnknownHandlesFindNothing) {
  EXPECT_EQ(table_.Find(AllocationHandle{0, 0}), nullptr);
  EXPECT_EQ(table_.Find(AllocationHandle{1'000'000, 1}), nullptr);
  table_.Create(Tuple(7), Local(50000));
  EXPECT_EQ(table_.Find(AllocationHandle{5, 0}), nullptr);
}

TEST_F(AllocationTableTest, MovesToAnotherPort) {
  Allocation& made = table_.Create(Tuple(7), Local(50000));
  table_.ChangeLocal(made, Local(50002));
  EXPECT_EQ(table_.FindByLocal(Local(50000)), nullptr);
  EXPECT_EQ(table_.FindByLocal(Local(50002)), &made);
}

TEST_F(AllocationTableTest, PointersStayGoodWhileItGrows) {
  Allocation& made = table_.Create(Tuple(0), Local(1));
  for (uint32_t i = 1; i < 5000; ++i) table_.Create(Tuple(i), Local(i + 1));
  EXPECT_EQ(table_.Find(Tuple(0)), &made);
  EXPECT_EQ(table_.size(), 5000u);
  EXPECT_TRUE(table_.IsConsistent());
  for (uint32_t i = 0; i < 5000; i += 2) table_.Remove(*table_.Find(Tuple(i)));
  EXPECT_EQ(table_.size(), 2500u);
  EXPECT_TRUE(table_.IsConsistent());
}

// The budget: 1.5 kB per allocation with one permission and one channel, of which the tables may
// take a little.
TEST_F(AllocationTableTest, AnAllocationIsSmall) { EXPECT_LE(sizeof(Allocation), 512u); }

}  // namespace
}  // namespace koeru::relay
