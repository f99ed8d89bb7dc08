#include "native_server/metrics/metrics_text.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <deque>
#include <limits>
#include <sstream>
#include <utility>
#include <vector>

#include "core/net/transport_name.h"

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
  Family& Add(const HistogramCounts& counts, std::vector<ClientMetric::Label> labels = {}) {
    using Seconds = std::chrono::duration<double>;
    ClientMetric metric;
    metric.label = std::move(labels);
    uint64_t cumulative = 0;
    for (size_t i = 0; i < counts.bounds.size(); ++i) {
      cumulative += counts.counts[i];
      metric.histogram.bucket.push_back({cumulative, Seconds(counts.bounds[i]).count()});
    }
    metric.histogram.sample_count = counts.total();
    metric.histogram.sample_sum = Seconds(counts.sum).count();
    metric.histogram.bucket.push_back(
        {metric.histogram.sample_count, std::numeric_limits<double>::infinity()});
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
  Family& Histogram(std::string name, std::string help) {
    return New(std::move(name), std::move(help), MetricType::Histogram);
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
  out.Gauge("koeru_allocations_used", "Those of them that have carried data.")
      .Add(static_cast<double>(t.used_allocations));
  out.Count("koeru_allocations_never_used_total", "Allocations that ended and had carried nothing.",
            t.never_used);
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

std::string ListenerName(const net::Endpoint& listener) {
  return listener.port == 0 ? "other" : listener.ToString();
}

void AddRelayed(const Totals& t, Exposition& out) {
  Family& packets = out.Counter(
      "koeru_relayed_packets_total",
      "Data packets relayed, by direction and by how their clients come in: listener, protocol.");
  Family& bytes = out.Counter("koeru_relayed_bytes_total", "The same in bytes of payload.");
  for (const ListenerTotals& listener : t.listeners) {
    const auto labels = [&](const char* direction) {
      return std::vector<ClientMetric::Label>{
          {"listener", ListenerName(listener.listener)},
          {"protocol", std::string(net::NameOf(listener.transport))},
          {"direction", direction}};
    };
    packets.Add(static_cast<double>(listener.to_peer_packets), labels("client_to_peer"));
    packets.Add(static_cast<double>(listener.to_client_packets), labels("peer_to_client"));
    bytes.Add(static_cast<double>(listener.to_peer_bytes), labels("client_to_peer"));
    bytes.Add(static_cast<double>(listener.to_client_bytes), labels("peer_to_client"));
  }
  out.Histogram("koeru_forwarding_seconds",
                "From the kernel taking a datagram in to its leaving for the other side; a sample "
                "of those over UDP and DTLS.")
      .Add(t.latency);
}

void AddDoors(const MetricsSnapshot& s, Exposition& out) {
  out.Gauge("koeru_tcp_connections_in", "TCP connections of clients and of the web side.")
      .Add(static_cast<double>(s.tcp_connections));
  out.Gauge("koeru_handshakes_half_open",
            "Handshakes that have begun, and connections that have "
            "said nothing yet.")
      .Add("protocol", "tls", s.tls.half_open)
      .Add("protocol", "dtls", s.dtls.half_open);
  out.Histogram("koeru_handshake_seconds", "Handshakes that finished.")
      .Add(s.tls.handshakes.finished, {{"protocol", "tls"}})
      .Add(s.dtls.handshakes.finished, {{"protocol", "dtls"}});
  out.Counter("koeru_handshakes_failed_total", "Handshakes without common ground, or out of time.")
      .Add("protocol", "tls", s.tls.handshakes.failed)
      .Add("protocol", "dtls", s.dtls.handshakes.failed);
  out.Counter("koeru_handshakes_refused_total",
              "Beyond a limit of the door: TCP connections of every kind, handshakes of DTLS.")
      .Add("protocol", "tls", s.tls.handshakes.refused)
      .Add("protocol", "dtls", s.dtls.handshakes.refused);
  out.Count("koeru_dtls_cookies_total", "Strangers over DTLS that were asked for a cookie.",
            s.dtls_cookies);
  out.Count("koeru_dtls_unheard_total",
            "Datagrams of DTLS handshakes dropped because too many waited.", s.dtls_unheard);
}

void AddMediaPeer(const MediaCounts& m, const Totals& t, Exposition& out) {
  out.Gauge("koeru_media_calls", "Calls with the media peer at the moment.")
      .Add(static_cast<double>(m.calls));
  out.Count("koeru_media_calls_started_total", "Calls with the media peer: offers that came.",
            m.started);
  Family& ended = out.Counter("koeru_media_calls_ended_total", "Those that ended, by reason.");
  for (size_t i = 0; i < kMediaEnds; ++i) {
    ended.Add("reason", NameOf(static_cast<MediaEnd>(i)), m.ended[i]);
  }
  Family& refused = out.Counter("koeru_media_refused_total", "Pages that got no call, by reason.");
  for (size_t i = 0; i < kMediaRefusals; ++i) {
    refused.Add("reason", NameOf(static_cast<MediaRefusal>(i)), m.refused[i]);
  }
  out.Histogram("koeru_media_handshake_seconds",
                "From the offer to the end of the DTLS handshake, ICE included.")
      .Add(m.setup);
  out.Count("koeru_media_received_packets_total",
            "Datagrams that the media peer took: media, handshakes, connectivity checks.",
            t.media_received_packets);
  out.Count("koeru_media_received_bytes_total", "The same in bytes.", t.media_received_bytes);
  out.Count("koeru_media_sent_packets_total", "Datagrams that the media peer sent.",
            t.media_sent_packets);
  out.Count("koeru_media_sent_bytes_total", "The same in bytes.", t.media_sent_bytes);
  out.Count("koeru_media_letters_dropped_total",
            "Signals and datagrams of handshakes dropped because too many waited.",
            m.letters_dropped);
}

void AddTraffic(const Totals& t, Exposition& out) {
  AddRelayed(t, out);
  Family& dropped = out.Counter("koeru_dropped_packets_total", "Packets not relayed, by cause.");
  for (size_t i = 1; i < kDropCauses; ++i) {
    dropped.Add("cause", DropName(static_cast<relay::Drop>(i)), t.dropped[i]);
  }
  dropped.Add("cause", "slow-reader", t.slow_reader);
  dropped.Add("cause", "send-failed", t.send_failed);
  dropped.Add("cause", "worker-busy", t.steered_dropped);
  out.Count("koeru_steered_packets_total",
            "Datagrams brought to the worker that has their client's allocation (mobility).",
            t.steered);
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
  AddDoors(snapshot, out);
  AddMediaPeer(snapshot.media, snapshot.totals, out);
  return out.Text();
}

}  // namespace koeru::server
