// The writing half of HttpSession: a reply goes out in chunks, each with its own deadline, so that
// a slow reader is waited for but a dead one is not.
#include <unistd.h>

#include <algorithm>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/http/write.hpp>
#include <cerrno>

#include "native_server/web/http_session.h"

namespace koeru::server::web {

namespace http = boost::beast::http;

namespace {

constexpr size_t kChunk = 64 * 1024;

}  // namespace

// Reads the next piece of the file. The page cache has it in nearly all cases, and a web thread may
// wait for a disk, so this is an ordinary read.
void HttpSession::FillChunk() {
  FilePart& part = *reply_.file;
  chunk_.resize(static_cast<size_t>(std::min<uint64_t>(kChunk, left_)));
  size_t filled = 0;
  while (filled < chunk_.size()) {
    const ssize_t n = pread(part.handle.get(), chunk_.data() + filled, chunk_.size() - filled,
                            static_cast<off_t>(part.offset + filled));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    filled += static_cast<size_t>(n);
  }
  // The file became shorter while it was sent. Its length was announced already, so the only honest
  // end is to break the connection off.
  if (filled < chunk_.size()) return stream_->close();
  part.offset += filled;
  left_ -= filled;
  response_->body().data = chunk_.data();
  response_->body().size = chunk_.size();
  response_->body().more = left_ != 0;
}

void HttpSession::WriteChunk() {
  CloseAfter(core_->options.limits.write_time);
  http::async_write(
      *stream_, *serializer_,
      [self = shared_from_this()](error_code error, size_t /*size*/) { self->OnWritten(error); });
}

void HttpSession::OnWritten(error_code error) {
  if (error == http::error::need_buffer && left_ != 0) {
    FillChunk();
    return WriteChunk();
  }
  if (error && error != http::error::need_buffer) return ShutDown();
  serializer_.reset();
  response_.reset();
  const bool close = reply_.close;
  reply_ = {};
  if (close) return ShutDown();
  WaitForRequest();
}

void HttpSession::ShutDown() {
  deadline_.Clear();
  stream_->async_shutdown([self = shared_from_this()](error_code /*error*/) {});
}

}  // namespace koeru::server::web
