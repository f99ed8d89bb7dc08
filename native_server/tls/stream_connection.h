// StreamConnection: a TCP connection, with or without TLS, that Asio has let go of. Whoever has it
// now drives the socket himself.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/net/five_tuple.h"
#include "native_server/io/unique_fd.h"
#include "native_server/tls/tls_engine.h"

namespace koeru::server {

struct StreamConnection {
  net::FiveTuple five_tuple{};
  net::Endpoint listener{};          // that it came to, as it was bound
  UniqueFd fd{};                     // does not block
  std::unique_ptr<TlsEngine> tls{};  // after its handshake; null without TLS
  std::vector<uint8_t> read{};       // what was read already, in the clear
  // The place in the count of connections: it is free when this is gone. Outlives its Door.
  std::shared_ptr<const void> place{};
};

}  // namespace koeru::server
