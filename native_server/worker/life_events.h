#pragma once

// What a worker adds to its relay's events: how long an allocation lived and what it carried. Those
// the state machine does not know; the allocation's relay socket does.

#include "core/relay/events.h"
#include "native_server/worker/client_sender.h"
#include "native_server/worker/quota_ledger.h"
#include "native_server/worker/relay_sockets.h"

namespace koeru::server {

class LifeEvents final : public relay::EventSink {
 public:
  // `to` may be null: nobody wants to know. `now`: the worker's clock.
  // `quota` as well.
  LifeEvents(RelaySockets& sockets, ClientSender& clients, const SharedQuotaLedger* quota,
             relay::EventSink* to, const net::Instant& now)
      : sockets_(sockets), clients_(clients), quota_(quota), to_(to), now_(now) {}

  void OnAllocationCreated(const relay::AllocationEvent& event) override {
    if (RelaySocket* const socket = sockets_.Find(event.allocation)) {
      socket->listener = clients_.TrafficOf(event.five_tuple);
      if (quota_ != nullptr) socket->user = quota_->BandwidthOf(event.quota_name, event.realm);
    }
    if (to_ != nullptr) to_->OnAllocationCreated(event);
  }
  // The socket is still there: the action that closes it is carried out afterwards.
  void OnAllocationEnded(const relay::AllocationEvent& event, relay::EndReason reason) override {
    if (to_ == nullptr) return;
    relay::AllocationEvent whole = event;
    if (const RelaySocket* socket = sockets_.Find(event.allocation)) {
      whole.age = now_ - socket->opened;
      whole.traffic = socket->traffic;
    }
    to_->OnAllocationEnded(whole, reason);
  }
  void OnRefused(const relay::Refusal& refusal) override {
    if (to_ != nullptr) to_->OnRefused(refusal);
  }

 private:
  RelaySockets& sockets_;
  ClientSender& clients_;
  const SharedQuotaLedger* const quota_;
  relay::EventSink* const to_;
  const net::Instant& now_;
};

}  // namespace koeru::server
