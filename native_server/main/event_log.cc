#include "native_server/main/event_log.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "core/net/transport_name.h"
#include "native_server/io/clock.h"
#include "native_server/log/log.h"

namespace koeru::server {
namespace {

std::string_view MethodName(stun::Method method) {
  switch (method) {
    case stun::Method::kBinding:
      return "Binding";
    case stun::Method::kAllocate:
      return "Allocate";
    case stun::Method::kRefresh:
      return "Refresh";
    case stun::Method::kCreatePermission:
      return "CreatePermission";
    case stun::Method::kChannelBind:
      return "ChannelBind";
    case stun::Method::kConnect:
      return "Connect";
    case stun::Method::kConnectionBind:
      return "ConnectionBind";
    default:
      return "another request";
  }
}

// Milliseconds are enough, and no exponent.
double Seconds(net::Duration duration) {
  return static_cast<double>(
             std::chrono::duration_cast<std::chrono::milliseconds>(duration).count()) /
         1000;
}

// Text of fields, for as long as the line is being written.
class Line {
 public:
  Line& Add(std::string_view name, std::string_view value) {
    fields_.push_back({name, value});
    return *this;
  }
  Line& Add(std::string_view name, uint64_t value) {
    fields_.push_back({name, value});
    return *this;
  }
  Line& Add(std::string_view name, double value) {
    fields_.push_back({name, value});
    return *this;
  }
  void Who(const std::string& client, std::string_view username) {
    if (Log::debug()) Add("client", client).Add("user", username);
  }
  void Write(std::string_view text) { Log::Write(absl::LogSeverity::kInfo, text, fields_); }

 private:
  std::vector<LogField> fields_;
};

}  // namespace

bool LineLimit::Take(net::Instant now, uint64_t& left_out) {
  const std::lock_guard lock(mutex_);
  if (now - second_ >= std::chrono::seconds(1)) {
    second_ = now;
    taken_ = 0;
  }
  if (taken_ >= per_second_) {
    ++left_out_;
    return false;
  }
  ++taken_;
  left_out = std::exchange(left_out_, 0);
  return true;
}

void EventLog::OnAllocationCreated(const relay::AllocationEvent& event) {
  if (!verbose_.load(std::memory_order_relaxed)) return;
  const std::string relayed = event.relayed.ToString();
  const std::string client = event.five_tuple.client.endpoint.ToString();
  Line line;
  line.Add("relayed", relayed).Who(client, event.username);
  line.Write("allocation begins");
}

void EventLog::OnAllocationEnded(const relay::AllocationEvent& event, relay::EndReason reason) {
  const std::string relayed = event.relayed.ToString();
  const std::string client = event.five_tuple.client.endpoint.ToString();
  Line line;
  line.Add("relayed", relayed)
      .Add("reason", relay::ToText(reason))
      .Add("duration_s", Seconds(event.age))
      .Add("to_peer_packets", event.traffic.to_peer_packets)
      .Add("to_peer_bytes", event.traffic.to_peer_bytes)
      .Add("to_client_packets", event.traffic.to_client_packets)
      .Add("to_client_bytes", event.traffic.to_client_bytes)
      .Who(client, event.username);
  line.Write("allocation ended");
}

void EventLog::OnRefused(const relay::Refusal& refusal) {
  uint64_t left_out = 0;
  if (!refusals_.Take(Now(), left_out)) return;
  const std::string client = refusal.five_tuple.client.endpoint.ToString();
  const std::string peer = refusal.peer.ToString();
  Line line;
  line.Add("method", MethodName(refusal.method))
      .Add("code", static_cast<uint64_t>(refusal.code))
      .Add("cause", relay::ToText(refusal.cause));
  if (!refusal.detail.empty()) line.Add("detail", refusal.detail);
  if (left_out > 0) line.Add("left_out_before", left_out);
  if (Log::debug() && refusal.peer.port != 0) line.Add("peer", peer);
  line.Who(client, refusal.username);
  line.Write("request refused");
}

void EventLog::OnMediaCallBegan(const MediaCallEvent& event) {
  if (!verbose_.load(std::memory_order_relaxed)) return;
  Line line;
  line.Add("mode", event.mode).Add("worker", uint64_t{event.worker});
  if (Log::debug()) line.Add("page", event.page).Add("user", event.user);
  line.Write("media call begins");
}

void EventLog::OnMediaPath(const MediaCallEvent& event) {
  if (!verbose_.load(std::memory_order_relaxed) || !event.path) return;
  const std::string local = event.path->local.ToString();
  const std::string client = event.path->remote.ToString();
  Line line;
  line.Add("local", local)
      .Add("protocol", net::NameOf(event.path->transport))
      .Add("after_s", Seconds(event.age));
  if (Log::debug()) line.Add("page", event.page).Add("client", client);
  line.Write("media call has a path");
}

void EventLog::OnMediaCallEnded(const MediaCallEvent& event, MediaEnd reason) {
  const std::string client = event.path ? event.path->remote.ToString() : "";
  Line line;
  line.Add("reason", NameOf(reason)).Add("mode", event.mode);
  line.Add("protocol", event.path ? net::NameOf(event.path->transport) : "none")
      .Add("duration_s", Seconds(event.age))
      .Add("received_packets", event.received_packets)
      .Add("received_lost", static_cast<uint64_t>(std::max<int64_t>(event.received_lost, 0)))
      .Add("sent_packets", event.sent_packets)
      .Add("sent_lost", static_cast<uint64_t>(std::max<int64_t>(event.sent_lost, 0)));
  if (Log::debug()) line.Add("page", event.page);
  line.Who(client, event.user);
  line.Write("media call ended");
}

void EventLog::OnMediaRefused(std::string_view page, MediaRefusal reason) {
  uint64_t left_out = 0;
  if (!refusals_.Take(Now(), left_out)) return;
  Line line;
  line.Add("reason", NameOf(reason));
  if (left_out > 0) line.Add("left_out_before", left_out);
  if (Log::debug()) line.Add("page", page);
  line.Write("media call refused");
}

}  // namespace koeru::server
