#include "native_server/alternates/alternate_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

net::Endpoint Server(uint8_t number) { return {net::Address::V4(192, 0, 2, number), 3478}; }
AlternateServer Watched(uint8_t number, std::optional<ServerLoad> load) {
  return {Server(number), true, load};
}
AlternateServer Unwatched(uint8_t number) { return {Server(number), false, std::nullopt}; }

TEST(AlternateChoice, ServersThatNobodyWatchesHaveTheirTurnsAsTheyStand) {
  EXPECT_THAT(InTurn({Unwatched(1), Unwatched(2), Unwatched(1)}),
              ElementsAre(Server(1), Server(2), Server(1)));
}

TEST(AlternateChoice, EqualLoadMeansEqualTurns) {
  EXPECT_THAT(InTurn({Watched(1, ServerLoad{50, 100, true}), Watched(2, ServerLoad{5, 10, true})}),
              ElementsAre(Server(1), Server(2)));
}

TEST(AlternateChoice, WhoHasMoreRoomHasMoreTurnsSpreadEvenly) {
  // 3 quarters of one are left, 1 quarter of the other.
  EXPECT_THAT(
      InTurn({Watched(1, ServerLoad{25, 100, true}), Watched(2, ServerLoad{75, 100, true})}),
      ElementsAre(Server(1), Server(1), Server(2), Server(1)));
}

TEST(AlternateChoice, WithoutQuotasTheBusiestIsTheMeasure) {
  const std::vector<unsigned> weights =
      WeightsOf({Watched(1, ServerLoad{0, 0, true}), Watched(2, ServerLoad{500, 0, true}),
                 Watched(3, ServerLoad{1000, 0, true})});
  EXPECT_THAT(weights, ElementsAre(16, 8, 1));
}

TEST(AlternateChoice, NobodyIsSentToWhoIsFullDrainsOrDoesNotAnswer) {
  EXPECT_THAT(InTurn({Watched(1, ServerLoad{100, 100, true}), Watched(2, ServerLoad{0, 100, false}),
                      Watched(3, std::nullopt), Watched(4, ServerLoad{99, 100, true})}),
              ElementsAre(Server(4)));
  EXPECT_THAT(InTurn({Watched(1, std::nullopt), Watched(2, ServerLoad{7, 7, true})}), IsEmpty());
}

TEST(AlternateChoice, AnUnwatchedServerCountsAsTheAverageOfTheOthers) {
  EXPECT_THAT(WeightsOf({Watched(1, ServerLoad{0, 100, true}),
                         Watched(2, ServerLoad{50, 100, true}), Unwatched(3)}),
              ElementsAre(4, 2, 3));
  EXPECT_THAT(WeightsOf({Watched(1, std::nullopt), Unwatched(2)}), ElementsAre(0, 1));
}

TEST(AlternateChoice, ClientsSpreadAsTheWeightsSay) {
  const std::vector<AlternateServer> servers = {Watched(1, ServerLoad{10, 160, true}),
                                                Watched(2, ServerLoad{110, 160, true}),
                                                Watched(3, ServerLoad{150, 160, true})};
  const std::vector<unsigned> weights = WeightsOf(servers);
  std::map<uint8_t, unsigned> turns;
  for (const net::Endpoint& server : InTurn(servers)) ++turns[server.address.bytes()[3]];
  for (uint8_t i = 0; i < 3; ++i) EXPECT_EQ(turns[static_cast<uint8_t>(i + 1)], weights[i]);
}

TEST(AlternateChoice, NumbersOfAnySizeAreSafe) {
  for (const uint64_t allocations : {uint64_t{0}, uint64_t{1}, UINT64_MAX - 1, UINT64_MAX}) {
    for (const uint64_t quota : {uint64_t{0}, uint64_t{1}, UINT64_MAX}) {
      for (const unsigned weight : WeightsOf({Watched(1, ServerLoad{allocations, quota, true}),
                                              Watched(2, ServerLoad{3, 0, true})})) {
        EXPECT_LE(weight, kMostWeight);
      }
    }
  }
}

}  // namespace
}  // namespace koeru::server
