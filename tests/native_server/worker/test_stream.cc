#include "tests/native_server/worker/test_stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "native_server/io/socket_address.h"

namespace koeru::server {
namespace {

using Need = TlsEngine::Need;

constexpr int kTimeMs = 10'000;

}  // namespace

TestStream::TestStream(const net::Endpoint& server, std::shared_ptr<const TlsContext> tls,
                       Bytes preface)
    : fd_(::socket(server.address.is_v6() ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const SocketAddress address(server);
  if (::connect(fd_.get(), address.get(), address.size()) != 0) return;
  if (!preface.empty() && !Send(preface)) return;
  if (tls != nullptr) tls_ = std::make_unique<TlsEngine>(std::move(tls), "localhost");
  connected_ = tls_ == nullptr || Handshake();
}

net::Endpoint TestStream::local() const { return LocalEndpointOf(fd_.get()); }

bool TestStream::Wait(short events, int timeout_ms) const {
  pollfd entry{fd_.get(), events, 0};
  return ::poll(&entry, 1, timeout_ms) > 0;
}

bool TestStream::FlushTls() {
  std::vector<uint8_t> out;
  tls_->TakeOutput(out);
  for (size_t sent = 0; sent < out.size();) {
    if (!Wait(POLLOUT, kTimeMs)) return false;
    const ssize_t n = ::send(fd_.get(), out.data() + sent, out.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return false;
    sent += static_cast<size_t>(n);
  }
  return true;
}

bool TestStream::Handshake() {
  while (true) {
    const TlsEngine::Step step = tls_->Handshake();
    if (!FlushTls() || step.error) return false;
    if (step.need == Need::kNothing) return true;
    if (step.need != Need::kInput) continue;
    if (!Wait(POLLIN, kTimeMs)) return false;
    const auto space = tls_->input_space();
    const ssize_t n = ::recv(fd_.get(), space.data(), space.size(), 0);
    if (n <= 0) return false;
    tls_->AddInput(static_cast<size_t>(n));
  }
}

bool TestStream::Send(Bytes bytes) {
  while (!bytes.empty()) {
    size_t taken = 0;
    if (tls_ != nullptr) {
      const TlsEngine::Step step = tls_->Write(bytes);
      if (!FlushTls() || step.error) return false;
      taken = step.bytes;
    } else {
      if (!Wait(POLLOUT, kTimeMs)) return false;
      const ssize_t n = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      taken = static_cast<size_t>(n);
    }
    bytes = bytes.subspan(taken);
  }
  return true;
}

std::vector<uint8_t> TestStream::Read(int timeout_ms) {
  std::array<uint8_t, 16384> into{};
  while (true) {
    if (tls_ != nullptr) {
      const TlsEngine::Step step = tls_->Read(into);
      ended_ = bool{step.error};
      if (ended_) return {};
      if (step.need == Need::kNothing) return {into.begin(), into.begin() + step.bytes};
    }
    if (!Wait(POLLIN, timeout_ms)) return {};
    const auto space = tls_ != nullptr ? tls_->input_space() : std::span<uint8_t>(into);
    const ssize_t n = ::recv(fd_.get(), space.data(), space.size(), 0);
    ended_ = n <= 0;
    is_broken_ = n < 0;
    if (ended_) return {};
    if (tls_ == nullptr) return {into.begin(), into.begin() + n};
    tls_->AddInput(static_cast<size_t>(n));
  }
}

std::vector<uint8_t> TestStream::ReceiveBytes(size_t size, int timeout_ms) {
  const Bytes rest = framer_.rest();
  raw_.insert(raw_.end(), rest.begin(), rest.end());
  framer_ = turn::StreamFramer();
  while (raw_.size() < size) {
    const std::vector<uint8_t> bytes = Read(timeout_ms);
    if (bytes.empty()) break;
    raw_.insert(raw_.end(), bytes.begin(), bytes.end());
  }
  const auto end = raw_.begin() + static_cast<std::ptrdiff_t>(std::min(size, raw_.size()));
  std::vector<uint8_t> taken(raw_.begin(), end);
  raw_.erase(raw_.begin(), end);
  return taken;
}

void TestStream::EndOutput() {
  if (tls_ != nullptr) {
    tls_->CloseNotify();
    FlushTls();
  }
  ::shutdown(fd_.get(), SHUT_WR);
}

bool TestStream::HasEndWithin(int timeout_ms) {
  return IsClosedWithin(timeout_ms) && !is_broken_;
}

std::optional<std::vector<uint8_t>> TestStream::Receive(int timeout_ms) {
  while (true) {
    if (const auto frame = framer_.Next()) {
      return std::vector<uint8_t>(frame->bytes.begin(), frame->bytes.end());
    }
    const std::vector<uint8_t> bytes = framer_.error() ? std::vector<uint8_t>() : Read(timeout_ms);
    if (bytes.empty()) return std::nullopt;
    framer_.Append(bytes);
  }
}

bool TestStream::IsClosedWithin(int timeout_ms) {
  for (int i = 0; i < 10'000 && !Read(timeout_ms).empty(); ++i) {
  }
  return ended_;
}

}  // namespace koeru::server
