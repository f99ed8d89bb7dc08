#pragma once

// The kernel's random generator, fetched in blocks: one system call for many small draws. One
// object per thread.

#include <array>

#include "core/bytes/reader.h"
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

inline uint64_t RandomNumber(relay::RandomSource& random) {
  std::array<uint8_t, 8> bytes{};
  random.Fill(bytes);
  return Reader(bytes).U64();
}

}  // namespace koeru::server
