// RFC 5928 section 3: which transports, ports and addresses a URI leads to.

#include "native_server/client/discovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace koeru::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const net::Address kOne = net::Address::V4(192, 0, 2, 1);
const net::Address kTwo = net::Address::V4(192, 0, 2, 2);

class FakeNames final : public NameService {
 public:
  HostAnswer LookUpHost(const std::string& name) override {
    ++questions;
    return hosts[name];
  }
  ServiceAnswer LookUpService(const std::string& name) override {
    ++questions;
    return services[name];
  }
  NaptrAnswer LookUpNaptr(const std::string& domain) override {
    ++questions;
    return pointers[domain];
  }
  std::map<std::string, NaptrAnswer> pointers;
  std::map<std::string, HostAnswer> hosts;
  std::map<std::string, ServiceAnswer> services;
  int questions = 0;
};

// "UDP 192.0.2.1:3478", with * for what the URI is mostly for, ! for what only records tell.
std::vector<std::string> Found(std::string_view uri, FakeNames& names) {
  std::vector<std::string> lines;
  const auto parsed = ice::Uri::Parse(uri);
  EXPECT_TRUE(parsed.ok());
  for (const ServerCandidate& one : Discover(*parsed, names).candidates) {
    lines.push_back(std::string(TransportName(one.transport)) + " " + one.endpoint.ToString() +
                    (one.is_asked_for ? "*" : "") + (one.record_host_port.empty() ? "" : "!"));
  }
  return lines;
}

TEST(DiscoveryTest, AnAddressIsNotLookedUpAndABareUriMeansEachTransport) {
  FakeNames names;
  EXPECT_THAT(Found("turn:192.0.2.1", names),
              ElementsAre("UDP 192.0.2.1:3478*", "TCP 192.0.2.1:3478", "TLS 192.0.2.1:5349",
                          "DTLS 192.0.2.1:5349"));
  EXPECT_THAT(Found("turns:[2001:db8::1]:443", names),
              ElementsAre("TLS [2001:db8::1]:443*", "DTLS [2001:db8::1]:443"));
  EXPECT_EQ(names.questions, 0);
}

TEST(DiscoveryTest, ATransportInTheUriIsTheOnlyOne) {
  FakeNames names;
  EXPECT_THAT(Found("turn:192.0.2.1?transport=tcp", names), ElementsAre("TCP 192.0.2.1:3478*"));
  EXPECT_THAT(Found("turns:192.0.2.1?transport=udp", names), ElementsAre("DTLS 192.0.2.1:5349*"));
}

TEST(DiscoveryTest, SrvRecordsGiveHostsAndPortsAndWithoutThemTheNameItselfIsAsked) {
  FakeNames names;
  names.services["_turn._udp.example.org"] = {{{0, 0, 3479, "a.example.org"}}};
  names.services["_turns._tcp.example.org"] = {{{0, 0, 5349, "a.example.org"}}};
  names.hosts["a.example.org"] = {{kOne}};
  names.hosts["example.org"] = {{kTwo}};
  EXPECT_THAT(Found("turn:example.org", names),
              ElementsAre("UDP 192.0.2.1:3479*!", "TCP 192.0.2.2:3478", "TLS 192.0.2.1:5349!",
                          "DTLS 192.0.2.2:5349"));
  // NAPTR, four services, and each of the two hosts once.
  EXPECT_EQ(names.questions, 7);
}

TEST(DiscoveryTest, APortInTheUriMeansThatNoServiceIsAskedFor) {
  FakeNames names;
  names.services["_turn._udp.example.org"] = {{{0, 0, 3479, "a.example.org"}}};
  names.hosts["example.org"] = {{kTwo, kOne}};
  EXPECT_THAT(Found("turn:example.org:99", names),
              ElementsAre("UDP 192.0.2.2:99*", "UDP 192.0.2.1:99*", "TCP 192.0.2.2:99",
                          "TCP 192.0.2.1:99"));
}

TEST(DiscoveryTest, Rfc5928_3_4_NaptrRecordsComeFirstInTheOperatorsOrder) {
  FakeNames names;
  names.pointers["example.org"] = {{{100, 10, "A", "RELAY:turn.tls", "relay.example.org"},
                                    {100, 20, "S", "RELAY:turn.udp", "_turn._udp.example.org"}}};
  names.services["_turn._udp.example.org"] = {{{0, 0, 3479, "relay.example.org"}}};
  names.hosts["relay.example.org"] = {{kOne}};
  names.hosts["example.org"] = {{kTwo}};
  EXPECT_THAT(Found("turn:example.org", names),
              ElementsAre("TLS 192.0.2.1:5349!", "UDP 192.0.2.1:3479*!", "TCP 192.0.2.2:3478",
                          "DTLS 192.0.2.2:5349"));
}

TEST(DiscoveryTest, Rfc5928_3_4_OnlyWhatTheSchemeAllowsIsTakenFromNaptrRecords) {
  FakeNames names;
  names.pointers["example.org"] = {{{1, 1, "A", "RELAY:turn.udp:turn.tls", "relay.example.org"}}};
  names.hosts["relay.example.org"] = {{kOne}};
  EXPECT_THAT(Found("turns:example.org", names), ElementsAre("TLS 192.0.2.1:5349*!"));
}

TEST(DiscoveryTest, NaptrRecordsAreNotAskedForWhereTheUriSaysPortOrTransportOrIsOfStun) {
  for (const char* uri :
       {"turn:example.org:99", "turn:example.org?transport=udp", "stun:example.org"}) {
    FakeNames names;
    names.pointers["example.org"] = {{{1, 1, "A", "RELAY:turn.udp", "relay.example.org"}}};
    names.hosts["relay.example.org"] = {{kOne}};
    EXPECT_THAT(Found(uri, names), IsEmpty()) << uri;
  }
}

TEST(DiscoveryTest, WhatDnsDoesNotKnowOrSayIsInTheLookups) {
  FakeNames names;
  names.hosts["example.org"] = {{}, "Timeout while contacting DNS servers"};
  const Discovery found = Discover(*ice::Uri::Parse("stun:example.org:99"), names);
  EXPECT_THAT(found.candidates, IsEmpty());
  ASSERT_EQ(found.lookups.size(), 1u);
  EXPECT_EQ(found.lookups[0].error, "Timeout while contacting DNS servers");
}

}  // namespace
}  // namespace koeru::server
