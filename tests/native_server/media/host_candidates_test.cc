#include "native_server/media/host_candidates.h"

#include <gtest/gtest.h>

#include "core/ice/candidate.h"

namespace koeru::server {
namespace {

net::Endpoint At(std::string_view text) { return *net::Endpoint::Parse(text); }

TEST(HostCandidates, AreLinesThatAgentsRead) {
  for (const std::string_view endpoint : {"192.0.2.1:3478", "[2001:db8::1]:3478"}) {
    const std::string line = HostCandidateLine(At(endpoint), 2);
    const auto candidate = ice::Candidate::Parse(line);
    ASSERT_TRUE(candidate.ok()) << line;
    EXPECT_EQ(candidate->priority, HostPriority(At(endpoint), 2));
    EXPECT_EQ(candidate->port, 3478);
    EXPECT_EQ(candidate->component, 1);
  }
}

TEST(HostCandidates, Ipv6ComesFirstAndThenTheOrderOfTheList) {
  EXPECT_GT(HostPriority(At("[2001:db8::1]:1"), 7), HostPriority(At("192.0.2.1:1"), 0));
  EXPECT_GT(HostPriority(At("192.0.2.1:1"), 0), HostPriority(At("192.0.2.2:1"), 1));
}

TEST(HostCandidates, OverTcpAreTheLastAndPassive) {
  const std::string line = HostCandidateLine(At("192.0.2.1:3478"), 0, net::Transport::kTcp);
  const auto candidate = ice::Candidate::Parse(line);
  ASSERT_TRUE(candidate.ok()) << line;
  EXPECT_EQ(candidate->transport, ice::CandidateTransport::kTcp);
  EXPECT_TRUE(line.ends_with(" typ host tcptype passive"));
  EXPECT_LT(candidate->priority, HostPriority(At("192.0.2.1:1"), 1000));
}

TEST(HostCandidates, AnyPlaceIsAboveWhatAPeerReflexiveOneHas) {
  EXPECT_GT(HostPriority(At("192.0.2.1:1"), 1'000'000), 110u << 24);
}

}  // namespace
}  // namespace koeru::server
