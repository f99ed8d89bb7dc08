#pragma once

// What the relay reports, as lines of the log. Addresses and names appear at debug level only;
// lines that strangers can cause are limited to some per second.

#include "core/relay/events.h"

namespace koeru::server {

// Called by all workers.
class EventLog final : public relay::EventSink {
 public:
  // `verbose`: every allocation and refusal; otherwise denied peers only.
  explicit EventLog(bool verbose) : verbose_(verbose) {}

  void OnAllocationCreated(const relay::AllocationEvent& event) override;
  void OnAllocationEnded(const relay::AllocationEvent& event, relay::EndReason reason) override;
  void OnRefused(const relay::Refusal& refusal) override;

 private:
  const bool verbose_;
};

}  // namespace koeru::server
