#include "native_server/media/data_channels/sctp_stack.h"

#include <gtest/gtest.h>

#include <list>
#include <memory>
#include <set>

#include "tests/native_server/media/data_channels/sctp_world.h"

namespace koeru::server {
namespace {

class Deaf final : public SctpAssociation {
 public:
  void OnOutput(Bytes) override {}
  void AfterTimers(bool is_sweep) override { is_sweep ? ++sweeps : ++ticks; }
  int sweeps = 0;
  int ticks = 0;
};

const net::Instant kStart = net::Instant::FromNanoseconds(5'000'000'000);

TEST(SctpStack, MayBeMadeAgainInTheSameProcess) {
  for (int i = 0; i < 5; ++i) SctpStack stack(kStart);
}

TEST(SctpStack, AddressesAreSmallNumbersAndRestBeforeTheyAreUsedAgain) {
  SctpStack stack(kStart);
  Deaf deaf;
  std::set<uint64_t> seen;
  uint64_t previous = 0;
  for (int i = 0; i < 1000; ++i) {
    const uint64_t address = stack.Add(deaf, kStart);
    EXPECT_NE(address, previous);
    EXPECT_LE(address, 100u);
    seen.insert(address);
    previous = address;
    stack.Remove(address);
  }
  EXPECT_GE(seen.size(), 64u);
  EXPECT_EQ(stack.associations(), 0u);
}

TEST(SctpStack, TicksWhileThereAreAssociationsAndSweepsTenTimesASecond) {
  SctpStack stack(kStart);
  EXPECT_EQ(stack.NextDeadline(), net::Instant::Max());
  Deaf deaf;
  const uint64_t address = stack.Add(deaf, kStart);
  EXPECT_EQ(stack.NextDeadline(), kStart + SctpStack::kTick);
  net::Instant now = kStart;
  for (int i = 0; i < 100; ++i) {
    now = stack.NextDeadline();
    stack.OnTimeout(now);
  }
  EXPECT_EQ(now, kStart + std::chrono::seconds(1));
  EXPECT_EQ(deaf.sweeps, 10);
  EXPECT_EQ(deaf.ticks, 90);
  stack.OnTimeout(now);  // too early
  EXPECT_EQ(deaf.sweeps + deaf.ticks, 100);
  stack.Remove(address);
}

TEST(SctpStack, AssociationsComeAndGoAndKnowNothingOfEachOther) {
  SctpWorld world;
  RecordingPeer page(world, 0, {.is_dtls_client = true});
  RecordingPeer server(world, 1, {});
  page.channels.Start(world.now());
  server.channels.Start(world.now());
  ASSERT_TRUE(world.RunUntil([&] { return server.is_connected; }));
  // Others with the same ports, which nobody answers; each is dropped in some state of its life.
  struct Nobody final : DataChannels::Events {
    void SendPacket(Bytes) override { ++packets; }
    void OnMessage(const ChannelMessage&) override {}
    void OnEnded(std::string_view) override {}
    size_t packets = 0;
  };
  std::list<std::pair<Nobody, std::unique_ptr<DataChannels>>> others;
  for (int i = 0; i < 300; ++i) {
    auto& [events, channels] = others.emplace_back();
    channels = std::make_unique<DataChannels>(world.stack(), DataChannels::Options(), events);
    channels->Start(world.now());
    EXPECT_GT(events.packets, 0u);
    if (others.size() > 100) others.pop_front();
    if (i % 50 == 0) world.Run(std::chrono::milliseconds(500));
  }
  EXPECT_EQ(world.stack().associations(), 102u);
  const auto stream = page.channels.Open({.label = "chat"});
  page.channels.Send(*stream, true, AsBytes("hello"));
  EXPECT_TRUE(world.RunUntil([&] { return server.messages.size() == 1; }));
}

}  // namespace
}  // namespace koeru::server
