#include "core/ice/foundation.h"

#include <gtest/gtest.h>

namespace koeru::ice {
namespace {

const net::Address kBase = net::Address::V4(10, 0, 0, 1);
const net::Address kServer = net::Address::V4(192, 0, 2, 1);

TEST(Foundation, Rfc8445_5_1_1_3_SameKindSameFoundation) {
  FoundationAssigner foundations;
  const FoundationKey host{CandidateType::kHost, kBase, CandidateTransport::kUdp, {}, {}};
  const FoundationKey reflexive{CandidateType::kServerReflexive, kBase, CandidateTransport::kUdp,
                                kServer, net::Transport::kUdp};
  EXPECT_EQ(foundations.Assign(host), "1");
  EXPECT_EQ(foundations.Assign(reflexive), "2");
  EXPECT_EQ(foundations.Assign(host), "1");
  EXPECT_EQ(foundations.Assign(reflexive), "2");
}

TEST(Foundation, Rfc8445_5_1_1_3_AnyDifferenceMakesAnother) {
  const FoundationKey relayed{CandidateType::kRelayed, kBase, CandidateTransport::kUdp, kServer,
                              net::Transport::kUdp};
  FoundationKey other_type = relayed;
  other_type.type = CandidateType::kServerReflexive;
  FoundationKey other_base = relayed;
  other_base.base = net::Address::V4(10, 0, 0, 2);
  FoundationKey other_transport = relayed;
  other_transport.transport = CandidateTransport::kTcp;
  FoundationKey other_server = relayed;
  other_server.server = net::Address::V4(192, 0, 2, 2);
  FoundationKey other_way_to_server = relayed;
  other_way_to_server.server_transport = net::Transport::kTcp;

  FoundationAssigner foundations;
  EXPECT_EQ(foundations.Assign(relayed), "1");
  EXPECT_EQ(foundations.Assign(other_type), "2");
  EXPECT_EQ(foundations.Assign(other_base), "3");
  EXPECT_EQ(foundations.Assign(other_transport), "4");
  EXPECT_EQ(foundations.Assign(other_server), "5");
  EXPECT_EQ(foundations.Assign(other_way_to_server), "6");
}

}  // namespace
}  // namespace koeru::ice
