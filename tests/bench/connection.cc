#include "tests/bench/connection.h"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>

#include <array>
#include <cerrno>

#include "core/turn/stream_framer.h"
#include "native_server/io/unique_fd.h"
#include "native_server/tls/dtls_engine.h"
#include "native_server/tls/tls_engine.h"
#include "tests/bench/process_cost.h"

namespace koeru::bench {
namespace {

using server::DtlsEngine;
using server::TlsEngine;

constexpr int kTimeMs = 10'000;

server::UniqueFd Connect(int type, const sockaddr_in& server) {
  server::UniqueFd fd(::socket(AF_INET, type | SOCK_CLOEXEC, 0));
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&server), sizeof(server)) != 0) {
    Die("connect");
  }
  if (type == SOCK_STREAM) {
    const int on = 1;
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  }
  ::fcntl(fd.get(), F_SETFL, O_NONBLOCK);
  return fd;
}

bool WaitFor(int fd, short events, int timeout_ms) {
  pollfd entry{fd, events, 0};
  return ::poll(&entry, 1, timeout_ms) > 0;
}

void SendAll(int fd, Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN) Die("send");
    if (n < 0 && !WaitFor(fd, POLLOUT, kTimeMs)) Die("the server does not read");
    if (n > 0) bytes = bytes.subspan(static_cast<size_t>(n));
  }
}

// 0: nothing there.
size_t ReceiveSome(int fd, MutableBytes into) {
  const ssize_t n = ::recv(fd, into.data(), into.size(), 0);
  if (n > 0) return static_cast<size_t>(n);
  if (n < 0 && errno == EAGAIN) return 0;
  Die(n == 0 ? "the server closed a connection" : "recv");
}

void GiveFrames(turn::StreamFramer& framer, Bytes bytes, const Connection::OnMessage& on_message) {
  framer.Append(bytes);
  while (const auto frame = framer.Next()) on_message(frame->bytes);
  if (framer.error()) Die("the server's stream makes no sense");
}

class TcpConnection : public Connection {
 public:
  explicit TcpConnection(const sockaddr_in& server) : fd_(Connect(SOCK_STREAM, server)) {}

  void Send(Bytes message) override { SendAll(fd_.get(), message); }
  void Receive(const OnMessage& on_message) override {
    while (const size_t n = ReceiveSome(fd_.get(), scratch_)) {
      GiveFrames(framer_, Bytes(scratch_).first(n), on_message);
    }
  }
  int fd() const override { return fd_.get(); }

 private:
  server::UniqueFd fd_;
  turn::StreamFramer framer_;
  std::array<uint8_t, 65536> scratch_{};
};

class TlsConnection : public Connection {
 public:
  TlsConnection(const sockaddr_in& server, std::shared_ptr<const server::TlsContext> tls)
      : fd_(Connect(SOCK_STREAM, server)), engine_(std::move(tls), "localhost") {
    while (true) {
      const TlsEngine::Step step = engine_.Handshake();
      Flush();
      if (step.error) Die("the TLS handshake failed: " + step.error.message());
      if (step.need == TlsEngine::Need::kNothing) return;
      if (step.need == TlsEngine::Need::kInput && !FillInput(kTimeMs)) Die("no TLS handshake");
    }
  }

  void Send(Bytes message) override {
    while (!message.empty()) {
      const TlsEngine::Step step = engine_.Write(message);
      Flush();
      if (step.error) Die("TLS: " + step.error.message());
      message = message.subspan(step.bytes);
    }
  }
  void Receive(const OnMessage& on_message) override {
    while (true) {
      const TlsEngine::Step step = engine_.Read(scratch_);
      if (step.error) Die("TLS: " + step.error.message());
      if (step.bytes > 0) GiveFrames(framer_, Bytes(scratch_).first(step.bytes), on_message);
      if (step.need == TlsEngine::Need::kInput && !FillInput(0)) return;
    }
  }
  int fd() const override { return fd_.get(); }

 private:
  bool FillInput(int timeout_ms) {
    if (timeout_ms > 0 && !WaitFor(fd_.get(), POLLIN, timeout_ms)) return false;
    const size_t n = ReceiveSome(fd_.get(), engine_.input_space());
    if (n > 0) engine_.AddInput(n);
    return n > 0;
  }
  void Flush() {
    out_.clear();
    engine_.TakeOutput(out_);
    SendAll(fd_.get(), out_);
  }

  server::UniqueFd fd_;
  TlsEngine engine_;
  turn::StreamFramer framer_;
  std::vector<uint8_t> out_;
  std::array<uint8_t, 16384> scratch_{};
};

class DtlsConnection : public Connection {
 public:
  DtlsConnection(const sockaddr_in& server, std::shared_ptr<const server::TlsContext> tls)
      : fd_(Connect(SOCK_DGRAM, server)), engine_(std::move(tls)) {
    const int64_t end = NowNanoseconds() + int64_t{kTimeMs} * 1'000'000;
    size_t received = 0;
    while (NowNanoseconds() < end) {
      engine_.SetInput(Bytes(datagram_).first(received),
                       net::Instant::FromNanoseconds(NowNanoseconds()));
      const DtlsEngine::Progress progress = engine_.Handshake();
      for (const auto& datagram : engine_.TakeOutput()) SendAll(fd_.get(), datagram);
      if (progress == DtlsEngine::Progress::kDone) return;
      if (progress == DtlsEngine::Progress::kFailed) break;
      received = WaitFor(fd_.get(), POLLIN, 200) ? ReceiveSome(fd_.get(), datagram_) : 0;
    }
    Die("the DTLS handshake failed");
  }

  void Send(Bytes message) override {
    SendAll(fd_.get(), MutableBytes(record_).first(engine_.Write(message, record_)));
  }
  void Receive(const OnMessage& on_message) override {
    while (const size_t n = ReceiveSome(fd_.get(), datagram_)) {
      engine_.SetInput(Bytes(datagram_).first(n), net::Instant::FromNanoseconds(NowNanoseconds()));
      while (true) {
        const DtlsEngine::ReadResult read = engine_.Read(content_);
        if (read.kind == DtlsEngine::ReadResult::Kind::kEnded) Die("the server ended DTLS");
        if (read.kind == DtlsEngine::ReadResult::Kind::kNothing) break;
        on_message(Bytes(content_).first(read.size));
      }
    }
  }
  int fd() const override { return fd_.get(); }

 private:
  server::UniqueFd fd_;
  DtlsEngine engine_;
  std::array<uint8_t, 65536> datagram_{};
  std::array<uint8_t, DtlsEngine::kLargestContent> content_{};
  std::array<uint8_t, DtlsEngine::kLargestContent + DtlsEngine::kRecordOverhead> record_{};
};

}  // namespace

std::unique_ptr<Connection> Connection::Open(net::Transport transport, const sockaddr_in& server,
                                             std::shared_ptr<const server::TlsContext> tls) {
  switch (transport) {
    case net::Transport::kTcp:
      return std::make_unique<TcpConnection>(server);
    case net::Transport::kTls:
      return std::make_unique<TlsConnection>(server, std::move(tls));
    case net::Transport::kDtls:
      return std::make_unique<DtlsConnection>(server, std::move(tls));
    case net::Transport::kUdp:
      break;
  }
  Die("clients over UDP share one socket (client_farm.h)");
}

std::shared_ptr<const server::TlsContext> ClientTls(net::Transport transport) {
  if (transport != net::Transport::kTls && transport != net::Transport::kDtls) return nullptr;
  server::TlsClientOptions options;
  options.datagram = transport == net::Transport::kDtls;
  auto context = server::TlsContext::ForClient(options);
  if (!context.ok()) Die(context.status().message());
  return *std::move(context);
}

}  // namespace koeru::bench
