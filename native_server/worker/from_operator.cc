// Orders of a person who watches the relay (operator_orders.h).

#include "native_server/worker/worker.h"

namespace koeru::server {

void Worker::TakeOperatorOrders() {
  OperatorOrders::Orders orders = orders_.Take();
  for (const auto& end : orders.ends) {
    known_.valid = false;
    actions_.Clear();
    const bool ended = relay_.End(end->allocation(), actions_);
    CarryOut();
    end->Answer(ended);
  }
  for (auto& survey : orders.surveys) surveys_.push_back({std::move(survey), 0});
}

// A part of one survey in each turn of the loop.
void Worker::ContinueSurvey() {
  if (surveys_.empty()) return;
  RunningSurvey& survey = surveys_.front();
  std::vector<WatchedAllocation> seen;
  survey.next_slot = relay_.Survey(
      survey.next_slot, kSurveyedAtOnce, now_, [&](const relay::AllocationStatus& status) {
        WatchedAllocation& watched = seen.emplace_back();
        watched.worker = options_.number;
        watched.allocation = status.allocation;
        watched.five_tuple = status.five_tuple;
        watched.relayed = status.relayed;
        watched.username = status.username;
        watched.realm = status.realm;
        watched.left = status.left;
        watched.permissions = status.permissions;
        watched.channels = status.channels;
        if (const RelaySocket* socket = sockets_.Find(status.allocation)) {
          watched.age = now_ - socket->opened;
          watched.traffic = socket->traffic;
        }
      });
  survey.answer->Add(std::move(seen));
  if (survey.next_slot != 0) return;
  survey.answer->Finish();
  surveys_.pop_front();
}

}  // namespace koeru::server
