#pragma once

// A demo on ports of its own, with a media peer, and a place for its certificate.

#include <gtest/gtest.h>

#include "tests/native_server/main/program.h"
#include "tests/native_server/tls/tls_test_support.h"

namespace koeru::tools {

class DemoRelayTest : public ::testing::Test {
 protected:
  void StartRelay(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"--demo",
                                          "--listening-ip=" + ip_,
                                          "--listening-port=" + port_,
                                          "--tls-listening-port=" + tls_port_,
                                          "--https-port=" + https_port_,
                                          "--http-port=0",
                                          "--state-dir=" + directory_.path()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    relay_ = std::make_unique<server::Program>(std::move(arguments));
    EXPECT_TRUE(relay_->WaitFor("ready\n")) << relay_->printed();
  }
  std::string Url() const { return "wss://localhost:" + https_port_ + "/"; }
  std::string Authority() const { return directory_.path() + "/cert.pem"; }

  std::string ip_ = "127.0.0.1";
  server::TemporaryDirectory directory_;
  const std::string port_ = std::to_string(server::FreePort());
  const std::string tls_port_ = std::to_string(server::FreePort());
  const std::string https_port_ = std::to_string(server::FreePort());
  std::unique_ptr<server::Program> relay_;
};

}  // namespace koeru::tools
