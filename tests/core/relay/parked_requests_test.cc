#include "core/relay/parked_requests.h"

#include <gtest/gtest.h>

namespace koeru::relay {
namespace {

using Result = ParkedRequests::Result;

net::FiveTuple From(uint32_t client) {
  net::FiveTuple tuple;
  tuple.client.endpoint = {net::Address::V4(10, 0, static_cast<uint8_t>(client >> 8),
                                            static_cast<uint8_t>(client)),
                           5000};
  return tuple;
}

const std::vector<uint8_t> kBytes = {1, 2, 3};

TEST(ParkedRequests, GivesThemBackInOrderToTheirQuestionAlone) {
  ParkedRequests parked;
  ASSERT_EQ(parked.Park(1, From(1), kBytes, {7}), Result::kParked);
  ASSERT_EQ(parked.Park(2, From(2), kBytes, {7}), Result::kParked);
  ASSERT_EQ(parked.Park(1, From(3), {}, {8}), Result::kParked);
  const auto taken = parked.Take(1);
  ASSERT_EQ(taken.size(), 2u);
  EXPECT_EQ(taken[0].from, From(1));
  EXPECT_EQ(taken[0].bytes, kBytes);
  EXPECT_EQ(taken[0].wall, net::UnixTime{7});
  EXPECT_EQ(taken[1].from, From(3));
  EXPECT_TRUE(parked.Take(1).empty());
  EXPECT_EQ(parked.size(), 1u);
}

TEST(ParkedRequests, KeepsOneForEachClient) {
  ParkedRequests parked;
  ASSERT_EQ(parked.Park(1, From(1), kBytes, {}), Result::kParked);
  EXPECT_EQ(parked.Park(1, From(1), kBytes, {}), Result::kRepeated);
  EXPECT_EQ(parked.Park(2, From(1), {}, {}), Result::kRepeated);
  parked.Take(1);
  EXPECT_EQ(parked.Park(2, From(1), {}, {}), Result::kParked);
}

TEST(ParkedRequests, ForgetsAClientThatIsGone) {
  ParkedRequests parked;
  parked.Park(1, From(1), kBytes, {});
  parked.Park(1, From(2), kBytes, {});
  parked.Forget(From(1));
  parked.Forget(From(9));
  const auto taken = parked.Take(1);
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].from, From(2));
}

TEST(ParkedRequests, AreBoundedInNumberAndSize) {
  ParkedRequests parked;
  EXPECT_EQ(parked.Park(1, From(0), std::vector<uint8_t>(ParkedRequests::kMaxBytes + 1), {}),
            Result::kNoRoom);
  for (uint32_t i = 0; i < ParkedRequests::kMaxRequests; ++i) {
    ASSERT_EQ(parked.Park(i, From(i), kBytes, {}), Result::kParked);
  }
  EXPECT_EQ(parked.Park(1, From(60'000), kBytes, {}), Result::kNoRoom);
  parked.Clear();
  EXPECT_EQ(parked.size(), 0u);
  EXPECT_TRUE(parked.Take(1).empty());
}

}  // namespace
}  // namespace koeru::relay
