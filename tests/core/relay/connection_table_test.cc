#include "core/relay/connection_table.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "tests/core/relay/support/fakes.h"

namespace koeru::relay::testing {
namespace {

const net::PeerAddress kPeer{{net::Address::V4(198, 51, 100, 7), 80}};
const net::PeerAddress kOther{{net::Address::V4(198, 51, 100, 7), 81}};
constexpr AllocationHandle kAllocation{3, 1};

// Bound, so that no timer is expected.
PeerConnection& Make(ConnectionTable& table, AllocationHandle allocation,
                     const net::PeerAddress& peer, RandomSource& random) {
  PeerConnection& made = table.Create(allocation, peer, random);
  made.state = PeerConnection::State::kBound;
  return made;
}

TEST(ConnectionTable, FindsAConnectionByIdAndByAllocationAndPeer) {
  SeededRandom random;
  ConnectionTable table({});
  PeerConnection& made = Make(table, kAllocation, kPeer, random);
  EXPECT_EQ(table.Find(made.id), &made);
  EXPECT_EQ(table.Find(kAllocation, kPeer), &made);
  EXPECT_EQ(table.Find(kAllocation, kOther), nullptr);
  EXPECT_EQ(table.Find(AllocationHandle{4, 1}, kPeer), nullptr);
  EXPECT_TRUE(table.IsConsistent());
  const ConnectionId id = made.id;
  table.Remove(made);
  EXPECT_EQ(table.Find(id), nullptr);
  EXPECT_EQ(table.Find(kAllocation, kPeer), nullptr);
  EXPECT_TRUE(table.IsConsistent());
}

TEST(ConnectionTable, ALaterAllocationInTheSameSlotHasNoneOfThem) {
  SeededRandom random;
  ConnectionTable table({});
  Make(table, kAllocation, kPeer, random);
  EXPECT_EQ(table.Of(kAllocation).size(), 1u);
  EXPECT_TRUE(table.Of({3, 2}).empty());
  EXPECT_EQ(table.Find(AllocationHandle{3, 2}, kPeer), nullptr);
}

TEST(ConnectionTable, TheIdNamesTheWorkerForEveryNumberOfWorkers) {
  for (const uint32_t workers : {1u, 2u, 3u, 8u, 100u, 128u}) {
    for (const uint32_t worker : {0u, workers / 2, workers - 1}) {
      SeededRandom random(workers);
      ConnectionTable table({worker, workers});
      for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(table.WorkerOf(Make(table, kAllocation, kPeer, random).id), worker) << workers;
      }
    }
  }
}

TEST(ConnectionTable, AnIdOfNoWorkerIsTold) {
  EXPECT_EQ(ConnectionTable({0, 3}).WorkerOf(ConnectionId{0xFFFFFFFF}), std::nullopt);
  EXPECT_EQ(ConnectionTable({0, 4}).WorkerOf(ConnectionId{0xFFFFFFFF}), 3u);
  EXPECT_EQ(ConnectionTable({0, 1}).WorkerOf(ConnectionId{0xFFFFFFFF}), 0u);
}

TEST(ConnectionTable, IdsFollowFromNothingButRandomness) {
  SeededRandom one(1), two(2);
  ConnectionTable table({1, 4});
  std::set<uint32_t> high_bits;
  for (int i = 0; i < 100; ++i) {
    high_bits.insert(static_cast<uint32_t>(Make(table, kAllocation, kPeer, i % 2 ? one : two).id) >>
                     2);
  }
  EXPECT_EQ(high_bits.size(), 100u);
  EXPECT_GT(*high_bits.rbegin() - *high_bits.begin(), uint32_t{1} << 28);
}

TEST(ConnectionTable, CountsThoseThatAreBeingOpened) {
  SeededRandom random;
  ConnectionTable table({});
  PeerConnection& made = Make(table, kAllocation, kPeer, random);
  EXPECT_EQ(table.CountConnecting(kAllocation), 0u);
  made.state = PeerConnection::State::kConnecting;
  EXPECT_EQ(table.CountConnecting(kAllocation), 1u);
  EXPECT_FALSE(table.IsConsistent()) << "it has no timer";
  table.timers().Schedule(made.timer, net::Instant() + std::chrono::seconds(30));
  EXPECT_TRUE(table.IsConsistent());
}

}  // namespace
}  // namespace koeru::relay::testing
