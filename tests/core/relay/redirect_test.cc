// ALTERNATE-SERVER: RFC 8489 section 10.

#include <gtest/gtest.h>

#include <map>

#include "core/stun/attribute_type.h"
#include "core/stun/attributes/alternate_domain.h"
#include "core/stun/attributes/alternate_server.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

class RedirectTest : public ::testing::Test {
 protected:
  void Offer(std::initializer_list<std::string_view> servers,
             net::Transport transport = net::Transport::kUdp) {
    for (const std::string_view server : servers) {
      h_.config.alternate_servers[static_cast<size_t>(transport)].push_back(Ep(server));
    }
  }
  // Where an Allocate request is sent; empty when it is served here (401).
  std::string Sent(ScriptedClient& client) {
    if (h_.Ask(client, stun::Method::kAllocate, RelayHarness::Udp()) != 300) return "";
    return h_.Get<stun::AlternateServer>()->endpoint.ToString();
  }

  RelayHarness h_;
  ScriptedClient client_ = h_.Client("192.0.2.1:50000");
};

TEST_F(RedirectTest, Rfc8489_10_AnswersAllocateWith300BeforeAuthentication) {
  Offer({"203.0.113.1:3478"});
  EXPECT_EQ(Sent(client_), "203.0.113.1:3478");
  EXPECT_FALSE(h_.ReplyHas(stun::attribute_type::kAlternateDomain));
  EXPECT_FALSE(h_.ReplyHas(stun::attribute_type::kNonce));
  EXPECT_EQ(h_.relay().counters().redirected, 1u);
}

TEST_F(RedirectTest, TakesEachInItsTurnAndDuplicatesMoreOften) {
  Offer({"203.0.113.1:1", "203.0.113.2:2", "203.0.113.1:1"});
  std::map<std::string, int> count;
  for (int i = 0; i < 30; ++i) ++count[Sent(client_)];
  EXPECT_EQ(count, (std::map<std::string, int>{{"203.0.113.1:1", 20}, {"203.0.113.2:2", 10}}));
}

TEST_F(RedirectTest, Rfc8489_14_15_NamesServersOfTheClientsFamilyOnly) {
  Offer({"203.0.113.1:1", "[2001:db8::1]:2"});
  ScriptedClient v6 = h_.Client("[2001:db8::9]:50000");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Sent(client_), "203.0.113.1:1");
    EXPECT_EQ(Sent(v6), "[2001:db8::1]:2");
  }
}

TEST_F(RedirectTest, ServesClientsItself) {
  EXPECT_EQ(Sent(client_), "") << "without alternate servers";
  RelayHarness h;
  h.config.alternate_servers[0] = {Ep("[2001:db8::1]:2")};
  EXPECT_EQ(h.Allocate(client_), 0) << "without one of the client's family";
}

TEST_F(RedirectTest, EachTransportHasItsOwn) {
  Offer({"203.0.113.9:5349"}, net::Transport::kTls);
  EXPECT_EQ(Sent(client_), "");
  client_.five_tuple.transport = net::Transport::kTls;
  EXPECT_EQ(Sent(client_), "203.0.113.9:5349");
}

TEST_F(RedirectTest, Rfc8489_10_NamesTheDomainForTheCertificate) {
  h_.config.alternate_domain = "turn2.example.org";
  Offer({"203.0.113.1:3478"});
  Sent(client_);
  EXPECT_EQ(h_.Get<stun::AlternateDomain>()->domain, "turn2.example.org");
}

TEST_F(RedirectTest, AnswersBindingItself) {
  Offer({"203.0.113.1:3478"});
  EXPECT_EQ(h_.Ask(client_, stun::Method::kBinding), 0);
}

TEST_F(RedirectTest, IsHeldBackByTheAmplificationLimiter) {
  h_.config.amplification_bytes_per_second = 1000;
  Offer({"203.0.113.1:3478"});
  int answered = 0;
  for (int i = 0; i < 1000; ++i) answered += !Sent(client_).empty();
  EXPECT_LT(answered, 200);
}

}  // namespace
TEST_F(RedirectTest, ClientsOfAnAuxiliaryServerAddressStay) {
  Offer({"203.0.113.1:1", "[2001:db8::1]:2"});
  h_.config.not_redirected = {Ep("5.5.5.1:3480"), Ep("[::]:3481")};
  EXPECT_EQ(Sent(client_), "203.0.113.1:1");
  client_.five_tuple.server.endpoint.port = 3480;
  EXPECT_EQ(Sent(client_), "");
  ScriptedClient v6 = h_.Client("[2001:db8::9]:50000");
  v6.five_tuple.server.endpoint.port = 3480;
  EXPECT_EQ(Sent(v6), "[2001:db8::1]:2");
  v6.five_tuple.server.endpoint.port = 3481;
  EXPECT_EQ(Sent(v6), "");
}

}  // namespace koeru::relay::testing
