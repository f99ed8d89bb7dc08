#include "native_server/client/naptr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace koeru::server {
namespace {

using net::Transport;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class FakeNames final : public NameService {
 public:
  HostAnswer LookUpHost(const std::string&) override { return {}; }
  ServiceAnswer LookUpService(const std::string&) override { return {}; }
  NaptrAnswer LookUpNaptr(const std::string& domain) override { return pointers[domain]; }
  std::map<std::string, NaptrAnswer> pointers;
};

class NaptrTest : public ::testing::Test {
 protected:
  // "UDP host a.example.org", "TLS service _turns._tcp.example.org".
  std::vector<std::string> Follow() {
    std::vector<std::string> lines;
    for (const NaptrTarget& target : FollowNaptr("example.org", names_, lookups_)) {
      const bool is_host = target.kind == NaptrTarget::Kind::kHost;
      lines.push_back(std::string(TransportName(target.transport)) +
                      (is_host ? " host " : " service ") + target.name);
    }
    return lines;
  }

  FakeNames names_;
  std::vector<Lookup> lookups_;
};

TEST_F(NaptrTest, Rfc5928_4_1_FlagsSayWhatTheReplacementIs) {
  names_.pointers["example.org"] = {{{100, 10, "S", "RELAY:turn.udp", "_turn._udp.example.org"},
                                     {100, 20, "A", "RELAY:turn.tls:turn.tcp", "a.example.org"},
                                     {100, 30, "a", "relay:TURN.dtls", "a.example.org"}}};
  EXPECT_THAT(Follow(), ElementsAre("UDP service _turn._udp.example.org", "TLS host a.example.org",
                                    "TCP host a.example.org", "DTLS host a.example.org"));
  ASSERT_THAT(lookups_, SizeIs(1));
  EXPECT_EQ(lookups_[0].answers[0], "100 10 \"S\" \"RELAY:turn.udp\" _turn._udp.example.org");
}

TEST_F(NaptrTest, Rfc5928_4_2_RecordsWithoutAFlagLeadToOthers) {
  names_.pointers["example.org"] = {{{100, 10, "", "RELAY:turn.udp", "example.net"}}};
  names_.pointers["example.net"] = {{{100, 10, "A", "RELAY:turn.udp", "a.example.net"}}};
  EXPECT_THAT(Follow(), ElementsAre("UDP host a.example.net"));
  EXPECT_THAT(lookups_, SizeIs(2));
}

TEST_F(NaptrTest, OtherServicesAndFlagsAreNotForTurn) {
  names_.pointers["example.org"] = {{{1, 1, "S", "SIP+D2U", "_sip._udp.example.org"},
                                     {1, 2, "U", "RELAY:turn.udp", "a.example.org"},
                                     {1, 3, "A", "RELAY", "a.example.org"},
                                     {1, 4, "A", "RELAY:turn.quic", "a.example.org"},
                                     {1, 5, "A", "", "a.example.org"}}};
  EXPECT_THAT(Follow(), IsEmpty());
}

TEST_F(NaptrTest, ACircleAndALongChainEnd) {
  names_.pointers["example.org"] = {
      {{1, 1, "", "RELAY:turn.udp", "b.example"}, {1, 2, "", "RELAY:turn.udp", "example.org"}}};
  names_.pointers["b.example"] = {{{1, 1, "", "RELAY:turn.udp", "example.org"}}};
  EXPECT_THAT(Follow(), IsEmpty());
  EXPECT_THAT(lookups_, SizeIs(2));

  lookups_.clear();
  std::string from = "example.org";
  for (int i = 0; i < 20; ++i) {
    const std::string to = "n" + std::to_string(i) + ".example";
    names_.pointers[from] = {{{1, 1, "", "RELAY:turn.udp", to}}};
    from = to;
  }
  Follow();
  EXPECT_THAT(lookups_, SizeIs(kMostNaptrQuestions));
}

TEST_F(NaptrTest, AFloodOfRecordsIsCut) {
  for (int i = 0; i < 100; ++i) {
    names_.pointers["example.org"].records.push_back({1, 1, "A", "RELAY:turn.udp:turn.tcp", "a"});
  }
  EXPECT_THAT(Follow(), SizeIs(kMostNaptrTargets));
}

TEST_F(NaptrTest, WhatDnsDoesNotSayIsInTheLookups) {
  names_.pointers["example.org"] = {{}, "refused"};
  EXPECT_THAT(Follow(), IsEmpty());
  EXPECT_EQ(lookups_[0].error, "refused");
}

}  // namespace
}  // namespace koeru::server
