#include "core/ice/agent/check_list.h"

#include <gtest/gtest.h>

namespace koeru::ice {
namespace {

CandidatePair Pair(uint16_t remote_port, uint32_t priority, std::string foundation = "1:1") {
  return {.path = {{net::Address::V4(192, 0, 2, 1), 1000},
                   {net::Address::V4(192, 0, 2, 2), remote_port}},
          .local_priority = 1000,
          .remote_priority = priority,
          .foundation = std::move(foundation)};
}

uint16_t PortOf(const CandidatePair* pair) { return pair == nullptr ? 0 : pair->path.remote.port; }

TEST(CheckList, IsInOrderOfPriority) {
  CheckList list(Role::kControlling);
  for (const uint32_t priority : {20u, 30u, 10u}) {
    list.Add(Pair(static_cast<uint16_t>(priority), priority));
  }
  ASSERT_EQ(list.pairs().size(), 3u);
  EXPECT_EQ(list.pairs()[0].path.remote.port, 30);
  EXPECT_EQ(list.pairs()[2].path.remote.port, 10);
  EXPECT_TRUE(list.IsConsistent());
}

TEST(CheckList, HasAPathOnce) {
  CheckList list(Role::kControlling);
  const CandidatePair* first = list.Add(Pair(1, 10));
  const uint32_t id = first->id;
  EXPECT_EQ(list.Add(Pair(1, 99))->id, id);
  EXPECT_EQ(list.pairs().size(), 1u);
  EXPECT_EQ(list.pairs()[0].remote_priority, 10u);
}

TEST(CheckList, Rfc8445_6_1_2_6_OnePairOfEachFoundationIsNotFrozen) {
  CheckList list(Role::kControlling);
  list.Add(Pair(1, 50, "1:1"));
  list.Add(Pair(2, 40, "1:1"));
  list.Add(Pair(3, 30, "1:2"));
  EXPECT_EQ(list.pairs()[0].state, PairState::kWaiting);
  EXPECT_EQ(list.pairs()[1].state, PairState::kFrozen);
  EXPECT_EQ(list.pairs()[2].state, PairState::kWaiting);
  EXPECT_EQ(list.busy_count(), 2u);
}

TEST(CheckList, Rfc8445_6_1_4_2_TriggeredChecksGoFirst) {
  CheckList list(Role::kControlling);
  list.Add(Pair(1, 50, "1:1"));
  list.Add(Pair(2, 40, "1:2"));
  list.Trigger(*list.Find(list.pairs()[1].path));
  EXPECT_EQ(PortOf(list.TakeNext()), 2);
  EXPECT_EQ(PortOf(list.TakeNext()), 1);
  EXPECT_EQ(list.TakeNext(), nullptr);
}

TEST(CheckList, APairIsTriggeredOnceAtATime) {
  CheckList list(Role::kControlling);
  CandidatePair* pair = list.Add(Pair(1, 50));
  list.Trigger(*pair);
  list.Trigger(*pair);
  EXPECT_EQ(PortOf(list.TakeNext()), 1);
  EXPECT_EQ(list.TakeNext(), nullptr);
}

TEST(CheckList, FrozenPairsWaitForTheirFoundation) {
  CheckList list(Role::kControlling);
  list.Add(Pair(1, 50));
  list.Add(Pair(2, 40));
  list.Add(Pair(3, 30));
  CandidatePair* first = list.TakeNext();
  EXPECT_EQ(PortOf(first), 1);
  EXPECT_FALSE(list.HasNext()) << "one of the foundation is being checked";
  EXPECT_EQ(list.TakeNext(), nullptr);
  list.Succeeded(*first);
  EXPECT_EQ(PortOf(list.TakeNext()), 2);
  EXPECT_EQ(PortOf(list.TakeNext()), 3) << "all of them thaw";
}

TEST(CheckList, AFailureLetsTheNextOfTheFoundationTry) {
  CheckList list(Role::kControlling);
  list.Add(Pair(1, 50));
  list.Add(Pair(2, 40));
  list.Failed(*list.TakeNext());
  EXPECT_TRUE(list.HasNext());
  EXPECT_EQ(PortOf(list.TakeNext()), 2);
}

TEST(CheckList, Rfc8838_12_APairThatComesAfterASuccessNeedNotWait) {
  CheckList list(Role::kControlling);
  list.Add(Pair(1, 50));
  list.Succeeded(*list.TakeNext());
  EXPECT_EQ(list.Add(Pair(2, 40))->state, PairState::kWaiting);
}

TEST(CheckList, ARoleSwitchMakesANewOrder) {
  CheckList list(Role::kControlling);
  CandidatePair low = Pair(1, 5);
  low.local_priority = 9;
  CandidatePair high = Pair(2, 9);
  high.local_priority = 5;
  list.Add(low);
  list.Add(high);
  EXPECT_EQ(list.pairs()[0].path.remote.port, 1) << "G > D is worth one";
  list.SetRole(Role::kControlled);
  EXPECT_EQ(list.pairs()[0].path.remote.port, 2);
  EXPECT_TRUE(list.IsConsistent());
}

TEST(CheckList, Rfc8445_6_1_2_5_HasAHundredPairsAtMostTheBestOnes) {
  CheckList list(Role::kControlling);
  for (uint16_t i = 1; i <= CheckList::kMaxPairs; ++i) list.Add(Pair(i, i));
  EXPECT_EQ(list.Add(Pair(500, 1)), nullptr) << "no better than the last one";
  EXPECT_EQ(PortOf(list.Add(Pair(501, 50))), 501);
  EXPECT_EQ(list.pairs().size(), CheckList::kMaxPairs);
  EXPECT_EQ(list.Find(Pair(1, 1).path), nullptr) << "the lowest one went";
}

TEST(CheckList, PairsInUseDoNotMakeRoom) {
  CheckList list(Role::kControlling);
  for (uint16_t i = 1; i <= CheckList::kMaxPairs; ++i) {
    list.Add(Pair(i, i, std::to_string(i)));
    list.Trigger(*list.Find(Pair(i, i).path));
  }
  EXPECT_EQ(list.Add(Pair(501, 999)), nullptr);
  for (size_t i = 0; i < CheckList::kMaxPairs; ++i) ASSERT_NE(list.TakeNext(), nullptr);
}

}  // namespace
}  // namespace koeru::ice
