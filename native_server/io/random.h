#pragma once

// The kernel's random generator, fetched in blocks: one system call for many small draws. One
// object per thread.

#include <array>

#include "core/relay/config.h"

namespace koeru::server {

class SystemRandom final : public relay::RandomSource {
 public:
  void Fill(MutableBytes bytes) override;

 private:
  // 512 bytes: about 40 transaction IDs. Used bytes are wiped.
  std::array<uint8_t, 512> block_{};
  size_t used_ = block_.size();
};

}  // namespace koeru::server
