#include "native_server/worker/data_end.h"

#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/error.hpp>
#include <cerrno>
#include <utility>

#include "native_server/tls/tls_error.h"

namespace koeru::server {
namespace {

// RFC 8446 section 5.1: the most that a record carries.
constexpr size_t kRecord = 16u << 10;

}  // namespace

DataEnd::Input DataEnd::Read(MutableBytes into, size_t& size) {
  if (!read_.empty()) {
    size = std::min(into.size(), read_.size() - read_taken_);
    std::copy_n(read_.begin() + static_cast<std::ptrdiff_t>(read_taken_), size, into.begin());
    read_taken_ += size;
    if (read_taken_ == read_.size()) read_ = {};
    return Input::kBytes;
  }
  return tls_ == nullptr ? ReadClear(into, size) : ReadSealed(into, size);
}

DataEnd::Input DataEnd::ReadClear(MutableBytes into, size_t& size) {
  const ssize_t got = ::recv(fd(), into.data(), into.size(), MSG_DONTWAIT);
  size = got > 0 ? static_cast<size_t>(got) : 0;
  if (got > 0) return Input::kBytes;
  if (got == 0) return Input::kEnded;
  return errno == EAGAIN || errno == EINTR ? Input::kNothing : Input::kBroken;
}

DataEnd::Input DataEnd::ReadSealed(MutableBytes into, size_t& size) {
  while (true) {
    const TlsEngine::Step step = tls_->Read(into);
    // Many a client closes its connection without a close_notify: that is an end, too.
    if (step.error == boost::asio::error::eof || step.error == TlsError::kTruncated) {
      return Input::kEnded;
    }
    if (step.error) return Input::kBroken;
    size = step.bytes;
    if (step.need == TlsEngine::Need::kNothing) return Input::kBytes;
    if (step.need == TlsEngine::Need::kFlush) {  // an answer to a key update goes first
      if (!Flush()) return Input::kBroken;
      if (is_blocked()) return Input::kNothing;
      continue;
    }
    size_t more = 0;
    const Input input = ReadClear(tls_->input_space(), more);
    if (input == Input::kNothing || input == Input::kBroken) return input;
    if (input == Input::kEnded) {
      tls_->EndInput();
    } else {
      tls_->AddInput(more);
    }
  }
}

bool DataEnd::Send(Bytes bytes, size_t& sent) const {
  const ssize_t result = ::send(fd(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  sent = result > 0 ? static_cast<size_t>(result) : 0;
  return result >= 0 || errno == EAGAIN || errno == EINTR;
}

bool DataEnd::Flush() {
  while (true) {
    if (sealed_.empty() && tls_ != nullptr) tls_->TakeOutput(sealed_);
    if (sealed_.empty()) return true;
    size_t sent = 0;
    if (!Send(Bytes(sealed_).subspan(sealed_sent_), sent)) return false;
    if (sent == 0) return true;
    sealed_sent_ += sent;
    if (sealed_sent_ < sealed_.size()) continue;
    sealed_.clear();
    sealed_sent_ = 0;
  }
}

bool DataEnd::Write(Bytes bytes, size_t& taken) {
  taken = 0;
  while (taken < bytes.size()) {
    if (!Flush()) return false;
    if (is_blocked()) return true;
    const Bytes rest = bytes.subspan(taken);
    size_t some = 0;
    if (tls_ == nullptr) {
      if (!Send(rest, some)) return false;
      if (some == 0) return true;
    } else {
      const TlsEngine::Step step = tls_->Write(rest.first(std::min(rest.size(), kRecord)));
      if (step.error) return false;
      some = step.bytes;  // none while its output is full, which Flush() takes
    }
    taken += some;
  }
  return Flush();
}

bool DataEnd::EndOutput() {
  if (tls_ != nullptr && !std::exchange(said_goodbye_, true)) tls_->CloseNotify();
  if (!Flush()) return false;
  // A client that has closed already (ENOTCONN) needs to be told nothing.
  if (!is_blocked()) ::shutdown(fd(), SHUT_WR);
  return true;
}

}  // namespace koeru::server
