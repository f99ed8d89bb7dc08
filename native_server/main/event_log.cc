#include "native_server/main/event_log.h"

#include "core/bytes/escape.h"
#include "native_server/log/log.h"

namespace koeru::server {
namespace {

std::string_view MethodName(stun::Method method) {
  switch (method) {
    case stun::Method::kBinding: return "Binding";
    case stun::Method::kAllocate: return "Allocate";
    case stun::Method::kRefresh: return "Refresh";
    case stun::Method::kCreatePermission: return "CreatePermission";
    case stun::Method::kChannelBind: return "ChannelBind";
    default: return "another request";
  }
}

std::string Who(const net::FiveTuple& five_tuple, std::string_view username) {
  return " (client " + five_tuple.client.endpoint.ToString() + ", user \"" + Escape(username) +
         "\")";
}

}  // namespace

void EventLog::OnAllocationCreated(const relay::AllocationEvent& event) {
  if (!verbose_) return;
  LOG(INFO) << "allocation on port " << event.relayed.port << " begins";
  KOERU_LOG_DEBUG << "allocation " << event.relayed.ToString()
                  << Who(event.five_tuple, event.username);
}

void EventLog::OnAllocationEnded(const relay::AllocationEvent& event, relay::EndReason reason) {
  if (!verbose_) return;
  LOG(INFO) << "allocation on port " << event.relayed.port << " ends: " << relay::ToText(reason);
}

void EventLog::OnRefused(const relay::Refusal& refusal) {
  const bool denied = refusal.cause == relay::RefusalCause::kPeerDenied;
  if (!verbose_ && !denied) return;
  LOG_EVERY_N_SEC(INFO, 0.1) << MethodName(refusal.method) << " refused with " << refusal.code
                             << ": " << relay::ToText(refusal.cause)
                             << (refusal.detail.empty() ? "" : ": ") << refusal.detail;
  if (Log::debug()) {
    LOG_EVERY_N_SEC(INFO, 0.1) << "debug: refused"
                               << (denied ? " peer " + refusal.peer.ToString() : std::string())
                               << Who(refusal.five_tuple, refusal.username);
  }
}

}  // namespace koeru::server
