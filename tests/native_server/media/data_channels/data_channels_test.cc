#include "native_server/media/data_channels/data_channels.h"

#include <gtest/gtest.h>

#include "tests/native_server/media/data_channels/sctp_world.h"

namespace koeru::server {
namespace {

constexpr size_t kLargest = 256 << 10;

class DataChannelsTest : public testing::Test {
 protected:
  static DataChannels::Options OptionsFor(bool is_dtls_client) {
    return {.is_dtls_client = is_dtls_client, .peer_max_message_size = kLargest};
  }

  void Connect() {
    client.channels.Start(world.now());
    server.channels.Start(world.now());
    ASSERT_TRUE(world.RunUntil([&] { return client.is_connected && server.is_connected; }));
  }
  // A channel that both know of.
  uint16_t Opened(ChannelParameters parameters = {.label = "chat"}) {
    const auto stream = client.channels.Open(std::move(parameters));
    EXPECT_TRUE(stream);
    EXPECT_TRUE(world.RunUntil(
        [&] { return client.opened.contains(*stream) && server.opened.contains(*stream); }));
    return stream.value_or(0);
  }

  SctpWorld world;
  RecordingPeer client{world, 0, OptionsFor(true)};
  RecordingPeer server{world, 1, OptionsFor(false)};
};

TEST_F(DataChannelsTest, BothSidesConnectAndAreOneAssociation) {
  Connect();
  EXPECT_TRUE(client.channels.is_connected());
  EXPECT_FALSE(client.ended || server.ended);
  EXPECT_LE(world.packets, 8u);
}

TEST_F(DataChannelsTest, WaitsForAPeerThatStartsLater) {
  client.channels.Start(world.now());
  world.Run(std::chrono::seconds(20));
  EXPECT_FALSE(client.is_connected || client.ended);
  server.channels.Start(world.now());
  EXPECT_TRUE(world.RunUntil([&] { return client.is_connected && server.is_connected; }));
}

TEST_F(DataChannelsTest, GivesUpAPeerThatNeverStarts) {
  client.channels.Start(world.now());
  EXPECT_TRUE(world.RunUntil([&] { return client.ended.has_value(); }, std::chrono::minutes(2)));
  EXPECT_EQ(client.ended, "the association could not be set up");
}

TEST_F(DataChannelsTest, OpensAChannelWithItsParametersOnBothSides) {
  Connect();
  const ChannelParameters parameters = {.label = "telemetry",
                                        .protocol = "json",
                                        .is_ordered = false,
                                        .max_retransmits = 3,
                                        .priority = 1024};
  const uint16_t stream = Opened(parameters);
  EXPECT_EQ(client.opened[stream], parameters);
  EXPECT_EQ(server.opened[stream], parameters);
}

TEST_F(DataChannelsTest, Rfc8832_6_TheDtlsClientTakesEvenStreamsAndTheServerOddOnes) {
  Connect();
  EXPECT_EQ(client.channels.Open({.label = "a"}), 0);
  EXPECT_EQ(client.channels.Open({.label = "b"}), 2);
  EXPECT_EQ(server.channels.Open({.label = "c"}), 1);
  EXPECT_EQ(server.channels.Open({.label = "d"}), 3);
  world.Settle();
  EXPECT_EQ(client.opened.size(), 4u);
  EXPECT_EQ(server.opened.size(), 4u);
}

TEST_F(DataChannelsTest, OpensBeforeTheAssociationIsThereAndSendsAtOnce) {
  const auto stream = client.channels.Open({.label = "early", .is_ordered = false});
  ASSERT_TRUE(stream);
  EXPECT_EQ(client.channels.Send(*stream, true, AsBytes("first")), SendResult::kSent);
  EXPECT_EQ(client.channels.Send(*stream, true, AsBytes("second")), SendResult::kSent);
  Connect();
  ASSERT_TRUE(world.RunUntil([&] { return server.messages.size() == 2; }));
  EXPECT_EQ(server.messages[0], (ReceivedMessage{*stream, true, "first"}));
  EXPECT_EQ(server.messages[1], (ReceivedMessage{*stream, true, "second"}));
}

TEST_F(DataChannelsTest, TextAndBytesAndEmptyMessagesStayWhatTheyAre) {
  Connect();
  const uint16_t stream = Opened();
  const std::string binary("\0\xFF\x01", 3);
  client.channels.Send(stream, true, AsBytes("こえる"));
  client.channels.Send(stream, false, AsBytes(binary));
  client.channels.Send(stream, true, {});
  client.channels.Send(stream, false, {});
  ASSERT_TRUE(world.RunUntil([&] { return server.messages.size() == 4; }));
  EXPECT_EQ(server.messages[0], (ReceivedMessage{stream, true, "こえる"}));
  EXPECT_EQ(server.messages[1], (ReceivedMessage{stream, false, binary}));
  EXPECT_EQ(server.messages[2], (ReceivedMessage{stream, true, ""}));
  EXPECT_EQ(server.messages[3], (ReceivedMessage{stream, false, ""}));
}

TEST_F(DataChannelsTest, ALargestMessageArrivesWholeAndPacketsFitIntoDtlsRecords) {
  Connect();
  const uint16_t stream = Opened();
  std::string large(kLargest, 'x');
  for (size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i * 31 + i / 256);
  EXPECT_EQ(client.channels.Send(stream, false, AsBytes(large)), SendResult::kSent);
  ASSERT_TRUE(world.RunUntil([&] { return !server.messages.empty(); }));
  EXPECT_EQ(server.messages[0], (ReceivedMessage{stream, false, large}));
  EXPECT_LE(world.largest_packet, DataChannels::kMostPacketBytes);
  EXPECT_GT(world.largest_packet, 1150u);
}

TEST_F(DataChannelsTest, WhatIsTooLargeForThePeerIsNotSent) {
  Connect();
  const uint16_t stream = Opened();
  const std::string large(kLargest + 1, 'x');
  EXPECT_EQ(client.channels.Send(stream, false, AsBytes(large)), SendResult::kTooLarge);
  EXPECT_EQ(client.channels.Send(stream + 2, false, {}), SendResult::kNoChannel);
}

TEST_F(DataChannelsTest, OnlyTheUnreliableChannelMayLoseMessages) {
  Connect();
  const uint16_t sure = Opened({.label = "sure", .is_ordered = false});
  const uint16_t unsure = Opened({.label = "unsure", .is_ordered = false, .max_retransmits = 0});
  world.loses = [](size_t end, size_t n) { return end == 1 && IsUnlucky(n, 20); };
  const std::string content(1000, 'x');
  for (int i = 0; i < 100; ++i) {
    client.channels.Send(sure, false, AsBytes(content));
    client.channels.Send(unsure, false, AsBytes(content));
  }
  ASSERT_TRUE(world.RunUntil([&] { return client.channels.buffered() == 0; }));
  const auto count = [&](uint16_t stream) {
    return std::count_if(server.messages.begin(), server.messages.end(),
                         [&](const auto& message) { return message.stream == stream; });
  };
  EXPECT_EQ(count(sure), 100);
  EXPECT_LT(count(unsure), 95);
  EXPECT_GT(count(unsure), 50);
}

TEST_F(DataChannelsTest, AClosedChannelIsClosedOnBothSidesAfterItsMessages) {
  Connect();
  const uint16_t stream = Opened();
  for (int i = 0; i < 500; ++i) client.channels.Send(stream, true, AsBytes("before the end"));
  client.channels.Close(stream);
  EXPECT_EQ(client.channels.Send(stream, true, {}), SendResult::kNoChannel);
  ASSERT_TRUE(world.RunUntil(
      [&] { return client.closed.contains(stream) && server.closed.contains(stream); }));
  EXPECT_EQ(server.messages.size(), 500u);
  EXPECT_EQ(client.closed[stream], "");
  EXPECT_EQ(server.closed[stream], "");
}

TEST_F(DataChannelsTest, AStreamIsUsedAgainAfterItWasClosed) {
  Connect();
  for (int i = 0; i < 200; ++i) {
    client.closed.clear(), server.closed.clear(), server.messages.clear();
    const uint16_t stream = Opened({.label = std::to_string(i)});
    ASSERT_EQ(stream, 0);
    EXPECT_EQ(server.opened[0].label, std::to_string(i));
    client.channels.Send(stream, true, AsBytes("hello"));
    ASSERT_TRUE(world.RunUntil([&] { return !server.messages.empty(); }));
    (i % 2 == 0 ? client : server).channels.Close(stream);
    ASSERT_TRUE(
        world.RunUntil([&] { return client.closed.contains(0) && server.closed.contains(0); }));
  }
}

TEST_F(DataChannelsTest, BothMayCloseAChannelAtOnce) {
  Connect();
  const uint16_t stream = Opened();
  client.channels.Close(stream);
  server.channels.Close(stream);
  EXPECT_TRUE(world.RunUntil(
      [&] { return client.closed.contains(stream) && server.closed.contains(stream); }));
}

TEST_F(DataChannelsTest, ManyChannelsOpenAndCloseWhilePacketsAreLost) {
  Connect();
  world.loses = [](size_t, size_t n) { return IsUnlucky(n, 10); };
  std::vector<uint16_t> streams;
  while (const auto stream = client.channels.Open({.label = "one of many"})) {
    streams.push_back(*stream);
    EXPECT_EQ(client.channels.Send(*stream, true, AsBytes(std::to_string(*stream))),
              SendResult::kSent);
  }
  EXPECT_EQ(streams.size(), DataChannels::kMostStreams / 2u);
  const auto minute = std::chrono::minutes(1);
  ASSERT_TRUE(world.RunUntil([&] { return server.messages.size() == streams.size(); }, minute));
  for (const uint16_t stream : streams) client.channels.Close(stream);
  ASSERT_TRUE(world.RunUntil([&] { return client.closed.size() == streams.size(); }, minute));
  ASSERT_TRUE(world.RunUntil([&] { return server.closed.size() == streams.size(); }, minute));
  EXPECT_TRUE(client.channels.Open({.label = "again"}));
  EXPECT_FALSE(client.ended || server.ended);
}

TEST_F(DataChannelsTest, NegotiatedChannelsNeedNoMessage) {
  Connect();
  EXPECT_TRUE(client.channels.OpenNegotiated(0, {.label = "both"}));
  EXPECT_FALSE(client.channels.OpenNegotiated(0, {.label = "taken"}));
  server.negotiated[0] = "both";
  client.channels.Send(0, true, AsBytes("hello"));
  ASSERT_TRUE(world.RunUntil([&] { return !server.messages.empty(); }));
  EXPECT_EQ(server.opened[0].label, "both");
  EXPECT_EQ(server.channels.Send(0, true, AsBytes("hi")), SendResult::kSent);
  ASSERT_TRUE(world.RunUntil([&] { return !client.messages.empty(); }));
}

TEST_F(DataChannelsTest, AMessageWithoutAChannelResetsItsStream) {
  Connect();
  client.channels.OpenNegotiated(6, {.label = "known here only"});
  client.channels.Send(6, true, AsBytes("hello"));
  ASSERT_TRUE(world.RunUntil([&] { return client.closed.contains(6); }));
  EXPECT_TRUE(server.messages.empty());
  EXPECT_TRUE(server.opened.empty());
}

TEST_F(DataChannelsTest, ShutdownSendsWhatWaits) {
  Connect();
  const uint16_t stream = Opened();
  const std::string content(100'000, 'x');
  for (int i = 0; i < 15; ++i) client.channels.Send(stream, false, AsBytes(content));
  client.channels.Shutdown();
  ASSERT_TRUE(world.RunUntil([&] { return client.ended && server.ended; }));
  EXPECT_EQ(server.bytes, 15u * 100'000u);
  EXPECT_EQ(client.ended, "the association was shut down");
  EXPECT_EQ(server.ended, "the association was shut down");
}

TEST_F(DataChannelsTest, AbortEndsBothSidesAtOnce) {
  Connect();
  Opened();
  client.channels.Abort();
  EXPECT_EQ(client.ended, "aborted");
  ASSERT_TRUE(world.RunUntil([&] { return server.ended.has_value(); }, std::chrono::seconds(1)));
  EXPECT_EQ(server.ended, "the association was aborted");
  EXPECT_FALSE(server.channels.Open({.label = "late"}));
  EXPECT_EQ(server.channels.Send(0, true, {}), SendResult::kNoChannel);
}

TEST_F(DataChannelsTest, AnAbortIsSeenByWhoDoesNotRead) {
  Connect();
  const uint16_t stream = Opened();
  server.channels.SetReading(false);
  client.channels.Send(stream, true, AsBytes("never taken"));
  world.Settle();
  client.channels.Abort();
  ASSERT_TRUE(world.RunUntil([&] { return server.ended.has_value(); }, std::chrono::seconds(1)));
  EXPECT_TRUE(server.messages.empty());
}

TEST_F(DataChannelsTest, AnEventMayEndTheAssociation) {
  Connect();
  const uint16_t stream = Opened();
  server.on_message = [&](const ChannelMessage&) { server.channels.Abort(); };
  for (int i = 0; i < 10; ++i) client.channels.Send(stream, true, AsBytes("hello"));
  ASSERT_TRUE(world.RunUntil([&] { return client.ended && server.ended; }));
  EXPECT_EQ(server.count, 1u);
}

TEST_F(DataChannelsTest, ASilentPathMayComeBackAfterMinutes) {
  Connect();
  const uint16_t stream = Opened();
  world.loses = [](size_t, size_t) { return true; };
  client.channels.Send(stream, true, AsBytes("patience"));
  world.Run(std::chrono::minutes(5));
  EXPECT_FALSE(client.ended || server.ended);
  world.loses = [](size_t, size_t) { return false; };
  EXPECT_TRUE(world.RunUntil([&] { return server.messages.size() == 1; }, std::chrono::seconds(4)));
}

TEST_F(DataChannelsTest, ThereIsNothingToWaitForWithoutAnAssociation) {
  EXPECT_EQ(world.stack().NextDeadline(), net::Instant::Max());
  client.channels.Start(world.now());
  EXPECT_LE(world.stack().NextDeadline(), world.now() + SctpStack::kTick);
  client.channels.Abort();
  EXPECT_EQ(world.stack().NextDeadline(), net::Instant::Max());
}

}  // namespace
}  // namespace koeru::server
