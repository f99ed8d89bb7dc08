#pragma once

// What this kernel can do for batches of datagrams. Asked once, at start.

namespace koeru::server {

struct Offload {
  bool gro = false;  // UDP_GRO: a run of datagrams is received as one (Linux 5.0)
  bool gso = false;  // UDP_SEGMENT: a run of datagrams is sent as one (Linux 4.18)
};

Offload DetectOffload();

}  // namespace koeru::server
