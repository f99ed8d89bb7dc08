#include "native_server/media/data_channels/sctp_stack.h"

#include <usrsctp.h>

#include <algorithm>
#include <cassert>

namespace koeru::server {
namespace {

// Times in milliseconds. RFC 9260 section 16 has 1 s for RTO.Initial and RTO.Min and 60 s for
// RTO.Max, which is made for the Internet's worst. 400 ms is what browsers have (dcsctp). After a
// path was broken and mended by ICE nobody should wait for a minute.
constexpr uint32_t kRtoInitial = 1000;
constexpr uint32_t kRtoMin = 400;
constexpr uint32_t kRtoMax = 3000;
// Association.Max.Retrans and Path.Max.Retrans: an hour. Whether the peer is there is known to ICE.
constexpr uint32_t kMaxRetransmissions = 1200;
// Max.Init.Retransmits: a minute, in which the peer's side may come to starting its own.
constexpr uint32_t kMaxInitRetransmissions = 20;
// Messages and parts of messages that wait in either direction, however small: each costs some
// hundred bytes. 1 MiB of full packets is 900.
constexpr uint32_t kMostChunks = 4096;
// How long ago an association may have been there for which an address was used.
constexpr size_t kRestingAddresses = 64;
constexpr net::Duration kSweep = std::chrono::milliseconds(100);

void SwitchOffWhatIsNotNeeded() {
  usrsctp_sysctl_set_sctp_asconf_enable(0);
  usrsctp_sysctl_set_sctp_auto_asconf(0);
  usrsctp_sysctl_set_sctp_mobility_base(0);
  usrsctp_sysctl_set_sctp_mobility_fasthandoff(0);
  usrsctp_sysctl_set_sctp_auth_enable(0);
  usrsctp_sysctl_set_sctp_ecn_enable(0);
  usrsctp_sysctl_set_sctp_nrsack_enable(0);
  usrsctp_sysctl_set_sctp_pktdrop_enable(0);
  usrsctp_sysctl_set_sctp_cmt_on_off(0);
  usrsctp_sysctl_set_sctp_nat_friendly(0);
  usrsctp_sysctl_set_sctp_blackhole(2);
}

void SetTimesAndLimits() {
  usrsctp_sysctl_set_sctp_reconfig_enable(1);
  usrsctp_sysctl_set_sctp_pr_enable(1);
  usrsctp_sysctl_set_sctp_rto_initial_default(kRtoInitial);
  usrsctp_sysctl_set_sctp_rto_min_default(kRtoMin);
  usrsctp_sysctl_set_sctp_rto_max_default(kRtoMax);
  usrsctp_sysctl_set_sctp_init_rto_max_default(kRtoMax);
  usrsctp_sysctl_set_sctp_assoc_rtx_max_default(kMaxRetransmissions);
  usrsctp_sysctl_set_sctp_path_rtx_max_default(kMaxRetransmissions);
  usrsctp_sysctl_set_sctp_init_rtx_max_default(kMaxInitRetransmissions);
  usrsctp_sysctl_set_sctp_max_retran_chunk(kMaxRetransmissions);
  usrsctp_sysctl_set_sctp_max_chunks_on_queue(kMostChunks);
}

void* AsPointer(uint64_t address) { return reinterpret_cast<void*>(address); }

uint32_t InMilliseconds(net::Duration duration) {
  return static_cast<uint32_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(duration).count());
}

}  // namespace

SctpStack* SctpStack::current_ = nullptr;

SctpStack::SctpStack(net::Instant now) : clock_(now), last_sweep_(now) {
  assert(current_ == nullptr);
  current_ = this;
  usrsctp_init_nothreads(0, &SctpStack::Output, nullptr);
  SwitchOffWhatIsNotNeeded();
  SetTimesAndLimits();
}

SctpStack::~SctpStack() {
  assert(by_address_.empty());
  // What was closed may wait for a timer before it is freed.
  for (int i = 0; i < 100 && usrsctp_finish() != 0; ++i) usrsctp_handle_timers(1000);
  current_ = nullptr;
}

void SctpStack::OnTimeout(net::Instant now) {
  if (now < NextDeadline()) return;
  Forward(now);
  const bool is_sweep = now - last_sweep_ >= kSweep;
  if (is_sweep) last_sweep_ = now;
  // An event may make and end associations.
  std::vector<uint64_t> addresses;
  addresses.reserve(by_address_.size());
  for (const auto& [address, association] : by_address_) addresses.push_back(address);
  for (const uint64_t address : addresses) {
    const auto found = by_address_.find(address);
    if (found != by_address_.end()) found->second->AfterTimers(is_sweep);
  }
}

net::Instant SctpStack::NextDeadline() const {
  return by_address_.empty() ? net::Instant::Max() : clock_ + kTick;
}

uint64_t SctpStack::Add(SctpAssociation& association, net::Instant now) {
  // While there was none nobody called OnTimeout.
  if (by_address_.empty()) clock_ = std::max(clock_, now);
  uint64_t address = 0;
  if (unused_.size() > kRestingAddresses) {
    address = unused_.front();
    unused_.pop_front();
  } else {
    address = ++addresses_;
    usrsctp_register_address(AsPointer(address));
  }
  by_address_[address] = &association;
  return address;
}

void SctpStack::Remove(uint64_t address) {
  if (by_address_.erase(address) > 0) unused_.push_back(address);
}

int SctpStack::Output(void* address, void* packet, size_t size, uint8_t, uint8_t) {
  if (current_ == nullptr) return 0;
  const auto found = current_->by_address_.find(reinterpret_cast<uint64_t>(address));
  if (found == current_->by_address_.end()) return 0;
  found->second->OnOutput(Bytes(static_cast<const uint8_t*>(packet), size));
  return 0;
}

void SctpStack::Forward(net::Instant now) {
  const uint32_t elapsed = InMilliseconds(now - clock_);
  clock_ = clock_ + std::chrono::milliseconds(elapsed);
  usrsctp_handle_timers(elapsed);
}

}  // namespace koeru::server
