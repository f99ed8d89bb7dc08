// New rules and draining while calls go on, over real sockets.

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "tests/native_server/worker/test_server.h"

namespace koeru::server {
namespace {

using namespace std::chrono_literals;

template <typename Condition>
bool Eventually(Condition condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

// What the test's server was started with, to be changed.
class ReloadTest : public ::testing::Test {
 protected:
  ReloadTest()
      : server_([this](relay::RelayConfig& config, RelayServerOptions& options) {
          options.workers = 2;
          config.events = &events_;
          config_ = config;
        }) {}

  struct Events final : relay::EventSink {
    void OnAllocationCreated(const relay::AllocationEvent&) override {}
    void OnAllocationEnded(const relay::AllocationEvent& event, relay::EndReason reason) override {
      const std::lock_guard lock(mutex);
      ended.push_back({event.traffic, event.age, reason});
    }
    void OnRefused(const relay::Refusal&) override {}

    struct Ended {
      relay::AllocationTraffic traffic;
      net::Duration age;
      relay::EndReason reason;
    };
    std::mutex mutex;
    std::vector<Ended> ended;
  };

  Events events_;
  relay::RelayConfig config_;
  TestServer server_;
};

TEST_F(ReloadTest, NoPacketOfACallIsLostWhileRulesChange) {
  constexpr int kClients = 4;
  constexpr uint32_t kPackets = 1500;
  std::vector<std::unique_ptr<TestClient>> clients;
  std::vector<std::unique_ptr<TestSocket>> peers;
  for (int i = 0; i < kClients; ++i) {
    clients.push_back(std::make_unique<TestClient>(server_.endpoint(), TestServer::V4()));
    peers.push_back(std::make_unique<TestSocket>(net::Endpoint{TestServer::V4(), 0}));
    ASSERT_EQ(clients.back()->Allocate(), 0);
    ASSERT_EQ(clients.back()->ChannelBind(0x4000, peers.back()->local()), 0);
  }
  std::atomic<bool> stop{false};
  int reloads = 0;
  std::thread reloading([&] {
    while (!stop.load()) {
      config_.users.assign(100, {"user" + std::to_string(reloads), "password", {}});
      config_.max_lifetime = std::chrono::seconds(700 + reloads % 10);
      server_.server().Reload(config_, 100, 1000);
      ++reloads;
      std::this_thread::sleep_for(1ms);
    }
  });
  // In step: each packet must arrive before the next one leaves, so no buffer can run over.
  std::vector<std::thread> calls;
  std::atomic<uint32_t> there{0}, back{0};
  for (int i = 0; i < kClients; ++i) {
    calls.emplace_back([&, i] {
      for (uint32_t n = 0; n < kPackets; ++n) {
        const Payload payload = MakePayload(200, n);
        clients[static_cast<size_t>(i)]->SendChannelData(0x4000, payload);
        const auto got = peers[static_cast<size_t>(i)]->Receive();
        if (got && got->bytes == payload) there.fetch_add(1);
        if (!got) return;
        peers[static_cast<size_t>(i)]->Send(got->from, payload);
        const auto data = clients[static_cast<size_t>(i)]->ReceiveData();
        if (data && data->payload == payload) back.fetch_add(1);
        if (!data) return;
      }
    });
  }
  for (std::thread& call : calls) call.join();
  stop.store(true);
  reloading.join();
  EXPECT_EQ(there.load(), kClients * kPackets);
  EXPECT_EQ(back.load(), kClients * kPackets);
  EXPECT_GT(reloads, 10);
  RecordProperty("reloads", reloads);
  // The new limit counts.
  server_.server().Reload(config_, 0, kClients);
  EXPECT_TRUE(Eventually([&] {
    TestClient another = server_.NewClient();
    return another.Allocate() == 486;
  }));
}

TEST_F(ReloadTest, DrainingLetsCallsGoOnAndIsOverWithTheLast) {
  TestClient client = server_.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  EXPECT_FALSE(server_.server().IsDrained(0)) << "nobody asked for it";
  server_.server().Drain();
  EXPECT_TRUE(Eventually([&] { return server_.NewClient().Allocate() == 508; }));
  client.SendChannelData(0x4000, MakePayload(50, 1));
  EXPECT_TRUE(peer.Receive());
  EXPECT_EQ(client.Refresh(600), 0);
  EXPECT_FALSE(server_.server().IsDrained(0));
  EXPECT_TRUE(Eventually([&] { return server_.server().IsDrained(1); }));
  // A reload does not end the draining.
  server_.server().Reload(config_, 0, 0);
  ASSERT_EQ(client.Refresh(0), 0);
  EXPECT_TRUE(Eventually([&] { return server_.server().IsDrained(0); }));
  EXPECT_EQ(server_.NewClient().Allocate(), 508);
}

TEST_F(ReloadTest, AnAllocationsEndTellsWhatItCarriedAndHowLongItLived) {
  TestClient client = server_.NewClient();
  TestSocket peer({TestServer::V4(), 0});
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  client.SendChannelRun(0x4000, std::vector<Payload>(5, MakePayload(100, 1)));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(peer.Receive());
  peer.Send(client.relayed(), MakePayload(33, 1));
  ASSERT_TRUE(client.ReceiveData());
  std::this_thread::sleep_for(20ms);
  ASSERT_EQ(client.Refresh(0), 0);
  TestClient other = server_.NewClient();
  ASSERT_EQ(other.Allocate(), 0);
  server_.server().Stop();
  const std::lock_guard lock(events_.mutex);
  ASSERT_EQ(events_.ended.size(), 2u);
  const Events::Ended& first = events_.ended[0];
  EXPECT_EQ(first.reason, relay::EndReason::kRefreshedToZero);
  EXPECT_EQ(first.traffic.to_peer_packets, 5u);
  EXPECT_EQ(first.traffic.to_peer_bytes, 500u);
  EXPECT_EQ(first.traffic.to_client_packets, 1u);
  EXPECT_EQ(first.traffic.to_client_bytes, 33u);
  EXPECT_GE(first.age, 20ms);
  EXPECT_LT(first.age, 60s);
  EXPECT_EQ(events_.ended[1].reason, relay::EndReason::kServerStops);
  EXPECT_EQ(events_.ended[1].traffic.to_peer_packets, 0u);
}

TEST(SharedQuotaLedger, LimitsOfAUserCountAlsoForAllocationsMadeBeforeThereWereAny) {
  SharedQuotaLedger ledger(0, 0);
  EXPECT_TRUE(ledger.Acquire("anna", "r"));
  EXPECT_TRUE(ledger.Acquire("anna", "r"));
  ledger.SetLimits(2, 0);
  EXPECT_FALSE(ledger.Acquire("anna", "r"));
  EXPECT_TRUE(ledger.Acquire("bert", "r"));
  ledger.Release("anna", "r");
  EXPECT_TRUE(ledger.Acquire("anna", "r"));
  ledger.SetLimits(0, 3);
  EXPECT_FALSE(ledger.Acquire("carl", "r"));
}

TEST(SharedQuotaLedger, EachRealmHasItsOwnLimitsAndAllHaveOneCapacity) {
  SharedQuotaLedger ledger(1, 2);
  ledger.SetRealms({{.name = "wide", .user_quota = 3, .total_quota = 4}}, 6);
  EXPECT_TRUE(ledger.Acquire("anna", "r"));
  EXPECT_FALSE(ledger.Acquire("anna", "r")) << "one for each user";
  EXPECT_TRUE(ledger.Acquire("bert", "r"));
  EXPECT_FALSE(ledger.Acquire("carl", "r")) << "two in the realm";
  for (const char* name : {"anna", "anna", "anna", "bert"}) {
    EXPECT_TRUE(ledger.Acquire(name, "wide")) << name;
  }
  EXPECT_FALSE(ledger.Acquire("anna", "wide"));
  EXPECT_FALSE(ledger.Acquire("carl", "wide"));
  EXPECT_FALSE(ledger.Acquire("carl", "other")) << "six in all";
  using Counts = std::vector<std::pair<std::string, size_t>>;
  EXPECT_EQ(ledger.InUse(), (Counts{{"r", 2}, {"wide", 4}}));
  ledger.SetRealms({}, 0);
  EXPECT_TRUE(ledger.Acquire("carl", "other"));
  for (const char* name : {"anna", "anna", "anna", "bert"}) ledger.Release(name, "wide");
  EXPECT_EQ(ledger.InUse(), (Counts{{"other", 1}, {"r", 2}}));
}

}  // namespace
}  // namespace koeru::server
