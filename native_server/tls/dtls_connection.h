// DtlsConnection: a DTLS association after its handshake. Whoever has it now drives it himself.
#pragma once

#include <memory>
#include <vector>

#include "core/net/five_tuple.h"
#include "native_server/tls/dtls_engine.h"

namespace koeru::server {

struct DtlsConnection {
  net::FiveTuple five_tuple{};  // its transport is DTLS
  std::unique_ptr<DtlsEngine> engine{};
  // The place in the count of associations: it is free when this is gone. Outlives its door.
  std::shared_ptr<const void> place{};
};

// What the door of DTLS leaves with the worker that has the socket: datagrams to send and, at the
// end of a handshake, the association.
struct DtlsAnswer {
  net::FiveTuple five_tuple{};
  std::vector<std::vector<uint8_t>> datagrams{};
  DtlsConnection connection{};  // its engine is null before the end
};

}  // namespace koeru::server
