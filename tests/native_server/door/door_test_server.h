#pragma once

// A door on free ports of loopback whose TURN connections go to a relay.

#include <atomic>

#include "native_server/door/door.h"
#include "tests/native_server/tls/tls_test_support.h"
#include "tests/native_server/worker/test_server.h"

namespace koeru::server {

class DoorTestServer {
 public:
  using ChangeDoor = std::function<void(DoorOptions&)>;

  explicit DoorTestServer(const ChangeDoor& change_door = {},
                          const TestServer::Change& change_relay = {})
      : relay_(change_relay) {
    DoorOptions options;
    options.endpoints = {
        {.where = {"127.0.0.1", 0}, .lets_in = {.turn = true, .turn_tls = true, .https = true}},
        {.where = {"::1", 0}, .lets_in = {.turn = true, .turn_tls = true, .https = true}}};
    options.certificate_file = Certificate().certificate_file;
    options.key_file = Certificate().key_file;
    if (change_door) change_door(options);
    auto door = Door::Open(options);
    EXPECT_TRUE(door.ok()) << door.status();
    door_ = *std::move(door);
    door_->Start({.turn = [this](StreamConnection turn) { relay_.server().Adopt(std::move(turn)); },
                  .https = [this](HttpsArrival) { ++https; },
                  .plain_http = [this](PlainHttpArrival) { ++plain_http; }});
  }
  // Nothing comes in any more when the relay goes.
  ~DoorTestServer() { door_->Stop(); }

  static const SelfSignedCertificate& Certificate() {
    static const TemporaryDirectory state;
    static const SelfSignedCertificate files = MakeCertificate(state.path());
    return files;
  }
  static std::shared_ptr<const TlsContext> ClientTls(std::vector<std::string> alpn = {},
                                                     TlsVersion highest = TlsVersion::k1_3) {
    return *TlsContext::ForClient({.alpn = std::move(alpn), .highest = highest});
  }

  net::Endpoint endpoint(net::Family family = net::Family::kIpv4) const {
    return family == net::Family::kIpv6 ? net::Endpoint{TestServer::V6(), door_->ports().at(1)}
                                        : net::Endpoint{TestServer::V4(), door_->ports().at(0)};
  }
  TestClient NewClient(std::shared_ptr<const TlsContext> tls = nullptr,
                       net::Family family = net::Family::kIpv4) const {
    return TestClient(endpoint(family),
                      family == net::Family::kIpv6 ? TestServer::V6() : TestServer::V4(),
                      std::make_unique<TestStream>(endpoint(family), std::move(tls)));
  }
  TestClient NewUdpClient() const { return relay_.NewClient(); }
  RelayServer& relay() { return relay_.server(); }
  Door& door() { return *door_; }

  std::atomic<int> https{0}, plain_http{0};

 private:
  TestServer relay_;
  std::unique_ptr<Door> door_;
};

}  // namespace koeru::server
