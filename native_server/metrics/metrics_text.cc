#include "native_server/metrics/metrics_text.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <deque>
#include <initializer_list>
#include <sstream>
#include <utility>
#include <vector>

namespace koeru::server {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// One family: Counter("name_total", "Help.").Add(1).Add("label", "value", 2)
class Family {
 public:
  Family(std::string name, std::string help, MetricType type) {
    family_.name = std::move(name);
    family_.help = std::move(help);
    family_.type = type;
  }
  Family& Add(double value, std::vector<ClientMetric::Label> labels = {}) {
    ClientMetric metric;
    metric.label = std::move(labels);
    metric.counter.value = value;
    metric.gauge.value = value;
    family_.metric.push_back(std::move(metric));
    return *this;
  }
  Family& Add(std::string_view label, std::string_view label_value, uint64_t value) {
    return Add(static_cast<double>(value), {{std::string(label), std::string(label_value)}});
  }
  const MetricFamily& family() const { return family_; }

 private:
  MetricFamily family_;
};

class Exposition {
 public:
  Family& Counter(std::string name, std::string help) {
    return New(std::move(name), std::move(help), MetricType::Counter);
  }
  Family& Gauge(std::string name, std::string help) {
    return New(std::move(name), std::move(help), MetricType::Gauge);
  }
  // A counter without labels.
  void Count(std::string name, std::string help, uint64_t value) {
    Counter(std::move(name), std::move(help)).Add(static_cast<double>(value));
  }
  std::string Text() const {
    std::vector<MetricFamily> all;
    for (const Family& family : families_) all.push_back(family.family());
    std::ostringstream text;
    prometheus::TextSerializer().Serialize(text, all);
    return text.str();
  }

 private:
  Family& New(std::string name, std::string help, MetricType type) {
    return families_.emplace_back(std::move(name), std::move(help), type);
  }
  std::deque<Family> families_;  // references stay good
};

void AddProcess(const MetricsSnapshot& s, Exposition& out) {
  out.Gauge("koeru_build_info", "The version that runs; always 1.").Add("version", s.version, 1);
  out.Gauge("koeru_uptime_seconds", "Seconds since the start.").Add(s.uptime_s);
  out.Gauge("koeru_workers", "Threads that relay.").Add(static_cast<double>(s.totals.workers));
  out.Gauge("koeru_draining", "1 when no new allocations are made, because the server goes down.")
      .Add(s.draining ? 1 : 0);
}

void AddAllocations(const Totals& t, Exposition& out) {
  out.Gauge("koeru_allocations", "Allocations at the moment.")
      .Add(static_cast<double>(t.allocations));
  out.Gauge("koeru_stream_clients", "Clients connected over TCP and TLS at the moment.")
      .Add(static_cast<double>(t.stream_clients));
  out.Gauge("koeru_dtls_clients", "Clients with a DTLS association at the moment.")
      .Add(static_cast<double>(t.dtls_clients));
  out.Gauge("koeru_tcp_connections", "TCP connections to peers (RFC 6062) at the moment.")
      .Add(static_cast<double>(t.tcp_connections));
  out.Counter("koeru_tcp_connections_total",
              "TCP connections to peers, by what became of the attempt.")
      .Add("result", "connected", t.peers_connected)
      .Add("result", "accepted", t.peers_accepted)
      .Add("result", "refused", t.peers_refused)
      .Add("result", "unbound", t.peers_unbound);
  out.Count("koeru_allocations_created_total", "Allocations made since the start.",
            t.allocations_total);
  Family& ended =
      out.Counter("koeru_allocations_ended_total", "Allocations that ended, by reason.");
  for (size_t i = 0; i < t.ended.size(); ++i) {
    ended.Add("reason", relay::NameOf(static_cast<relay::EndReason>(i)), t.ended[i]);
  }
}

// Realms are those of the configuration and of the database: clients add none.
void AddRealms(const std::vector<std::pair<std::string, size_t>>& realms, Exposition& out) {
  Family& family = out.Gauge("koeru_realm_allocations", "Allocations at the moment, by realm.");
  for (const auto& [realm, allocations] : realms) family.Add("realm", realm, allocations);
}

void AddTraffic(const Totals& t, Exposition& out) {
  out.Counter("koeru_relayed_packets_total", "Data packets relayed, by direction.")
      .Add("direction", "client_to_peer", t.client_to_peer_packets)
      .Add("direction", "peer_to_client", t.peer_to_client_packets);
  out.Counter("koeru_relayed_bytes_total", "Bytes of payload relayed, by direction.")
      .Add("direction", "client_to_peer", t.client_to_peer_bytes)
      .Add("direction", "peer_to_client", t.peer_to_client_bytes);
  Family& dropped = out.Counter("koeru_dropped_packets_total", "Packets not relayed, by cause.");
  for (size_t i = 1; i < kDropCauses; ++i) {
    dropped.Add("cause", DropName(static_cast<relay::Drop>(i)), t.dropped[i]);
  }
  dropped.Add("cause", "slow-reader", t.slow_reader);
  dropped.Add("cause", "send-failed", t.send_failed);
  out.Count("koeru_receive_calls_total", "System calls that received.", t.recv_calls);
  out.Count("koeru_send_calls_total", "System calls that sent.", t.send_calls);
}

void AddRequests(const Totals& t, Exposition& out) {
  out.Count("koeru_binding_requests_total", "STUN Binding requests.", t.binding_requests);
  out.Count("koeru_allocate_requests_total",
            "Allocate requests, the first ones without "
            "credentials included.",
            t.allocate_requests);
  out.Count("koeru_auth_challenges_total",
            "Requests without credentials, answered with 401: the "
            "usual first one of each client.",
            t.challenges);
  out.Count("koeru_held_back_answers_total", "Answers that the amplification limit kept back.",
            t.held_back);
  out.Count("koeru_user_lookups_total", "Questions to the database of users.", t.user_lookups);
  out.Count("koeru_user_lookups_failed_total", "Questions that it did not answer.",
            t.user_lookups_failed);
  out.Count("koeru_user_lookups_dropped_total",
            "Requests dropped because too many questions to the database were open.",
            t.user_lookups_dropped);
  Family& refused = out.Counter("koeru_refused_requests_total", "Error responses, by cause.");
  for (size_t i = 0; i < t.refused.size(); ++i) {
    refused.Add("cause", relay::NameOf(static_cast<relay::RefusalCause>(i)), t.refused[i]);
  }
  using enum relay::RefusalCause;
  Family& failures =
      out.Counter("koeru_auth_failures_total", "Requests with wrong credentials, by cause.");
  for (const relay::RefusalCause cause :
       {kUnknownUser, kWrongPassword, kExpiredCredential, kStaleNonce, kForeignNonce,
        kBadPasswordAlgorithm, kNotTheOwner, kUnknownTokenKey, kBadToken, kExpiredToken,
        kUnknownRealm, kOriginChanged}) {
    failures.Add("cause", relay::NameOf(cause), t.refused[static_cast<size_t>(cause)]);
  }
}

}  // namespace

std::string MetricsText(const MetricsSnapshot& snapshot) {
  Exposition out;
  AddProcess(snapshot, out);
  AddAllocations(snapshot.totals, out);
  AddRealms(snapshot.realms, out);
  AddTraffic(snapshot.totals, out);
  AddRequests(snapshot.totals, out);
  return out.Text();
}

}  // namespace koeru::server
