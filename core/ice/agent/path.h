#pragma once

// Where a candidate pair sends from and to. `local` is the base of the local candidate (RFC 8445
// section 4: "the address an agent sends from for a particular candidate"): the endpoint of a
// socket, or a relayed transport address.

#include "core/net/five_tuple.h"

namespace koeru::ice {

struct Path {
  net::Endpoint local;
  net::Endpoint remote;
  net::Transport transport = net::Transport::kUdp;

  friend constexpr auto operator<=>(const Path&, const Path&) = default;
};

}  // namespace koeru::ice
