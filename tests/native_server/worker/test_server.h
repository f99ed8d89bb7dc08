#pragma once

// A relay server on a free port of the loopback interface, open to everybody.

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <thread>

#include "native_server/worker/relay_server.h"
#include "tests/native_server/worker/turn_test_client.h"

namespace koeru::server {

class TestServer {
 public:
  using Change = std::function<void(relay::RelayConfig&, RelayServerOptions&)>;

  explicit TestServer(const Change& change = {}) {
    relay::RelayConfig config;
    config.realm = "test";
    config.anonymous = true;
    config.nonce_key.assign(32, 7);
    config.allow_loopback_peers = true;
    config.amplification_bytes_per_second = 0;
    for (const net::Address& address : {V4(), V6()}) {
      config.relay_addresses.push_back({.local = address, .advertised = address});
      config.own_addresses.push_back(address);
    }
    port_ = TestSocket({net::Address::Any(net::Family::kIpv4), 0}).local().port;
    RelayServerOptions options{.workers = 1,
                               .listen = {{V4(), port_}, {V6(), port_}},
                               .offload = DetectOffload()};
    if (change) change(config, options);
    server_ = std::make_unique<RelayServer>(config, options);
    const absl::Status started = server_->Start();
    EXPECT_TRUE(started.ok()) << started;
  }

  static net::Address V4() { return net::Address::V4(127, 0, 0, 1); }
  static net::Address V6() { return *net::Address::Parse("::1"); }
  net::Endpoint endpoint(net::Family family = net::Family::kIpv4) const {
    return {family == net::Family::kIpv6 ? V6() : V4(), port_};
  }
  TestClient NewClient(net::Family family = net::Family::kIpv4) const {
    return TestClient(endpoint(family), family == net::Family::kIpv6 ? V6() : V4());
  }
  RelayServer& server() { return *server_; }
  uint16_t port() const { return port_; }

 private:
  uint16_t port_ = 0;
  std::unique_ptr<RelayServer> server_;
};

// Counters are published at the end of a turn of the loop, after the packet was sent.
template <typename Condition>
bool Eventually(Condition condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace koeru::server
