#pragma once

// Memory for headers that find no room in front of their payload, and for replies: taken in order,
// given back all at once when everything that refers to it has been sent.

#include <memory>

#include "core/bytes/reader.h"

namespace koeru::server {

class Scratch {
 public:
  // A batch of 64 runs of 64 datagrams needs 4096 headers of at most 48 bytes, 192 KB, in the worst
  // case; the usual one needs two headers for a run. When it is full the owner sends first.
  static constexpr size_t kSize = 64 * 1024;

  // Empty when there is not enough left.
  MutableBytes Take(size_t size) {
    if (size > kSize - used_) return {};
    const MutableBytes taken(memory_.get() + used_, size);
    used_ += size;
    return taken;
  }
  void Clear() { used_ = 0; }

 private:
  std::unique_ptr<uint8_t[]> memory_ = std::make_unique<uint8_t[]>(kSize);
  size_t used_ = 0;
};

}  // namespace koeru::server
