#pragma once

// What the relay reports, as lines of the log: one for each allocation and each call with the media
// peer that ended, with all that is known of it, and one for each refused request. Addresses of
// clients and names of users stand there at debug level only. Lines that strangers can cause are
// limited to some per second; those left out are counted, and the next line says how many.

#include <atomic>
#include <mutex>

#include "core/net/time.h"
#include "core/relay/events.h"
#include "native_server/media/media_counters.h"

namespace koeru::server {

// So many lines per second, and how many were left out since the last one.
class LineLimit {
 public:
  explicit LineLimit(int per_second) : per_second_(per_second) {}
  // Whether a line may be written now; `left_out`: how many could not before it.
  bool Take(net::Instant now, uint64_t& left_out);

 private:
  const int per_second_;
  std::mutex mutex_;
  net::Instant second_;
  int taken_ = 0;
  uint64_t left_out_ = 0;
};

// Called by all workers, and by the media peer's desk.
class EventLog final : public relay::EventSink, public MediaEvents {
 public:
  static constexpr int kRefusalsPerSecond = 10;

  // `verbose`: a line when an allocation or a call begins, and where its media go, too.
  explicit EventLog(bool verbose) : verbose_(verbose) {}
  void set_verbose(bool verbose) { verbose_.store(verbose, std::memory_order_relaxed); }

  void OnAllocationCreated(const relay::AllocationEvent& event) override;
  void OnAllocationEnded(const relay::AllocationEvent& event, relay::EndReason reason) override;
  void OnRefused(const relay::Refusal& refusal) override;

  void OnMediaCallBegan(const MediaCallEvent& event) override;
  void OnMediaPath(const MediaCallEvent& event) override;
  void OnMediaCallEnded(const MediaCallEvent& event, MediaEnd reason) override;
  void OnMediaRefused(std::string_view page, MediaRefusal reason) override;

 private:
  std::atomic<bool> verbose_;
  LineLimit refusals_{kRefusalsPerSecond};
};

}  // namespace koeru::server
