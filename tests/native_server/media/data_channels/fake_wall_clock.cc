// In this program the wall clock is the test's: usrsctp asks it how long a chunk has been under
// way, and sends nothing again that it believes to be young.

#include <sys/time.h>

#include "tests/native_server/media/data_channels/sctp_world.h"

extern "C" int gettimeofday(timeval* time, void*) noexcept {
  constexpr int64_t kNanoseconds = 1'000'000'000;
  const int64_t now = koeru::server::SctpWorld::wall_clock_ns;
  time->tv_sec = static_cast<time_t>(now / kNanoseconds);
  time->tv_usec = static_cast<suseconds_t>(now % kNanoseconds / 1000);
  return 0;
}
