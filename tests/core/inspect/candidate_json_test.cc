#include "core/inspect/candidate_json.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace koeru::inspect {
namespace {

std::string JsonOf(std::string_view line) {
  const auto candidate = ice::Candidate::Parse(line);
  return candidate.ok() ? CandidateJson(*candidate)
                        : "error: " + std::string(candidate.error().reason);
}

TEST(CandidateJson, HasEveryFieldOfKoeruJs) {
  EXPECT_EQ(JsonOf("a=candidate:1 1 tcp 1518214911 fe80::1%eth0 9 typ srflx raddr 10.0.0.1 rport 7 "
                   "tcptype active generation 0 ufrag Z+/4 network-id 2 network-cost 10 x y"),
            R"({"prefix":"a=candidate:","foundation":"1","component":1,"transport":"tcp",)"
            R"("priority":1518214911,"address":"fe80::1%eth0","addressType":"ipv6",)"
            R"("zone":"eth0","port":9,"type":"srflx","relatedAddress":"10.0.0.1",)"
            R"("relatedPort":7,"tcpType":"active","generation":0,"usernameFragment":"Z+/4",)"
            R"("networkId":2,"networkCost":10,"extensions":[{"name":"tcptype","value":"active"},)"
            R"({"name":"generation","value":"0"},{"name":"ufrag","value":"Z+/4"},)"
            R"({"name":"network-id","value":"2"},{"name":"network-cost","value":"10"},)"
            R"({"name":"x","value":"y"}],"priorityParts":{"typePreference":90,)"
            R"("localPreference":32286,"component":1}})");
}

TEST(CandidateJson, EndOfCandidatesSaysSo) {
  EXPECT_EQ(JsonOf(""),
            R"({"prefix":"","endOfCandidates":true,"foundation":"","component":1,"transport":"",)"
            R"("priority":0,"address":"","port":0,"type":"","extensions":[]})");
}

TEST(FormatCandidate, WritesTheLineOfItsFields) {
  const std::vector<std::string_view> fields = {
      "candidate:", "842163049", "1",     "udp",   "1677729535", "203.0.113.7", "61665",
      "srflx",      "10.0.0.1",  "61666", "ufrag", "",           "x",           "y"};
  const FormattedCandidate formatted = FormatCandidate(fields);
  ASSERT_TRUE(formatted.ok) << formatted.field << ": " << formatted.error.reason;
  EXPECT_EQ(formatted.line,
            "candidate:842163049 1 udp 1677729535 203.0.113.7 61665 typ srflx raddr 10.0.0.1 rport "
            "61666 ufrag  x y");
}

TEST(FormatCandidate, LeavesOutWhatIsEmpty) {
  const std::vector<std::string_view> fields = {"",    "1", "1",    "udp", "5",
                                                "::1", "9", "host", "",    ""};
  EXPECT_EQ(FormatCandidate(fields).line, "1 1 udp 5 ::1 9 typ host");
}

TEST(FormatCandidate, WritesTheEndOfCandidates) {
  std::vector<std::string_view> fields = {"", "", "1", "", "0", "", "0", "", "", ""};
  EXPECT_TRUE(FormatCandidate(fields).ok);
  EXPECT_EQ(FormatCandidate(fields).line, "");
  fields[0] = "a=end-of-candidates";
  EXPECT_EQ(FormatCandidate(fields).line, "a=end-of-candidates");
  fields[0] = "candidate:";
  EXPECT_FALSE(FormatCandidate(fields).ok);
  EXPECT_EQ(FormatCandidate(fields).field, "foundation");
}

TEST(FormatCandidate, ErrorsNameTheFieldAndThePlaceInIt) {
  const std::vector<std::string_view> kGood = {"candidate:", "1",         "1",          "udp",
                                               "5",          "192.0.2.1", "9",          "srflx",
                                               "10.0.0.1",   "1",         "generation", "0"};
  ASSERT_TRUE(FormatCandidate(kGood).ok);
  struct Bad {
    size_t index;
    std::string_view value;
    std::string_view field;
    size_t offset;
  };
  const Bad kBad[] = {
      {0, "cand:", "prefix", 0},
      {1, "a-b", "foundation", 1},
      {1, "", "foundation", 0},
      {2, "0", "component", 0},
      {3, "u dp", "transport", 1},
      {4, "12x", "priority", 2},
      {5, "192.0.2.1 9 typ host", "address", 9},
      {5, "192.0.2.256", "address", 0},
      {6, "70000", "port", 0},
      {7, "host\n", "type", 4},
      {8, "a..b", "relatedAddress", 2},
      {9, "-1", "relatedPort", 0},
      {10, "", "extensions[0].name", 0},
      {11, "1x", "extensions[0].value", 1},
  };
  for (const Bad& bad : kBad) {
    std::vector<std::string_view> fields = kGood;
    fields[bad.index] = bad.value;
    const FormattedCandidate formatted = FormatCandidate(fields);
    EXPECT_FALSE(formatted.ok) << bad.value;
    EXPECT_EQ(formatted.field, bad.field) << formatted.error.reason;
    EXPECT_EQ(formatted.error.offset, bad.offset) << bad.value << ": " << formatted.error.reason;
  }
}

TEST(FormatCandidate, MissingFieldsAreNamed) {
  std::vector<std::string_view> fields = {"candidate:", "1", "1"};
  EXPECT_EQ(FormatCandidate(fields).field, "transport");
  fields = {"candidate:", "1", "1", "udp", "5", "192.0.2.1", "9", "host", "", "", "lonely"};
  EXPECT_EQ(FormatCandidate(fields).field, "extensions[0].value");
}

}  // namespace
}  // namespace koeru::inspect
