// SRTP and SRTCP packets that arrive before their keys.
//
// A page that is the DTLS server has its keys when it sends its Finished, and its first packets
// (of a key frame, which nobody would send again) may follow at once:
//
//   page   ... Finished --> RTP 1, RTP 2 ...     the worker has them; the desk reads Finished,
//   worker      ...          held    held        and only then orders StartMedia
//
// They wait here, and are opened in their order when the keys are there. What does not fit is lost,
// as it would be on the network; a page that never ends its handshake costs no more than that, and
// no longer than it may take for it.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/bytes/reader.h"
#include "core/ice/agent/path.h"

namespace koeru::server {

class EarlyPackets {
 public:
  static constexpr size_t kMost = 64;
  static constexpr size_t kLargest = 1500;  // bytes; none of a path's MTU is larger

  struct Packet {
    ice::Path path;
    std::vector<uint8_t> bytes;
  };

  // Copies `packet`. False: it is too large, or too many wait.
  bool Hold(const ice::Path& path, Bytes packet) {
    if (packets_.size() >= kMost || packet.size() > kLargest) return false;
    packets_.push_back({path, {packet.begin(), packet.end()}});
    return true;
  }

  // In the order in which they came; none is left.
  std::vector<Packet> Take() { return std::exchange(packets_, {}); }

  size_t size() const { return packets_.size(); }

 private:
  std::vector<Packet> packets_;
};

}  // namespace koeru::server
