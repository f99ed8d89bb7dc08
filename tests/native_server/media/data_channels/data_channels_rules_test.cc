// What a peer that breaks the rules of RFC 8831 and 8832 gets.

#include <gtest/gtest.h>

#include <algorithm>

#include "native_server/media/data_channels/data_channels.h"
#include "tests/native_server/media/data_channels/raw_sctp_peer.h"

namespace koeru::server {
namespace {

class DataChannelsRulesTest : public testing::Test {
 protected:
  void SetUp() override {
    server.channels.Start(world.now());
    ASSERT_TRUE(world.RunUntil([&] { return peer.is_connected && server.is_connected; }));
  }
  void OpenChat() {
    peer.SendDcep(0, DcepOpen({.label = "chat"}));
    ASSERT_TRUE(world.RunUntil([&] { return server.opened.contains(0); }));
  }
  bool IsReset(uint16_t stream) {
    return world.RunUntil(
        [&] {
          return std::find(peer.reset_streams.begin(), peer.reset_streams.end(), stream) !=
                 peer.reset_streams.end();
        },
        std::chrono::seconds(5));
  }
  // After the peer has reset its half, too.
  std::string ReasonFor(uint16_t stream) {
    EXPECT_TRUE(IsReset(stream));
    peer.socket.ResetStream(stream);
    EXPECT_TRUE(
        world.RunUntil([&] { return server.closed.contains(stream); }, std::chrono::seconds(5)));
    EXPECT_FALSE(server.ended);
    return server.closed[stream];
  }

  SctpWorld world;
  RawSctpPeer peer{world, 0};
  RecordingPeer server{world, 1, {.max_message_size = 10'000, .peer_max_message_size = 10'000}};
};

TEST_F(DataChannelsRulesTest, Rfc8832_5_OpenIsAnsweredByAck) {
  OpenChat();
  ASSERT_TRUE(world.RunUntil([&] { return !peer.messages.empty(); }));
  EXPECT_EQ(peer.messages[0].protocol, PayloadProtocol::kDcep);
  EXPECT_EQ(peer.messages[0].content, "\x02");
}

TEST_F(DataChannelsRulesTest, Rfc8831_6_6_AnEmptyMessageIsAZeroOfAKindOfItsOwn) {
  OpenChat();
  server.channels.Send(0, true, {});
  server.channels.Send(0, false, {});
  ASSERT_TRUE(world.RunUntil([&] { return peer.messages.size() == 3; }));
  EXPECT_EQ(peer.messages[1].protocol, PayloadProtocol::kStringEmpty);
  EXPECT_EQ(peer.messages[1].content, std::string(1, '\0'));
  EXPECT_EQ(peer.messages[2].protocol, PayloadProtocol::kBinaryEmpty);
}

TEST_F(DataChannelsRulesTest, TheDeprecatedKindsForPartsEndTheChannel) {
  OpenChat();
  peer.Send(0, PayloadProtocol::kStringPartial, "half ");
  EXPECT_EQ(ReasonFor(0), "a message of a kind that is not taken");
  peer.SendDcep(2, DcepOpen({.label = "again"}));
  peer.Send(2, PayloadProtocol::kBinaryPartial, "half ");
  EXPECT_EQ(ReasonFor(2), "a message of a kind that is not taken");
  EXPECT_TRUE(server.messages.empty());
}

TEST_F(DataChannelsRulesTest, AnUnknownKindEndsTheChannel) {
  OpenChat();
  peer.Send(0, static_cast<PayloadProtocol>(0), "what");
  EXPECT_EQ(ReasonFor(0), "a message of a kind that is not taken");
}

TEST_F(DataChannelsRulesTest, AMessageThatIsTooLargeEndsItsChannelAlone) {
  OpenChat();
  peer.SendDcep(2, DcepOpen({.label = "other"}));
  peer.Send(0, PayloadProtocol::kBinary, std::string(10'001, 'x'));
  EXPECT_EQ(ReasonFor(0), "a message is too large");
  peer.Send(2, PayloadProtocol::kBinary, std::string(10'000, 'x'));
  ASSERT_TRUE(world.RunUntil([&] { return server.count == 1; }));
  // Longer than half of the receive buffer, so that it comes in parts.
  peer.Send(2, PayloadProtocol::kBinary, std::string(900'000, 'x'));
  EXPECT_EQ(ReasonFor(2), "a message is too large");
  EXPECT_EQ(server.count, 1u);
}

TEST_F(DataChannelsRulesTest, Rfc8832_6_AnOpenOnOneOfOurStreamsIsRefused) {
  peer.SendDcep(1, DcepOpen({.label = "yours"}));
  EXPECT_TRUE(IsReset(1));
  EXPECT_TRUE(server.opened.empty());
}

TEST_F(DataChannelsRulesTest, ASecondOpenEndsTheChannel) {
  OpenChat();
  peer.SendDcep(0, DcepOpen({.label = "chat"}));
  EXPECT_EQ(ReasonFor(0), "DATA_CHANNEL_OPEN on a channel");
}

TEST_F(DataChannelsRulesTest, ABrokenDcepMessageEndsTheChannel) {
  peer.SendDcep(0, {3, 0, 0});
  EXPECT_TRUE(IsReset(0));
  EXPECT_TRUE(server.opened.empty());
  peer.SendDcep(2, {7});
  EXPECT_TRUE(IsReset(2));
}

TEST_F(DataChannelsRulesTest, ALabelThatIsTooLongIsRefused) {
  peer.SendDcep(0, DcepOpen({.label = std::string(DataChannels::kMostNameBytes + 1, 'x')}));
  EXPECT_TRUE(IsReset(0));
  peer.SendDcep(2, DcepOpen({.label = std::string(DataChannels::kMostNameBytes, 'x')}));
  EXPECT_TRUE(world.RunUntil([&] { return server.opened.contains(2); }));
}

TEST_F(DataChannelsRulesTest, AnAckForNothingResetsItsStream) {
  peer.SendDcep(4, DcepAck());
  EXPECT_TRUE(IsReset(4));
  EXPECT_TRUE(server.opened.empty());
}

TEST_F(DataChannelsRulesTest, AStreamIsTakenAgainWhenThePeerHasSeenBothResets) {
  OpenChat();
  peer.socket.ResetStream(0);
  ASSERT_TRUE(world.RunUntil([&] { return server.closed.contains(0); }));
  peer.SendDcep(0, DcepOpen({.label = "second"}));
  ASSERT_TRUE(world.RunUntil([&] { return server.opened.contains(0); }));
  EXPECT_EQ(server.opened[0].label, "second");
}

TEST_F(DataChannelsRulesTest, Rfc8832_6_OurChannelIsOpenWithTheFirstMessageThatComes) {
  const auto stream = server.channels.Open({.label = "ours"});
  ASSERT_EQ(stream, 1);
  ASSERT_TRUE(world.RunUntil([&] { return !peer.messages.empty(); }));
  EXPECT_FALSE(server.opened.contains(1));
  peer.Send(1, PayloadProtocol::kString, "no ack before");
  ASSERT_TRUE(world.RunUntil([&] { return !server.messages.empty(); }));
  EXPECT_TRUE(server.opened.contains(1));
}

TEST_F(DataChannelsRulesTest, AStreamThatThePeerHasNotIsClosedWithAReason) {
  // Only the streams of the smaller side are there.
  EXPECT_FALSE(server.channels.OpenNegotiated(1024, {.label = "beyond"}));
  EXPECT_TRUE(server.channels.OpenNegotiated(1023, {.label = "the last"}));
  EXPECT_EQ(server.channels.Send(1023, true, AsBytes("hello")), SendResult::kSent);
  EXPECT_TRUE(world.RunUntil([&] { return !peer.messages.empty(); }));
}

}  // namespace
}  // namespace koeru::server
