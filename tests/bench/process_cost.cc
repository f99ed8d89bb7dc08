#include "tests/bench/process_cost.h"

#include <cerrno>
#include <ctime>
#include <fstream>
#include <string>

#include "tests/bench/udp.h"

namespace koeru::bench {
namespace {

int64_t Read(clockid_t clock) {
  timespec t{};
  if (clock_gettime(clock, &t) != 0) Die("the server has ended");
  return int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

}  // namespace

ProcessCost::ProcessCost(pid_t pid) : pid_(pid) {
  errno = clock_getcpuclockid(pid, &clock_);
  if (errno != 0) Die("no process " + std::to_string(pid) + ", give --server-pid");
}

int64_t ProcessCost::CpuNanoseconds() const { return Read(clock_); }

int64_t ProcessCost::PrivateBytes() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/smaps_rollup");
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("Private_Dirty:", 0) == 0) return std::stoll(line.substr(14)) * 1024;
  }
  Die("cannot read smaps_rollup of the server");
}

int64_t NowNanoseconds() { return Read(CLOCK_MONOTONIC); }

}  // namespace koeru::bench
