#include "core/ice/candidate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace koeru::ice {
namespace {

// As browsers and other agents write them.
constexpr std::string_view kRealCandidates[] = {
    // RFC 8839 section 5.1's examples.
    "a=candidate:1 1 UDP 2130706431 203.0.113.141 8998 typ host",
    "a=candidate:2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998",
    // RFC 6544 appendix C: TCP.
    "a=candidate:3 1 TCP 2105458942 10.0.1.1 9 typ host tcptype active",
    "a=candidate:5 1 TCP 1684797438 192.0.2.3 9 typ srflx raddr 10.0.1.1 rport 9 tcptype active",
    // Chromium.
    "candidate:842163049 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 10.0.0.1 rport 61665 "
    "generation 0 ufrag EsAw network-id 1 network-cost 10",
    "candidate:2486288634 1 udp 2113937151 0b0d0e0f-d9f2-4f3c-9d2b-7f7a0c2c9a11.local 53705 typ "
    "host generation 0 ufrag 2Rjb network-cost 999",
    "candidate:1467250027 1 tcp 1518214911 2001:db8::7 9 typ host tcptype active generation 0 "
    "ufrag Z+/4 network-id 2",
    "candidate:3498147984 1 udp 8191 198.51.100.9 49152 typ relay raddr 0.0.0.0 rport 0 "
    "generation 0 ufrag EsAw network-cost 999",
    // Firefox.
    "candidate:0 1 UDP 2122252543 8bf9d8f3-7c32-4a4a-b6ef-6c2dbb3a0f2c.local 58731 typ host",
    "candidate:1 1 UDP 1686052863 203.0.113.7 58731 typ srflx raddr 0.0.0.0 rport 0",
    // Without a prefix, with a zone, with a name, with extensions that nobody knows.
    "1 2 udp 1 fe80::1%eth0 65535 typ host",
    "candidate:+/ab09 256 DCCP 2147483647 turn.example.org 0 typ token",
    "candidate:1 1 udp 1 192.0.2.1 1 typ host x-one 1 x-two (2) x-one again",
    "candidate:1 1 udp 1 192.0.2.1 1 typ host ufrag  generation 0",
    "candidate:1 1 udp 1 192.0.2.1 1 typ prflx rport 9 tcptype so raddr odd.place",
    // The end.
    "",
    "end-of-candidates",
    "a=end-of-candidates",
};

TEST(Candidate, PrintsBackEveryByteOfWhatBrowsersWrite) {
  for (std::string_view line : kRealCandidates) {
    const auto candidate = Candidate::Parse(line);
    ASSERT_TRUE(candidate.ok()) << line << ": " << candidate.error().reason << " at "
                                << candidate.error().offset;
    EXPECT_EQ(candidate->ToString(), line);
  }
}

TEST(Candidate, EveryTruncationIsAnErrorOrPrintsBack) {
  for (std::string_view line : kRealCandidates) {
    for (size_t size = 0; size < line.size(); ++size) {
      const std::string_view cut = line.substr(0, size);
      const auto candidate = Candidate::Parse(cut);
      if (candidate.ok()) {
        EXPECT_EQ(candidate->ToString(), cut);
      } else {
        EXPECT_LE(candidate.error().offset, cut.size()) << cut;
        EXPECT_FALSE(candidate.error().reason.empty()) << cut;
      }
    }
  }
}

TEST(Candidate, ReadsEveryField) {
  const auto c = Candidate::Parse(
      "candidate:842163049 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 10.0.0.1 rport 61666 "
      "generation 3 ufrag EsAw network-id 1 network-cost 10");
  ASSERT_TRUE(c.ok());
  EXPECT_FALSE(c->end_of_candidates);
  EXPECT_EQ(c->prefix, "candidate:");
  EXPECT_EQ(c->foundation, "842163049");
  EXPECT_EQ(c->component, 1);
  EXPECT_EQ(c->transport, CandidateTransport::kUdp);
  EXPECT_EQ(c->priority, 1677729535u);
  EXPECT_EQ(c->host.kind, HostKind::kIpv4);
  EXPECT_EQ(c->host.address, net::Address::V4(203, 0, 113, 7));
  EXPECT_EQ(c->port, 61665);
  EXPECT_EQ(c->type, CandidateType::kServerReflexive);
  ASSERT_TRUE(c->related_host);
  EXPECT_EQ(c->related_host->text, "10.0.0.1");
  EXPECT_EQ(c->related_port, 61666);
  EXPECT_EQ(c->generation(), 3u);
  EXPECT_EQ(c->ufrag(), "EsAw");
  EXPECT_EQ(c->network_id(), 1);
  EXPECT_EQ(c->network_cost(), 10);
  EXPECT_FALSE(c->tcp_type());
  EXPECT_EQ(c->extensions.size(), 4u);
}

TEST(Candidate, ClassifiesAddresses) {
  const auto kind = [](std::string_view address) {
    const std::string line = "1 1 udp 1 " + std::string(address) + " 9 typ host";
    const auto c = Candidate::Parse(line);
    EXPECT_TRUE(c.ok()) << line;
    return c.ok() ? c->host.kind : HostKind::kName;
  };
  EXPECT_EQ(kind("192.0.2.1"), HostKind::kIpv4);
  EXPECT_EQ(kind("2001:DB8::1"), HostKind::kIpv6);
  EXPECT_EQ(kind("::ffff:192.0.2.1"), HostKind::kIpv6);
  EXPECT_EQ(kind("host.example"), HostKind::kName);
  EXPECT_EQ(kind("4b2f.LOCAL"), HostKind::kMdns);
  const auto zoned = Candidate::Parse("1 1 udp 1 fe80::1%eth0 9 typ host");
  ASSERT_TRUE(zoned.ok());
  EXPECT_EQ(zoned->host.kind, HostKind::kIpv6);
  EXPECT_EQ(zoned->host.zone, "eth0");
  EXPECT_EQ(zoned->host.address->ToString(), "fe80::1");
}

// RFC 5234 section 2.3: literal text of a grammar is case-insensitive.
TEST(Candidate, KnowsTypesAndTransportsInAnyCase) {
  const auto c = Candidate::Parse("1 1 TcP 1 192.0.2.1 9 typ RELAY tcptype Passive");
  ASSERT_TRUE(c.ok());
  EXPECT_EQ(c->transport, CandidateTransport::kTcp);
  EXPECT_EQ(c->type, CandidateType::kRelayed);
  EXPECT_EQ(c->tcp_type(), TcpType::kPassive);
}

TEST(Candidate, KeepsUnknownTypesAndTransports) {
  const auto c = Candidate::Parse("1 1 quic 1 192.0.2.1 9 typ tunnelled");
  ASSERT_TRUE(c.ok());
  EXPECT_EQ(c->transport, CandidateTransport::kUnknown);
  EXPECT_EQ(c->transport_text, "quic");
  EXPECT_EQ(c->type, CandidateType::kUnknown);
  EXPECT_EQ(c->type_text, "tunnelled");
}

TEST(Candidate, EmptyTextSaysThatNoMoreWillCome) {
  const auto c = Candidate::Parse("");
  ASSERT_TRUE(c.ok());
  EXPECT_TRUE(c->end_of_candidates);
}

}  // namespace
}  // namespace koeru::ice
