#include <gtest/gtest.h>

#include "native_server/media/data_channels/data_channels.h"
#include "tests/native_server/media/data_channels/sctp_world.h"

namespace koeru::server {
namespace {

constexpr size_t kMessage = 64 << 10;
constexpr size_t kMessages = 160;  // 10 MiB

// The n-th message: as long as all, but for its last bytes, and unlike every other.
std::string Numbered(size_t n) {
  std::string message(kMessage - n % 7, static_cast<char>('a' + n % 26));
  message.replace(0, 4, std::to_string(1000 + n).substr(0, 4));
  return message;
}

// Sends all of them as fast as the channel takes them, and checks what comes.
struct Talker {
  RecordingPeer& peer;
  uint16_t stream = 0;
  size_t sent = 0;
  size_t received = 0;
  size_t most_waiting = 0;

  void Begin() {
    peer.on_writable = [this] { Go(); };
    peer.on_message = [this](const ChannelMessage& message) {
      const std::string expected = Numbered(received++);
      EXPECT_TRUE(std::equal(expected.begin(), expected.end(), message.content.begin(),
                             message.content.end()))
          << "message " << received;
    };
    Go();
  }
  void Go() {
    while (sent < kMessages) {
      const SendResult result = peer.channels.Send(stream, false, AsBytes(Numbered(sent)));
      most_waiting = std::max(most_waiting, peer.channels.waiting());
      if (result == SendResult::kFull) return;
      ASSERT_EQ(result, SendResult::kSent);
      ++sent;
    }
  }
  bool is_done() const { return sent == kMessages && received == kMessages; }
};

class DataChannelsFlowTest : public testing::Test {
 protected:
  static constexpr size_t kMostBuffered = 512 << 10;

  static DataChannels::Options OptionsFor(bool is_dtls_client) {
    return {.is_dtls_client = is_dtls_client,
            .peer_max_message_size = 0,
            .max_buffered = kMostBuffered};
  }
  void SetUp() override {
    client.channels.Start(world.now());
    server.channels.Start(world.now());
    stream = client.channels.Open({.label = "flow"}).value_or(99);
    ASSERT_TRUE(world.RunUntil([&] { return server.opened.contains(stream); }));
    world.Settle();
  }

  SctpWorld world;
  RecordingPeer client{world, 0, OptionsFor(true)};
  RecordingPeer server{world, 1, OptionsFor(false)};
  uint16_t stream = 0;
};

TEST_F(DataChannelsFlowTest, TenMegabytesEachWayArriveInOrder) {
  Talker first{client, stream}, second{server, stream};
  first.Begin();
  second.Begin();
  EXPECT_TRUE(world.RunUntil([&] { return first.is_done() && second.is_done(); }));
  EXPECT_LE(first.most_waiting, kMostBuffered);
  EXPECT_GT(first.most_waiting, kMostBuffered / 2);
  EXPECT_TRUE(world.RunUntil([&] { return client.channels.buffered() == 0; }));
}

TEST_F(DataChannelsFlowTest, TenMegabytesEachWayArriveWithATenthOfThePacketsLost) {
  world.loses = [](size_t, size_t n) { return IsUnlucky(n, 10); };
  Talker first{client, stream}, second{server, stream};
  first.Begin();
  second.Begin();
  EXPECT_TRUE(world.RunUntil([&] { return first.is_done() && second.is_done(); },
                             std::chrono::minutes(30)));
}

TEST_F(DataChannelsFlowTest, APeerThatDoesNotReadIsSentNoMoreThanItsWindow) {
  server.channels.SetReading(false);
  Talker talker{client, stream};
  talker.Begin();
  world.Run(std::chrono::minutes(3));
  EXPECT_FALSE(client.ended || server.ended);
  EXPECT_EQ(server.count, 0u);
  // Our queue, and SCTP's buffers on both sides.
  EXPECT_LE(talker.sent * kMessage, kMostBuffered + 2 * DataChannels::kSctpBuffer);
  EXPECT_LE(client.channels.waiting(), kMostBuffered);

  Talker receiver{server, stream};
  receiver.sent = kMessages;
  receiver.Begin();
  server.channels.SetReading(true);
  EXPECT_TRUE(world.RunUntil([&] { return receiver.is_done(); }));
}

TEST_F(DataChannelsFlowTest, TinyMessagesToAPeerThatDoesNotReadAreBoundedByTheirNumber) {
  server.channels.SetReading(false);
  size_t taken = 0;
  for (int second = 0; second < 30; ++second) {
    while (client.channels.Send(stream, true, AsBytes("x")) == SendResult::kSent) ++taken;
    world.Run(std::chrono::seconds(1));
  }
  // 4096 lie at the peer, as many in SCTP here, and the rest in our own queue.
  EXPECT_LE(taken, 2 * 4096 + kMostBuffered / DataChannels::kMessageOverhead);
  EXPECT_GT(taken, kMostBuffered / (DataChannels::kMessageOverhead + 1));
  EXPECT_FALSE(client.ended || server.ended);
  server.channels.SetReading(true);
  EXPECT_TRUE(world.RunUntil([&] { return server.count == taken; }));
}

TEST_F(DataChannelsFlowTest, PausesWithinAnEventTakeEffectAtOnce) {
  server.on_message = [&](const ChannelMessage&) { server.channels.SetReading(false); };
  for (int i = 0; i < 10; ++i) client.channels.Send(stream, true, AsBytes("hello"));
  for (size_t i = 1; i <= 10; ++i) {
    world.Run(std::chrono::seconds(1));
    EXPECT_EQ(server.count, i);
    server.channels.SetReading(true);
  }
}

}  // namespace
}  // namespace koeru::server
