// The errors of Candidate::Parse(); candidate_test.cc has what it accepts.

#include <gtest/gtest.h>

#include "core/ice/candidate.h"

namespace koeru::ice {
namespace {

struct BadCandidate {
  std::string_view line;
  size_t offset;
  std::string_view part_of_reason;
};

class BadCandidates : public testing::TestWithParam<BadCandidate> {};

TEST_P(BadCandidates, AreErrorsThatSayWhereAndWhatToDo) {
  const auto& [line, offset, part] = GetParam();
  const auto c = Candidate::Parse(line);
  ASSERT_FALSE(c.ok()) << line;
  EXPECT_EQ(c.error().offset, offset) << c.error().reason;
  EXPECT_NE(c.error().reason.find(part), std::string_view::npos) << c.error().reason;
}

INSTANTIATE_TEST_SUITE_P(
    Candidate, BadCandidates,
    testing::Values(
        BadCandidate{"candidate:", 10, "the foundation is missing"},
        BadCandidate{"candidate: 1 udp 1 192.0.2.1 9 typ host", 10, "an extra space"},
        BadCandidate{"candidate:1", 11, "the component is missing"},
        BadCandidate{"candidate:a-b 1 udp 1 192.0.2.1 9 typ host", 11, "a foundation has letters"},
        BadCandidate{"123456789012345678901234567890123 1 udp 1 192.0.2.1 9 typ host", 32,
                     "at most 32"},
        BadCandidate{"1 0 udp 1 192.0.2.1 9 typ host", 2, "1 to 256"},
        BadCandidate{"1 257 udp 1 192.0.2.1 9 typ host", 2, "1 to 256"},
        BadCandidate{"1 01 udp 1 192.0.2.1 9 typ host", 2, "leading zeros"},
        BadCandidate{"1 1x udp 1 192.0.2.1 9 typ host", 3, "1 to 256"},
        BadCandidate{"1 1 u(p 1 192.0.2.1 9 typ host", 5, "transport is a token"},
        BadCandidate{"1 1 udp 0 192.0.2.1 9 typ host", 8, "1 to 2147483647"},
        BadCandidate{"1 1 udp 2147483648 192.0.2.1 9 typ host", 8, "1 to 2147483647"},
        BadCandidate{"1 1 udp 99999999999999999999 192.0.2.1 9 typ host", 18, "1 to 2147483647"},
        BadCandidate{"1 1 udp 1 192.0.2.256 9 typ host", 10, "not an IPv4 address"},
        BadCandidate{"1 1 udp 1 2001::db8::1 9 typ host", 20, "'::' may stand only once"},
        BadCandidate{"1 1 udp 1 fe80::1% 9 typ host", 17, "empty zone"},
        BadCandidate{"1 1 udp 1 ho$t 9 typ host", 12, "no domain name has"},
        BadCandidate{"1 1 udp 1 192.0.2.1 65536 typ host", 20, "0 to 65535"},
        BadCandidate{"1 1 udp 1 192.0.2.1 9 type host", 22, "expected 'typ'"},
        BadCandidate{"1 1 udp 1 192.0.2.1 9 TYP host", 22, "lower case"},
        BadCandidate{"1 1 udp 1 192.0.2.1 9 typ", 25, "the type is missing"},
        BadCandidate{"1 1 udp 1 192.0.2.1 9 typ host ", 31, "a space at the end"},
        BadCandidate{"1 1  udp 1 192.0.2.1 9 typ host", 4, "an extra space"},
        BadCandidate{"1 1 udp 1 192.0.2.1 9 typ host foo", 34, "extension without a value"},
        BadCandidate{"1 1 udp 1 192.0.2.1 9 typ srflx raddr x..y rport 1", 40, "empty label"},
        BadCandidate{"1 1 udp 1 192.0.2.1 9 typ srflx raddr 10.0.0.1 rport -1", 53, "rport"},
        BadCandidate{"1 1 tcp 1 192.0.2.1 9 typ host tcptype both", 39, "active, passive, so"},
        BadCandidate{"1 1 udp 1 192.0.2.1 9 typ host generation x", 42, "generation"},
        BadCandidate{"1 1 udp 1 192.0.2.1 9 typ host ufrag a b(c d", 40, "name of an extension"},
        BadCandidate{"1 1 udp 1 192.0.2.1 9 typ host ufrag a_b", 38, "a ufrag has letters"},
        BadCandidate{"1 1 udp 1 192.0.2.1 9 typ host\r\n", 30, "a line break"},
        BadCandidate{"1 1 udp 1 192.0.2.1\t9 typ host", 19, "not visible ASCII"},
        BadCandidate{"1 1 udp 1 b\xC3\xBC.example 9 typ host", 11, "not visible ASCII"}));

}  // namespace
}  // namespace koeru::ice
