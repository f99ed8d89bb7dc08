#include "core/ice/priority.h"

#include <gtest/gtest.h>

namespace koeru::ice {
namespace {

TEST(Priority, Rfc8445_5_1_2_1_Formula) {
  // The values that RFC 8839 and RFC 8445 appendix use in their examples.
  EXPECT_EQ(ComputePriority({126, 65535, 1}), 2130706431u);
  EXPECT_EQ(ComputePriority({100, 65535, 1}), 1694498815u);
  EXPECT_EQ(ComputePriority({126, 65535, 2}), 2130706430u);
  EXPECT_EQ(ComputePriority({0, 0, 256}), 0u);
}

TEST(Priority, SplitIsTheInverse) {
  for (uint32_t type : {0u, 100u, 110u, 126u}) {
    for (uint32_t local : {0u, 1u, 30u, 65535u}) {
      for (uint32_t component : {1u, 2u, 255u, 256u}) {
        const PriorityParts parts{static_cast<uint8_t>(type), static_cast<uint16_t>(local),
                                  static_cast<uint16_t>(component)};
        EXPECT_EQ(SplitPriority(ComputePriority(parts)), parts);
      }
    }
  }
}

TEST(Priority, Rfc8445_5_1_2_2_RecommendedTypePreferences) {
  EXPECT_EQ(RecommendedTypePreference(CandidateType::kHost), 126);
  EXPECT_EQ(RecommendedTypePreference(CandidateType::kPeerReflexive), 110);
  EXPECT_EQ(RecommendedTypePreference(CandidateType::kServerReflexive), 100);
  EXPECT_EQ(RecommendedTypePreference(CandidateType::kRelayed), 0);
}

TEST(Priority, Rfc6544_4_2_DirectionPreferences) {
  EXPECT_EQ(RecommendedDirectionPreference(CandidateType::kHost, TcpType::kActive), 6);
  EXPECT_EQ(RecommendedDirectionPreference(CandidateType::kRelayed, TcpType::kPassive), 4);
  EXPECT_EQ(RecommendedDirectionPreference(CandidateType::kHost, TcpType::kSimultaneousOpen), 2);
  EXPECT_EQ(
      RecommendedDirectionPreference(CandidateType::kServerReflexive, TcpType::kSimultaneousOpen),
      6);
  EXPECT_EQ(RecommendedDirectionPreference(CandidateType::kPeerReflexive, TcpType::kActive), 4);
  EXPECT_EQ(RecommendedDirectionPreference(CandidateType::kServerReflexive, TcpType::kPassive), 2);
}

TEST(Priority, Rfc6544_4_2_TcpLocalPreference) {
  EXPECT_EQ(TcpLocalPreference(6, 8191), 57343);
  EXPECT_EQ(TcpLocalPreference(0, 0), 0);
  EXPECT_EQ(TcpLocalPreference(2, 1), 16385);
}

TEST(Priority, Rfc8445_6_1_2_3_PairPriority) {
  EXPECT_EQ(PairPriority(2, 1), (uint64_t{1} << 32) + 2 * 2 + 1);
  EXPECT_EQ(PairPriority(1, 2), (uint64_t{1} << 32) + 2 * 2);
  EXPECT_EQ(PairPriority(5, 5), (uint64_t{5} << 32) + 2 * 5);
  EXPECT_EQ(PairPriority(2130706431, 2130706431), 9151314442783293438u);
  EXPECT_GT(PairPriority(2130706431, 1694498815), PairPriority(1694498815, 2130706431));
}

}  // namespace
}  // namespace koeru::ice
