#include "native_server/client/client_link.h"

#include <array>

#include "core/turn/channel_data.h"
#include "core/turn/stream_framer.h"
#include "native_server/client/client_socket.h"
#include "native_server/io/clock.h"
#include "native_server/tls/dtls_engine.h"
#include "native_server/tls/tls_engine.h"

namespace koeru::server {
namespace {

using OnMessage = ClientLink::OnMessage;

// RFC 8656 section 12.5: ChannelData on a stream is padded to a multiple of 4 bytes. STUN messages
// are by themselves.
Bytes PaddingFor(Bytes message) {
  static constexpr std::array<uint8_t, 3> kZeros{};
  return Bytes(kZeros).first(turn::PaddingOf(message.size()));
}

LinkStatus GiveFrames(turn::StreamFramer& framer, Bytes bytes, const OnMessage& on_message) {
  framer.Append(bytes);
  while (const auto frame = framer.Next()) on_message(frame->bytes);
  if (!framer.error()) return {};
  return {Trouble::kNonsense, std::string(framer.error()->reason)};
}

class UdpLink : public ClientLink {
 public:
  explicit UdpLink(ClientSocket socket) : socket_(std::move(socket)) {}

  LinkStatus Send(Bytes message) override { return socket_.Send(message); }
  LinkStatus Receive(const OnMessage& on_message) override {
    while (true) {
      size_t size = 0;
      LinkStatus status = socket_.Receive(datagram_, size);
      if (!status.ok() || size == 0) return status;
      on_message(Bytes(datagram_).first(size));
    }
  }
  int fd() const override { return socket_.fd(); }

 private:
  ClientSocket socket_;
  std::array<uint8_t, 65536> datagram_{};
};

class TcpLink : public ClientLink {
 public:
  explicit TcpLink(ClientSocket socket) : socket_(std::move(socket)) {}

  LinkStatus Send(Bytes message) override {
    LinkStatus status = socket_.Send(message);
    const Bytes padding = PaddingFor(message);
    return status.ok() && !padding.empty() ? socket_.Send(padding) : status;
  }
  LinkStatus Receive(const OnMessage& on_message) override {
    while (true) {
      size_t size = 0;
      LinkStatus status = socket_.Receive(scratch_, size);
      if (!status.ok() || size == 0) return status;
      status = GiveFrames(framer_, Bytes(scratch_).first(size), on_message);
      if (!status.ok()) return status;
    }
  }
  int fd() const override { return socket_.fd(); }

 private:
  ClientSocket socket_;
  turn::StreamFramer framer_;
  std::array<uint8_t, 65536> scratch_{};
};

class TlsLink : public ClientLink {
 public:
  TlsLink(ClientSocket socket, const LinkOptions& options)
      : socket_(std::move(socket)), engine_(options.tls, options.server_name) {}
  ~TlsLink() override {
    engine_.CloseNotify();
    Flush();
  }

  LinkStatus Handshake(net::Instant deadline) {
    while (true) {
      const TlsEngine::Step step = engine_.Handshake();
      if (LinkStatus status = Flush(); !status.ok() && !step.error) return status;
      if (step.error) return {Trouble::kHandshake, step.error.message()};
      if (step.need == TlsEngine::Need::kNothing) return {};
      if (step.need != TlsEngine::Need::kInput) continue;
      if (LinkStatus status = socket_.WaitReadable(deadline); !status.ok()) return status;
      bool any = false;
      if (LinkStatus status = FillInput(any); !status.ok()) return status;
    }
  }

  LinkStatus Send(Bytes message) override {
    LinkStatus status = SendAll(message);
    const Bytes padding = PaddingFor(message);
    return status.ok() && !padding.empty() ? SendAll(padding) : status;
  }
  LinkStatus Receive(const OnMessage& on_message) override {
    while (true) {
      const TlsEngine::Step step = engine_.Read(scratch_);
      if (step.error) return {Trouble::kClosed, step.error.message()};
      if (step.bytes > 0) {
        LinkStatus status = GiveFrames(framer_, Bytes(scratch_).first(step.bytes), on_message);
        if (!status.ok()) return status;
      }
      if (step.need != TlsEngine::Need::kInput) continue;
      bool any = false;
      LinkStatus status = FillInput(any);
      if (!status.ok() || !any) return status;
    }
  }
  int fd() const override { return socket_.fd(); }
  TlsFacts tls() const override {
    return {std::string(engine_.version()), std::string(engine_.cipher_suite()),
            std::string(engine_.alpn()), engine_.peer_certificate()};
  }

 private:
  LinkStatus SendAll(Bytes bytes) {
    while (!bytes.empty()) {
      const TlsEngine::Step step = engine_.Write(bytes);
      if (LinkStatus status = Flush(); !status.ok()) return status;
      if (step.error) return {Trouble::kClosed, step.error.message()};
      bytes = bytes.subspan(step.bytes);
    }
    return {};
  }
  LinkStatus FillInput(bool& any) {
    size_t size = 0;
    LinkStatus status = socket_.Receive(engine_.input_space(), size);
    any = size > 0;
    if (any) engine_.AddInput(size);
    return status;
  }
  LinkStatus Flush() {
    out_.clear();
    engine_.TakeOutput(out_);
    return out_.empty() ? LinkStatus{} : socket_.Send(out_);
  }

  ClientSocket socket_;
  TlsEngine engine_;
  turn::StreamFramer framer_;
  std::vector<uint8_t> out_;
  std::array<uint8_t, 16384> scratch_{};
};

class DtlsLink : public ClientLink {
 public:
  DtlsLink(ClientSocket socket, const LinkOptions& options)
      : socket_(std::move(socket)), engine_(options.tls, {}, options.server_name) {}
  // Without it the server would keep the association for a while.
  ~DtlsLink() override {
    engine_.CloseNotify();
    for (const auto& datagram : engine_.TakeOutput()) socket_.Send(datagram);
  }

  LinkStatus Handshake(net::Instant deadline) {
    size_t received = 0;
    while (true) {
      engine_.SetInput(Bytes(datagram_).first(received), Now());
      const DtlsEngine::Progress progress = engine_.Handshake();
      for (const auto& datagram : engine_.TakeOutput()) {
        if (LinkStatus status = socket_.Send(datagram); !status.ok()) return status;
      }
      if (progress == DtlsEngine::Progress::kDone) return {};
      if (progress == DtlsEngine::Progress::kFailed) {
        return {Trouble::kHandshake, engine_.error().message()};
      }
      // RFC 6347 section 4.2.4: what is lost is sent again.
      LinkStatus status = socket_.WaitReadable(std::min(deadline, engine_.NextDeadline()));
      if (!status.ok() && Now() >= deadline) return status;
      received = 0;
      if (status.ok()) status = socket_.Receive(datagram_, received);
      if (!status.ok() && status.trouble != Trouble::kSilent) return status;
    }
  }

  LinkStatus Send(Bytes message) override {
    const size_t size = engine_.Write(message, record_);
    if (size == 0) return {Trouble::kTooLarge, "no DTLS record can hold it"};
    return socket_.Send(Bytes(record_).first(size));
  }
  LinkStatus Receive(const OnMessage& on_message) override {
    while (true) {
      size_t size = 0;
      LinkStatus status = socket_.Receive(datagram_, size);
      if (!status.ok() || size == 0) return status;
      engine_.SetInput(Bytes(datagram_).first(size), Now());
      while (true) {
        const DtlsEngine::ReadResult read = engine_.Read(content_);
        if (read.kind == DtlsEngine::ReadResult::Kind::kEnded) {
          return {Trouble::kClosed, "the server ended the DTLS association"};
        }
        if (read.kind == DtlsEngine::ReadResult::Kind::kNothing) break;
        on_message(Bytes(content_).first(read.size));
      }
    }
  }
  int fd() const override { return socket_.fd(); }
  TlsFacts tls() const override {
    return {std::string(engine_.version()), std::string(engine_.cipher_suite()), "",
            engine_.peer_certificate()};
  }

 private:
  ClientSocket socket_;
  DtlsEngine engine_;
  std::array<uint8_t, 65536> datagram_{};
  std::array<uint8_t, DtlsEngine::kLargestContent> content_{};
  std::array<uint8_t, DtlsEngine::kLargestContent + DtlsEngine::kRecordOverhead> record_{};
};

template <typename Link>
OpenedLink OpenSecured(ClientSocket socket, const LinkOptions& options) {
  auto link = std::make_unique<Link>(std::move(socket), options);
  LinkStatus status = link->Handshake(Now() + options.timeout);
  if (!status.ok()) return {nullptr, std::move(status)};
  return {std::move(link), {}};
}

}  // namespace

OpenedLink ClientLink::Open(const LinkOptions& options) {
  ClientSocket socket;
  if (LinkStatus status = ClientSocket::Connect(options, socket); !status.ok()) {
    return {nullptr, std::move(status)};
  }
  switch (options.transport) {
    case net::Transport::kUdp:
      return {std::make_unique<UdpLink>(std::move(socket)), {}};
    case net::Transport::kTcp:
      return {std::make_unique<TcpLink>(std::move(socket)), {}};
    case net::Transport::kTls:
      return OpenSecured<TlsLink>(std::move(socket), options);
    case net::Transport::kDtls:
      break;
  }
  return OpenSecured<DtlsLink>(std::move(socket), options);
}

}  // namespace koeru::server
