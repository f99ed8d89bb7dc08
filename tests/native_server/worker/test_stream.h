#pragma once

// A TCP connection of a test client, with TLS or without: blocking, every wait bounded.

#include <memory>
#include <optional>
#include <vector>

#include "core/net/address.h"
#include "core/turn/stream_framer.h"
#include "native_server/io/unique_fd.h"
#include "native_server/tls/tls_engine.h"

namespace koeru::server {

class TestStream {
 public:
  // `tls`: null for none. `preface` goes first, in the clear.
  explicit TestStream(const net::Endpoint& server, std::shared_ptr<const TlsContext> tls = nullptr,
                      Bytes preface = {});

  bool connected() const { return connected_; }
  bool is_broken() const { return is_broken_; }  // it ended with RST
  net::Endpoint local() const;
  const TlsEngine* tls() const { return tls_.get(); }
  int fd() const { return fd_.get(); }

  bool Send(Bytes bytes);
  // Whatever comes, framed or not: exactly `size` bytes, or fewer at the end or after the time.
  std::vector<uint8_t> ReceiveBytes(size_t size, int timeout_ms = 10'000);
  // FIN, behind a close_notify.
  void EndOutput();
  // The end of what the other side says, and no RST; what comes before is thrown away.
  bool HasEndWithin(int timeout_ms);

  // One whole message, without ChannelData's padding; nullopt at the end of the connection, when it
  // makes no sense, or when nothing comes within the time.
  std::optional<std::vector<uint8_t>> Receive(int timeout_ms = 3000);
  // What comes meanwhile is thrown away.
  bool IsClosedWithin(int timeout_ms);

 private:
  bool Handshake();
  bool FlushTls();
  bool Wait(short events, int timeout_ms) const;
  // Some bytes; empty at the end or after the time.
  std::vector<uint8_t> Read(int timeout_ms);

  UniqueFd fd_;
  bool connected_ = false;
  bool ended_ = false;
  bool is_broken_ = false;  // RST
  std::unique_ptr<TlsEngine> tls_;
  turn::StreamFramer framer_;
  std::vector<uint8_t> raw_;
};

}  // namespace koeru::server
