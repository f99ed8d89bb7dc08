#pragma once

// A transport in one word that never changes: "udp", "tcp", "tls", "dtls". For JSON and metrics.

#include <string_view>

#include "core/net/five_tuple.h"

namespace koeru::net {

inline std::string_view NameOf(Transport transport) {
  switch (transport) {
    case Transport::kUdp:
      return "udp";
    case Transport::kTcp:
      return "tcp";
    case Transport::kTls:
      return "tls";
    case Transport::kDtls:
      return "dtls";
  }
  return "";
}

}  // namespace koeru::net
