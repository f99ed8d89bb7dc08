#pragma once

// A relay that serves DTLS on a free port of loopback, and the door that does its handshakes.

#include "native_server/door/dtls_door.h"
#include "tests/native_server/tls/dtls_test_support.h"
#include "tests/native_server/worker/test_server.h"

namespace koeru::server {

class DtlsTestServer {
 public:
  explicit DtlsTestServer(const TestServer::Change& change = {}, const DtlsLimits& limits = {})
      : door_(OpenDoor(limits)), relay_([this, &change](auto& config, auto& options) {
          options.on_dtls_stranger = [this](size_t worker, const net::FiveTuple& five_tuple,
                                            Bytes datagram) {
            door_->Knock(worker, five_tuple, datagram);
          };
          if (change) change(config, options);
        }) {
    door_->Start([this](size_t worker, DtlsAnswer answer) {
      relay_.server().AdoptDtls(worker, std::move(answer));
    });
  }
  ~DtlsTestServer() { door_->Stop(); }

  const std::string& certificate_file() const { return files_.certificate_file; }
  TestClient NewClient(net::Family family = net::Family::kIpv4) const {
    return TestClient(relay_.endpoint(family),
                      family == net::Family::kIpv6 ? TestServer::V6() : TestServer::V4(),
                      DtlsClientContext());
  }
  TestClient NewUdpClient() const { return relay_.NewClient(); }
  RelayServer& relay() { return relay_.server(); }
  DtlsDoor& door() { return *door_; }
  uint16_t port() const { return relay_.port(); }
  // The next certificate, in the files of the first.
  void RenewCertificate() {
    ASSERT_TRUE(std::filesystem::remove(files_.certificate_file));
    MakeCertificate(directory_.path());
  }

 private:
  std::unique_ptr<DtlsDoor> OpenDoor(const DtlsLimits& limits) {
    files_ = MakeCertificate(directory_.path());
    auto door = DtlsDoor::Open({.certificate_file = files_.certificate_file,
                                .key_file = files_.key_file,
                                .limits = limits});
    EXPECT_TRUE(door.ok()) << door.status();
    return *std::move(door);
  }

  TemporaryDirectory directory_;
  SelfSignedCertificate files_;
  std::unique_ptr<DtlsDoor> door_;
  TestServer relay_;
};

}  // namespace koeru::server
