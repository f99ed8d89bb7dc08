// RFC 5780 sections 4.3 and 4.4 against NATs that are made of two rules.

#include "core/nat/behaviour_discovery.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <tuple>
#include <vector>

namespace koeru::nat {
namespace {

using enum Behaviour;

net::Endpoint Ep(std::string_view text) { return *net::Endpoint::Parse(text); }

const net::Endpoint kServer = Ep("198.51.100.1:3478"), kOther = Ep("198.51.100.2:3479");

// A NAT in front of a server with all four endpoints.
class World {
 public:
  World(Behaviour mapping, Behaviour filtering) : mapping_(mapping), filtering_(filtering) {}

  std::optional<Answer> Ask(const Question& question) {
    const net::Endpoint local{*net::Address::Parse("10.0.0.2"),
                              static_cast<uint16_t>(5000 + question.socket)};
    const net::Endpoint& to = question.to;
    contacted_[question.socket].insert(to);
    // Endpoints of the server are told apart by these two.
    net::Endpoint from = to;
    if (question.change.change_ip) {
      from.address = from.address == kServer.address ? kOther.address : kServer.address;
    }
    if (question.change.change_port) {
      from.port = from.port == kServer.port ? kOther.port : kServer.port;
    }
    if (!Passes(question.socket, from)) return std::nullopt;
    const net::Endpoint other{to.address == kServer.address ? kOther.address : kServer.address,
                              to.port == kServer.port ? kOther.port : kServer.port};
    return Answer{local, Mapped(question.socket, to), other};
  }

 private:
  net::Endpoint Mapped(int socket, const net::Endpoint& to) {
    const auto address = mapping_ == kEndpointIndependent ? net::Address() : to.address;
    const uint16_t port = mapping_ == kAddressAndPortDependent ? to.port : uint16_t{0};
    const auto [found, is_new] = mappings_.try_emplace(
        {socket, address, port}, static_cast<uint16_t>(20000 + mappings_.size()));
    return {*net::Address::Parse("203.0.113.1"), found->second};
  }
  bool Passes(int socket, const net::Endpoint& from) {
    if (filtering_ == kEndpointIndependent) return true;
    for (const net::Endpoint& to : contacted_[socket]) {
      if (to == from) return true;
      if (filtering_ == kAddressDependent && to.address == from.address) return true;
    }
    return false;
  }

  Behaviour mapping_, filtering_;
  std::map<std::tuple<int, net::Address, uint16_t>, uint16_t> mappings_;
  std::map<int, std::set<net::Endpoint>> contacted_;
};

BehaviourDiscovery Discover(World& world) {
  BehaviourDiscovery discovery(kServer);
  int questions = 0;
  while (const auto question = discovery.Next()) {
    EXPECT_LE(++questions, 6);
    if (const auto answer = world.Ask(*question)) {
      discovery.OnAnswer(*answer);
    } else {
      discovery.OnSilence();
    }
  }
  return discovery;
}

TEST(BehaviourDiscovery, Rfc5780_4_3_And_4_4_TellAllBehavioursApart) {
  const Behaviour all[] = {kEndpointIndependent, kAddressDependent, kAddressAndPortDependent};
  for (const Behaviour mapping : all) {
    for (const Behaviour filtering : all) {
      World world(mapping, filtering);
      const BehaviourDiscovery found = Discover(world);
      EXPECT_EQ(found.mapping(), mapping);
      EXPECT_EQ(found.filtering(), filtering);
      EXPECT_TRUE(found.is_behind_nat());
    }
  }
}

TEST(BehaviourDiscovery, Rfc5780_4_3_WithoutANatNeedsOneTestOfMapping) {
  BehaviourDiscovery discovery(kServer);
  discovery.OnAnswer({Ep("192.0.2.9:5000"), Ep("192.0.2.9:5000"), kOther});
  EXPECT_FALSE(discovery.is_behind_nat());
  EXPECT_EQ(discovery.mapping(), kEndpointIndependent);
  EXPECT_EQ(discovery.Next()->socket, 1) << "a firewall may filter all the same";
}

TEST(BehaviourDiscovery, Rfc5780_4_3_WithoutOtherAddressNothingIsKnown) {
  BehaviourDiscovery discovery(kServer);
  discovery.OnAnswer({Ep("10.0.0.2:5000"), Ep("203.0.113.1:20000"), std::nullopt});
  EXPECT_FALSE(discovery.Next().has_value());
  EXPECT_EQ(discovery.mapping(), kUnknown);
  EXPECT_EQ(discovery.filtering(), kUnknown);
}

TEST(BehaviourDiscovery, AServerThatIsSilentEndsIt) {
  BehaviourDiscovery discovery(kServer);
  discovery.OnSilence();
  EXPECT_FALSE(discovery.Next().has_value());
}

TEST(BehaviourDiscovery, ASecondAddressThatIsSilentLeavesMappingOpen) {
  BehaviourDiscovery discovery(kServer);
  discovery.OnAnswer({Ep("10.0.0.2:5000"), Ep("203.0.113.1:20000"), kOther});
  discovery.OnSilence();
  EXPECT_EQ(discovery.mapping(), kUnknown);
  EXPECT_EQ(discovery.Next()->socket, 1);
}

}  // namespace
}  // namespace koeru::nat
