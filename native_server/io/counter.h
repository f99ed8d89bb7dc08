#pragma once

// A number that one thread writes and any thread may read. Costs the writer no locked instruction.

#include <atomic>
#include <cstdint>

namespace koeru::server {

class Counter {
 public:
  void Add(uint64_t n) { Set(value_.load(std::memory_order_relaxed) + n); }
  void Subtract(uint64_t n) { Set(value_.load(std::memory_order_relaxed) - n); }
  void Set(uint64_t value) { value_.store(value, std::memory_order_relaxed); }
  uint64_t Get() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<uint64_t> value_{0};
};

}  // namespace koeru::server
