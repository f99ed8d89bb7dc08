#include "core/inspect/candidate_tree.h"

#include <gtest/gtest.h>

#include "tests/core/inspect/tree_helpers.h"

namespace koeru::inspect {
namespace {

constexpr std::string_view kLine =
    "candidate:842163049 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 10.0.0.1 rport 61665 "
    "generation 0 ufrag EsAw network-id 1 network-cost 10";

// The node's bytes are the words that it tells of.
TEST(CandidateTree, EveryNodeStandsOnItsWords) {
  const Node tree = InspectCandidate(kLine);
  const auto text = [&](std::string_view label) {
    const Node* node = Find(tree, label);
    return node == nullptr ? std::string_view("(missing)") : kLine.substr(node->offset, node->size);
  };
  EXPECT_EQ(text("foundation"), "842163049");
  EXPECT_EQ(text("component"), "1");
  EXPECT_EQ(text("transport"), "udp");
  EXPECT_EQ(text("priority"), "1677729535");
  EXPECT_EQ(text("address"), "203.0.113.7");
  EXPECT_EQ(text("port"), "61665");
  EXPECT_EQ(text("type"), "typ srflx");
  EXPECT_EQ(text("raddr"), "raddr 10.0.0.1");
  EXPECT_EQ(text("network-cost"), "network-cost 10");
  EXPECT_EQ(ValueOf(tree, "type preference"), "100");
}

TEST(CandidateTree, ABrokenLineShowsTheFieldsUpToTheError) {
  const Node tree = InspectCandidate("1 1 udp 1 192.0.2.1 99999 typ host", 50);
  EXPECT_TRUE(HasRemark(tree, Severity::kError));
  EXPECT_NE(tree.remarks[0].text.find("(at byte 70)"), std::string::npos);
  EXPECT_EQ(ValueOf(tree, "address"), "192.0.2.1");
  EXPECT_EQ(ValueOf(tree, "port"), "99999");
  EXPECT_EQ(ValueOf(tree, "not read"), "typ host");
  ExpectSound(tree, 50, 50 + 34);
}

TEST(CandidateTree, EveryTruncationGivesASoundTree) {
  ExpectSoundTruncations(ToHex(AsBytes(kLine)),
                         [](Bytes bytes) { return InspectCandidate(AsText(bytes)); });
}

TEST(CandidateTree, StrangeBytesAreEscaped) {
  const Node tree = InspectCandidate("candidate:1 1 \x1b[2J 1 \xFF 9 typ host");
  ExpectSound(tree, 0, tree.size);
  EXPECT_EQ(ValueOf(tree, "transport"), "\\x1b[2J");
}

// RFC 8839 section 5.1, RFC 6544 section 4.5.
TEST(CandidateTree, WarnsOfWhatIsMissing) {
  EXPECT_NE(RemarksOf(InspectCandidate("1 1 udp 1 192.0.2.1 9 typ relay"), "type")
                .find("raddr and rport are missing"),
            std::string::npos);
  EXPECT_TRUE(HasRemark(InspectCandidate("1 1 tcp 1 192.0.2.1 9 typ host"), Severity::kWarning));
  EXPECT_FALSE(HasRemark(InspectCandidate("1 1 tcp 1 192.0.2.1 9 typ host tcptype passive"),
                         Severity::kWarning));
}

TEST(CandidateTree, TheEndOfCandidatesIsNoError) {
  for (std::string_view line : {"", "end-of-candidates", "a=end-of-candidates"}) {
    EXPECT_EQ(InspectCandidate(line).value, "end of candidates");
    EXPECT_FALSE(HasRemark(InspectCandidate(line), Severity::kError));
  }
}

}  // namespace
}  // namespace koeru::inspect
