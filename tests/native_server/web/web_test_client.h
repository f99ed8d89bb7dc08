// A client for the tests of the web server, made to be able to misbehave: plain blocking sockets,
// TLS by TlsEngine, HTTP and WebSocket frames written by hand. Every wait is bounded.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "native_server/tls/tls_engine.h"

namespace koeru::server::web {

struct HttpAnswer {
  int status = 0;                               // 0: no answer came
  std::map<std::string, std::string> fields{};  // names in lower case
  std::string body{};

  std::string Field(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
  }
};

struct WsFrame {
  int opcode = -1;  // -1: the connection ended without a frame
  std::string payload{};

  int close_code() const {
    if (opcode != 8 || payload.size() < 2) return 0;
    return (static_cast<uint8_t>(payload[0]) << 8) | static_cast<uint8_t>(payload[1]);
  }
};

class WebTestClient {
 public:
  enum class Kind { kTls, kPlain };

  WebTestClient(uint16_t port, Kind kind = Kind::kTls);
  ~WebTestClient();
  WebTestClient(const WebTestClient&) = delete;
  WebTestClient& operator=(const WebTestClient&) = delete;

  bool connected() const { return connected_; }

  bool Send(std::string_view bytes);
  // Some bytes; empty at the end of the connection or after `time`.
  std::string Receive(std::chrono::milliseconds time = std::chrono::seconds(10));
  // True if the server ends the connection within `time`; what comes before is thrown away.
  bool IsClosedWithin(std::chrono::milliseconds time);

  // A request with a good Host header; `more` are header lines, each with its CR LF.
  std::string Request(std::string_view method, std::string_view target, std::string_view more = "");
  HttpAnswer Get(std::string_view target, std::string_view more = "");
  HttpAnswer ReadAnswer(bool head = false);

  // Upgrades to /signal with this server's origin; the status of the answer (101 if it worked).
  int OpenSignal();
  std::string UpgradeRequest(std::string_view origin, std::string_view protocol) const;
  bool SendText(std::string_view text);
  bool SendFrame(int opcode, std::string_view payload, bool mask = true, bool final = true);
  WsFrame ReadFrame(std::chrono::milliseconds time = std::chrono::seconds(10));
  // The next text message; skips pings. Empty if there is none.
  std::string ReadText(std::chrono::milliseconds time = std::chrono::seconds(10));

 private:
  bool Handshake();
  bool Flush();
  bool Wait(short events, std::chrono::steady_clock::time_point until);
  bool Fill(size_t size, std::chrono::steady_clock::time_point until);

  const uint16_t port_;
  int fd_ = -1;
  bool connected_ = false;
  std::unique_ptr<TlsEngine> tls_;
  std::string received_;  // read but not used yet
};

}  // namespace koeru::server::web
