// A WebServer on free ports of loopback, with a small page below a directory that goes away.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "native_server/web/web_server.h"
#include "tests/native_server/tls/tls_test_support.h"
#include "tests/native_server/web/web_test_client.h"

namespace koeru::server::web {

class WebServerTest : public testing::Test {
 protected:
  WebServerTest() {
    std::filesystem::create_directories(directory_ / "dist");
    std::filesystem::create_directories(directory_ / "demo/call");
    directory_.Write("secret.txt", "not for the web");
    directory_.Write("dist/koeru.wasm", std::string("\0asm", 4));
    directory_.Write("dist/koeru.js", "var Koeru;");
    directory_.Write("demo/index.html", "<!doctype html>demo");
    directory_.Write("demo/call/index.html", "<!doctype html>call");
    directory_.Write("demo/.env", "password");
    const SelfSignedCertificate files = Certificate();
    door_options_.endpoints = {
        {.where = {"127.0.0.1", 0}, .lets_in = {.https = true}},
        {.where = {"127.0.0.1", 0}, .lets_in = {.redirect = true}},
    };
    door_options_.certificate_file = files.certificate_file;
    door_options_.key_file = files.key_file;
    options_.roots = {directory_ / "dist", directory_ / "demo"};
    options_.log = [this](Severity severity, std::string_view text) {
      std::lock_guard lock(log_mutex_);
      log_ += std::string(text) + "\n";
      if (severity != Severity::kDebug) loud_log_ += std::string(text) + "\n";
    };
    door_options_.log = options_.log;
  }

  void Start() {
    auto door = Door::Open(door_options_);
    ASSERT_TRUE(door.ok()) << door.status();
    door_ = *std::move(door);
    port_ = door_->ports().at(0);
    redirect_port_ = door_->ports().at(1);
    options_.redirect_port = port_;
    auto server = WebServer::Make(options_, *door_);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    DoorHandlers handlers;
    server_->Attach(handlers);
    door_->Start(std::move(handlers));
  }

  // One key for all tests of the process: making one takes a while under sanitizers.
  static SelfSignedCertificate Certificate() {
    static const TemporaryDirectory state;
    static const SelfSignedCertificate files = MakeCertificate(state.path());
    return files;
  }

  std::unique_ptr<WebTestClient> Client() { return std::make_unique<WebTestClient>(port_); }

  // A client that has its WebSocket.
  std::unique_ptr<WebTestClient> Signaller() {
    auto client = Client();
    EXPECT_EQ(client->OpenSignal(), 101);
    return client;
  }

  std::string Log() {
    std::lock_guard lock(log_mutex_);
    return log_;
  }
  std::string LoudLog() {
    std::lock_guard lock(log_mutex_);
    return loud_log_;
  }

  TemporaryDirectory directory_;
  DoorOptions door_options_;
  WebOptions options_;
  std::mutex log_mutex_;
  std::string log_;
  std::string loud_log_;
  uint16_t port_ = 0;
  uint16_t redirect_port_ = 0;
  // Both go first, because their threads use the log; the door has the sockets of the server.
  std::unique_ptr<Door> door_;
  std::unique_ptr<WebServer> server_;
};

}  // namespace koeru::server::web
