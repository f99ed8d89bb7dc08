#include "native_server/worker/stream_client.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace koeru::server {
namespace {

// What may wait in the kernel: there nothing old can be dropped any more.
constexpr int kNotSentLowWater = 64 << 10;
// RFC 8446 section 5.1: the most that a record carries.
constexpr size_t kRecord = 16u << 10;

}  // namespace

StreamClient::StreamClient(StreamConnection connection) : connection_(std::move(connection)) {
  ::setsockopt(fd(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &kNotSentLowWater, sizeof(kNotSentLowWater));
}

// RFC 8446 section 6.1: "Each party MUST send a close_notify alert before closing its write side".
StreamClient::~StreamClient() {
  if (connection_.tls == nullptr || !sealed_.empty()) return;
  connection_.tls->CloseNotify();
  connection_.tls->TakeOutput(sealed_);
  SendSealed();
}

StreamClient::Parts StreamClient::Release() {
  Parts parts;
  const Bytes rest = ice_ != nullptr ? ice_->rest() : framer_.rest(), unsent = queue_.front();
  parts.rest.assign(rest.begin(), rest.end());
  parts.unsent.assign(unsent.begin(), unsent.end());
  parts.sealed.assign(sealed_.begin() + static_cast<std::ptrdiff_t>(sealed_sent_), sealed_.end());
  parts.connection = std::move(connection_);
  return parts;
}

void StreamClient::Append(Bytes bytes) {
  if (ice_ != nullptr) {
    ice_->Append(bytes);
  } else {
    framer_.Append(bytes);
  }
}

ice::StreamStart StreamClient::Judge() {
  if (is_judged_) return ice_ != nullptr ? ice::StreamStart::kIce : ice::StreamStart::kOther;
  // Only plain TCP carries ICE; inside of TLS it is TURN.
  const ice::StreamStart start =
      connection_.tls == nullptr ? ice::JudgeStreamStart(framer_.rest()) : ice::StreamStart::kOther;
  is_judged_ = start != ice::StreamStart::kNeedsMore;
  if (start == ice::StreamStart::kIce) {
    ice_ = std::make_unique<ice::StreamFraming>();
    ice_->Append(framer_.rest());
  }
  return start;
}

StreamClient::Input StreamClient::Receive(MutableBytes scratch) {
  if (!connection_.read.empty()) {
    Append(connection_.read);
    connection_.read = {};
    return Input::kBytes;
  }
  return connection_.tls == nullptr ? ReceiveInClear(scratch) : ReceiveSealed(scratch);
}

StreamClient::Some StreamClient::ReceiveSome(MutableBytes into) {
  if (std::exchange(is_drained_, false)) return {};
  const ssize_t got = ::recv(fd(), into.data(), into.size(), MSG_DONTWAIT);
  if (got > 0) {
    is_drained_ = static_cast<size_t>(got) < into.size();
    return {static_cast<size_t>(got), Input::kBytes};
  }
  const bool nothing = got < 0 && (errno == EAGAIN || errno == EINTR);
  return {0, nothing ? Input::kNothing : Input::kEnded};
}

StreamClient::Input StreamClient::ReceiveInClear(MutableBytes scratch) {
  const Some some = ReceiveSome(scratch);
  if (some.input == Input::kBytes) Append(scratch.first(some.size));
  return some.input;
}

StreamClient::Input StreamClient::ReceiveSealed(MutableBytes scratch) {
  TlsEngine& tls = *connection_.tls;
  while (true) {
    const TlsEngine::Step step = tls.Read(scratch);
    if (step.error) return Input::kEnded;
    if (step.need == TlsEngine::Need::kNothing) {
      Append(scratch.first(step.bytes));
      return Input::kBytes;
    }
    // An answer to the peer's key update does not fit: it goes first.
    if (step.need == TlsEngine::Need::kFlush) return Flush() ? Input::kNothing : Input::kEnded;
    const Some some = ReceiveSome(tls.input_space());
    if (some.input == Input::kNothing) return Input::kNothing;
    if (some.input == Input::kEnded) {
      tls.EndInput();
    } else {
      tls.AddInput(some.size);
    }
  }
}

bool StreamClient::Send(Bytes bytes, size_t& sent) const {
  const ssize_t result = ::send(fd(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  sent = result > 0 ? static_cast<size_t>(result) : 0;
  return result >= 0 || errno == EAGAIN || errno == EINTR;
}

bool StreamClient::Flush() {
  if (connection_.tls != nullptr) return FlushSealed();
  while (!queue_.empty()) {
    size_t sent = 0;
    if (!Send(queue_.front(), sent)) return false;
    if (sent == 0) return true;
    queue_.Pop(sent);
  }
  return true;
}

// A record that is sealed cannot be dropped any more, so further ones wait until these are out.
// Each message has its own record: some clients take the one for the other (coturn's tools).
bool StreamClient::FlushSealed() {
  TlsEngine& tls = *connection_.tls;
  while (true) {
    if (sealed_.empty() && tls.has_output()) tls.TakeOutput(sealed_);
    if (!SendSealed()) return false;
    if (!sealed_.empty() || queue_.empty()) return true;
    for (size_t bytes = 0; bytes < kRecord && !queue_.empty();) {
      const Bytes message = queue_.first_message();
      const TlsEngine::Step step = tls.Write(message.first(std::min(message.size(), kRecord)));
      if (step.error) return false;
      queue_.Pop(step.bytes);
      bytes += step.bytes;
    }
  }
}

bool StreamClient::SendSealed() {
  while (sealed_sent_ < sealed_.size()) {
    size_t sent = 0;
    if (!Send(Bytes(sealed_).subspan(sealed_sent_), sent)) return false;
    if (sent == 0) return true;
    sealed_sent_ += sent;
  }
  sealed_.clear();
  sealed_sent_ = 0;
  return true;
}

}  // namespace koeru::server
