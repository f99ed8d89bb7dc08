#pragma once

// One end of a data connection (RFC 6062): a TCP connection, with TLS when it is a client's. Bytes
// in the clear go in and come out. Nothing here blocks.

#include <memory>
#include <vector>

#include "core/bytes/reader.h"
#include "native_server/io/unique_fd.h"
#include "native_server/tls/tls_engine.h"

namespace koeru::server {

class DataEnd {
 public:
  DataEnd() = default;
  // `read`: what was read from it already, in the clear. `sealed`: what is to be sent first, as it
  // is.
  explicit DataEnd(UniqueFd fd, std::unique_ptr<TlsEngine> tls = nullptr,
                   std::vector<uint8_t> read = {}, std::vector<uint8_t> sealed = {})
      : fd_(std::move(fd)),
        tls_(std::move(tls)),
        read_(std::move(read)),
        sealed_(std::move(sealed)) {}

  enum class Input : uint8_t {
    kBytes,
    kNothing,  // now
    kEnded,    // it has said all: FIN, or close_notify
    kBroken,
  };
  Input Read(MutableBytes into, size_t& size);

  // Takes what the socket takes, at least as far as is_blocked() says. False: it is broken.
  bool Write(Bytes bytes, size_t& taken);
  // Sends what Write has taken.
  bool Flush();
  bool is_blocked() const { return !sealed_.empty(); }
  // No more will be written: FIN, behind a close_notify. False: broken. Again while is_blocked().
  bool EndOutput();

  int fd() const { return fd_.get(); }

 private:
  Input ReadClear(MutableBytes into, size_t& size);
  Input ReadSealed(MutableBytes into, size_t& size);
  bool Send(Bytes bytes, size_t& sent) const;

  UniqueFd fd_;
  std::unique_ptr<TlsEngine> tls_;
  std::vector<uint8_t> read_;
  size_t read_taken_ = 0;
  std::vector<uint8_t> sealed_;  // TLS records on their way
  size_t sealed_sent_ = 0;
  bool said_goodbye_ = false;
};

}  // namespace koeru::server
