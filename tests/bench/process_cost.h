#pragma once

// What a server process has spent so far: CPU time of all its threads, and memory that is its own.
//
// On loopback a send runs through the whole network stack up to the receiver's queue, in the
// sender's context; Linux without CONFIG_IRQ_TIME_ACCOUNTING charges all of that to the sender. So
// the CPU time of a relay holds what it costs to send, and not what it costs to let a packet
// arrive. It is the same for every server that is compared here.

#include <sys/types.h>

#include <cstdint>

namespace koeru::bench {

class ProcessCost {
 public:
  // Ends the program when there is no such process.
  explicit ProcessCost(pid_t pid);

  int64_t CpuNanoseconds() const;
  // Private_Dirty of smaps_rollup: pages that exist because this process wrote them.
  int64_t PrivateBytes() const;

 private:
  pid_t pid_;
  clockid_t clock_;
};

// CLOCK_MONOTONIC.
int64_t NowNanoseconds();

}  // namespace koeru::bench
