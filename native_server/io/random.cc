#include "native_server/io/random.h"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

namespace koeru::server {
namespace {

// A server without random numbers must not run: nonces and ports would be guessable.
void FillFromKernel(MutableBytes bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno != EINTR) std::abort();
    if (got > 0) bytes = bytes.subspan(static_cast<size_t>(got));
  }
}

}  // namespace

void SystemRandom::Fill(MutableBytes bytes) {
  if (bytes.size() > block_.size() / 4) return FillFromKernel(bytes);
  if (block_.size() - used_ < bytes.size()) {
    FillFromKernel(block_);
    used_ = 0;
  }
  const auto from = block_.begin() + static_cast<std::ptrdiff_t>(used_);
  std::copy_n(from, bytes.size(), bytes.begin());
  std::fill_n(from, bytes.size(), uint8_t{0});
  used_ += bytes.size();
}

}  // namespace koeru::server
