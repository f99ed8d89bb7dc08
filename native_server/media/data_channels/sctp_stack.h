// SCTP in user space (RFC 9260), which data channels run on: usrsctp, once for the process.
//
//   SctpStack stack(now);                          // outlives every DataChannels
//   DataChannels channels(stack, options, events);
//   ...
//   if (now >= stack.NextDeadline()) stack.OnTimeout(now);   // the timers of all associations
//
// Threads: the stack and all associations are used by one thread. usrsctp is told to start none,
// for timers and sockets; one of its own ("SCTP iterator") is always there and sleeps, because what
// would wake it (addresses that come and go, messages to all associations) is never asked for.
//
// Time: usrsctp's timers see the time that is passed in, in ticks of a millisecond. What it
// measures itself it asks the wall clock for: round trips, the age of cookies, and the life of
// messages that may be lost after a time (max-lifetime).
//
// What strangers might reach is switched off: addresses that change (ASCONF, RFC 5061), AUTH
// (RFC 4895), ECN, NR-SACK, packet drop reports, streams that are added, and answers to packets of
// no association. What stays is what WebRTC needs (RFC 8831 section 5): stream reset (RFC 6525) and
// partial reliability (RFC 3758).
#pragma once

#include <cstdint>
#include <deque>

#include "absl/container/flat_hash_map.h"
#include "core/bytes/reader.h"
#include "core/net/time.h"

namespace koeru::server {

// One association, as the stack sees it.
class SctpAssociation {
 public:
  // A packet that leaves. It is called out of the library, which must not be called from here.
  virtual void OnOutput(Bytes packet) = 0;
  // Timers were run. `is_sweep`: look whether something changed, even if nothing said so.
  virtual void AfterTimers(bool is_sweep) = 0;

 protected:
  ~SctpAssociation() = default;
};

class SctpStack {
 public:
  // How exact timers are. The shortest is the delayed SACK's, 200 ms.
  static constexpr net::Duration kTick = std::chrono::milliseconds(10);

  // There is one at a time in a process.
  explicit SctpStack(net::Instant now);
  // All associations are gone by then.
  ~SctpStack();
  SctpStack(const SctpStack&) = delete;
  SctpStack& operator=(const SctpStack&) = delete;

  void OnTimeout(net::Instant now);
  // Max() while there is no association.
  net::Instant NextDeadline() const;

  // An address (RFC 8261 section 5: there are none on the wire) for one association. It is a small
  // number: cookies carry it to the peer, and it must not tell where our memory lies.
  uint64_t Add(SctpAssociation& association, net::Instant now);
  void Remove(uint64_t address);
  size_t associations() const { return by_address_.size(); }

 private:
  static int Output(void* address, void* packet, size_t size, uint8_t tos, uint8_t set_df);
  void Forward(net::Instant now);

  static SctpStack* current_;

  absl::flat_hash_map<uint64_t, SctpAssociation*> by_address_;
  // An address stays registered and is used again, the oldest first: to unregister one would wake
  // usrsctp's thread.
  std::deque<uint64_t> unused_;
  uint64_t addresses_ = 0;
  net::Instant clock_;  // up to which usrsctp's timers have come
  net::Instant last_sweep_;
};

}  // namespace koeru::server
