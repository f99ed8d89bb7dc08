#pragma once

// How long datagrams are in this machine: from the kernel taking one in until the call that sent it
// on has returned. A sample now and then, because the kernel must be asked for each.
//
//   latency.OnRelayed(fd, is_stamped);   // the last datagram received from `fd` is on its way
//   ... send ...
//   latency.OnSent();

#include "native_server/io/histogram.h"

namespace koeru::server {

class ForwardingLatency {
 public:
  ForwardingLatency();

  // One in so many receive calls.
  static constexpr uint32_t kEach = 64;

  // `is_stamped` is kept with the socket, false in the beginning.
  void OnRelayed(int fd, bool& is_stamped) {
    if (++calls_ % kEach == 0) Ask(fd, is_stamped);
  }
  void OnSent() {
    if (received_ns_ != 0) Settle();
  }
  HistogramCounts Get() const { return histogram_.Get(); }

 private:
  void Ask(int fd, bool& is_stamped);
  void Settle();

  Histogram histogram_;
  uint32_t calls_ = 0;
  int64_t received_ns_ = 0;  // of the sample that is on its way; 0: none
};

}  // namespace koeru::server
