#include "native_server/main/stats_json.h"

#include <gtest/gtest.h>

namespace koeru::server {
namespace {

const net::Endpoint kListener{net::Address::V4(192, 0, 2, 1), 3478};

TEST(StatsJson, HasEveryCounterUnderItsName) {
  WorkerCounters one, two;
  one.allocations.Set(1);
  two.allocations.Set(2);
  one.listeners.Of(kListener, net::Transport::kUdp).to_peer.Count(100);
  two.listeners.Of(kListener, net::Transport::kUdp).to_client.Count(7);
  two.Drop(relay::Drop::kNoPermission);
  one.send.failed.Add(4);
  one.stream_clients.Set(8);
  one.dtls_clients.Set(10);
  two.slow_reader.Add(9);
  one.not_stun.Set(6);
  one.steered_dropped.Add(11);
  two.steered.Add(12);
  Totals totals;
  totals.Add(one);
  totals.Add(two);
  EXPECT_EQ(StatsJson(totals, 5),
            "{\"uptime_s\":5,\"workers\":2,\"allocations\":3,\"stream_clients\":8,"
            "\"dtls_clients\":10,"
            "\"allocations_total\":0,"
            "\"client_to_peer\":{\"packets\":1,\"bytes\":100},"
            "\"peer_to_client\":{\"packets\":1,\"bytes\":7},\"binding_requests\":0,"
            "\"allocate_requests\":0,\"unauthorized\":0,\"steered\":12,"
            "\"dropped\":{\"not-a-packet\":6,"
            "\"no-allocation\":0,\"no-channel\":0,\"no-permission\":1,\"malformed\":0,"
            "\"peer-denied\":0,\"over-bandwidth\":0,\"slow-reader\":9,\"send-failed\":4,"
            "\"worker-busy\":11},"
            "\"recv_calls\":0,\"send_calls\":0}");
}

}  // namespace
}  // namespace koeru::server
