// The text that Prometheus reads, judged by Prometheus' own promtool.

#include "native_server/metrics/metrics_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace koeru::server {
namespace {

const net::Endpoint kListener{net::Address::V4(192, 0, 2, 1), 3478};

using ::testing::HasSubstr;

MetricsSnapshot Snapshot() {
  WorkerCounters one, two;
  one.allocations.Set(1);
  two.allocations.Set(2);
  one.used_allocations.Set(1);
  one.never_used.Set(23);
  one.allocations_total.Set(9);
  one.listeners.Of(kListener, net::Transport::kUdp).to_peer.Count(100, 3);
  two.listeners.Of(kListener, net::Transport::kUdp).to_client.Count(7);
  two.Drop(relay::Drop::kNoPermission);
  one.send.failed.Add(4);
  one.challenges.Set(5);
  one.user_lookups.Set(11);
  two.user_lookups_failed.Set(12);
  two.user_lookups_dropped.Set(13);
  one.refused[static_cast<size_t>(relay::RefusalCause::kWrongPassword)].Set(6);
  two.ended[static_cast<size_t>(relay::EndReason::kExpired)].Set(8);
  MetricsSnapshot snapshot;
  Histogram handshakes(HandshakeBounds());
  handshakes.Observe(std::chrono::milliseconds(3));
  handshakes.Observe(std::chrono::seconds(60));
  snapshot.tls = {.half_open = 14, .handshakes = {handshakes.Get(), 15, 16}};
  snapshot.dtls = {.half_open = 17, .handshakes = {handshakes.Get(), 18, 19}};
  snapshot.tcp_connections = 20;
  snapshot.dtls_cookies = 21;
  snapshot.dtls_unheard = 22;
  one.media_received_packets.Set(24);
  one.media_received_bytes.Set(25);
  one.media_sent_packets.Set(26);
  one.media_sent_bytes.Set(27);
  snapshot.totals.Add(one);
  snapshot.totals.Add(two);
  MediaCounters media;
  media.started.Set(29);
  media.ended[static_cast<size_t>(MediaEnd::kIce)].Set(30);
  media.Refuse(MediaRefusal::kFull);
  media.setup.Observe(std::chrono::milliseconds(300));
  snapshot.media = {.calls = 28, .letters_dropped = 31};
  snapshot.media.Add(media);
  snapshot.uptime_s = 1.5;
  snapshot.version = "1.2.3";
  snapshot.realms = {{"crinna.org", 2}, {"a \"quoted\"\nrealm", 1}};
  return snapshot;
}

TEST(MetricsText, HasEveryCounterWithItsLabel) {
  const std::string text = MetricsText(Snapshot());
  for (const char* line :
       {"koeru_build_info{version=\"1.2.3\"} 1\n",
        "koeru_uptime_seconds 1.5\n",
        "koeru_media_calls 28\n",
        "koeru_media_calls_started_total 29\n",
        "koeru_media_calls_ended_total{reason=\"ice\"} 30\n",
        "koeru_media_calls_ended_total{reason=\"left\"} 0\n",
        "koeru_media_refused_total{reason=\"full\"} 1\n",
        "koeru_media_handshake_seconds_bucket{le=\"0.5\"} 1\n",
        "koeru_media_handshake_seconds_sum 0.3\n",
        "koeru_media_received_packets_total 24\n",
        "koeru_media_received_bytes_total 25\n",
        "koeru_media_sent_packets_total 26\n",
        "koeru_media_sent_bytes_total 27\n",
        "koeru_media_letters_dropped_total 31\n",
        "koeru_workers 2\n",
        "koeru_draining 0\n",
        "koeru_allocations 3\n",
        "koeru_realm_allocations{realm=\"crinna.org\"} 2\n",
        "koeru_realm_allocations{realm=\"a \\\"quoted\\\"\\nrealm\"} 1\n",
        "koeru_allocations_created_total 9\n",
        "koeru_allocations_ended_total{reason=\"expired\"} 8\n",
        "koeru_allocations_used 1\n",
        "koeru_allocations_never_used_total 23\n",
        "koeru_relayed_packets_total{listener=\"192.0.2.1:3478\",protocol=\"udp\","
        "direction=\"client_to_peer\"} 3\n",
        "koeru_relayed_bytes_total{listener=\"192.0.2.1:3478\",protocol=\"udp\","
        "direction=\"client_to_peer\"} 300\n",
        "koeru_relayed_bytes_total{listener=\"192.0.2.1:3478\",protocol=\"udp\","
        "direction=\"peer_to_client\"} 7\n",
        "koeru_forwarding_seconds_bucket{le=\"+Inf\"} 0\n",
        "koeru_tcp_connections_in 20\n",
        "koeru_handshake_seconds_bucket{protocol=\"tls\",le=\"0.0025\"} 0\n",
        "koeru_handshake_seconds_bucket{protocol=\"tls\",le=\"0.005\"} 1\n",
        "koeru_handshake_seconds_bucket{protocol=\"dtls\",le=\"10\"} 1\n",
        "koeru_handshake_seconds_bucket{protocol=\"dtls\",le=\"+Inf\"} 2\n",
        "koeru_handshakes_half_open{protocol=\"tls\"} 14\n",
        "koeru_handshakes_failed_total{protocol=\"tls\"} 15\n",
        "koeru_handshakes_refused_total{protocol=\"tls\"} 16\n",
        "koeru_handshakes_half_open{protocol=\"dtls\"} 17\n",
        "koeru_handshakes_failed_total{protocol=\"dtls\"} 18\n",
        "koeru_handshakes_refused_total{protocol=\"dtls\"} 19\n",
        "koeru_dtls_cookies_total 21\n",
        "koeru_dtls_unheard_total 22\n",
        "koeru_dropped_packets_total{cause=\"no-permission\"} 1\n",
        "koeru_dropped_packets_total{cause=\"send-failed\"} 4\n",
        "koeru_auth_challenges_total 5\n",
        "koeru_user_lookups_total 11\n",
        "koeru_user_lookups_failed_total 12\n",
        "koeru_user_lookups_dropped_total 13\n",
        "koeru_refused_requests_total{cause=\"wrong-password\"} 6\n",
        "koeru_auth_failures_total{cause=\"wrong-password\"} 6\n",
        "# TYPE koeru_allocations gauge\n",
        "# TYPE koeru_send_calls_total counter\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(MetricsText, PromtoolFindsNothingToComplainAbout) {
  std::string path = ::testing::TempDir() + "koeru-metrics-XXXXXX";
  ASSERT_GE(::mkstemp(path.data()), 0);
  std::ofstream(path) << MetricsText(Snapshot());
  FILE* promtool = ::popen(("promtool check metrics < " + path + " 2>&1").c_str(), "r");
  ASSERT_NE(promtool, nullptr);
  std::string said;
  std::array<char, 4096> chunk{};
  while (const size_t got = std::fread(chunk.data(), 1, chunk.size(), promtool)) {
    said.append(chunk.data(), got);
  }
  EXPECT_EQ(::pclose(promtool), 0) << "promtool comes with the package prometheus";
  EXPECT_EQ(said, "");
  std::remove(path.c_str());
}

TEST(MetricsText, HasAFixedNumberOfSeries) {
  MetricsSnapshot busy = Snapshot();
  busy.totals.refused.fill(UINT64_MAX / 2);
  const std::string before = MetricsText(Snapshot()), after = MetricsText(busy);
  EXPECT_EQ(std::count(before.begin(), before.end(), '\n'),
            std::count(after.begin(), after.end(), '\n'));
}

}  // namespace
}  // namespace koeru::server
