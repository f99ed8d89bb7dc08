#include "native_server/worker/forwarding_latency.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <ctime>

namespace koeru::server {
namespace {

using namespace std::chrono_literals;

constexpr std::array<net::Duration, 14> kBounds{10us,   25us, 50us, 100us, 250us, 500us, 1ms,
                                                2500us, 5ms,  10ms, 25ms,  50ms,  100ms, 1s};

int64_t ToNanoseconds(const timespec& time) {
  return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

ForwardingLatency::ForwardingLatency() : histogram_(kBounds) {}

// socket(7), SIOCGSTAMPNS: "the timestamp of the last packet passed to the user"; asking for the
// first time switches it on for that socket, and what it says then is no answer.
void ForwardingLatency::Ask(int fd, bool& is_stamped) {
  timespec received{};
  if (::ioctl(fd, SIOCGSTAMPNS, &received) != 0) return;
  if (is_stamped) received_ns_ = ToNanoseconds(received);
  is_stamped = true;
}

// The clock of the kernel's stamps may be set meanwhile: such a sample says nothing.
void ForwardingLatency::Settle() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  const net::Duration took(ToNanoseconds(now) - received_ns_);
  received_ns_ = 0;
  if (took >= 0ns && took < 60s) histogram_.Observe(took);
}

}  // namespace koeru::server
