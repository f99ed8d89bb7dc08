#include "native_server/media/data_channels/echo_channels.h"

#include <gtest/gtest.h>

#include "tests/native_server/media/data_channels/sctp_world.h"

namespace koeru::server {
namespace {

constexpr size_t kLargest = 256 << 10;

// The page is the DTLS client, as one that answers to an offer of the relay's is not; either may
// be.
class EchoChannelsTest : public testing::Test {
 protected:
  static DataChannels::Options OptionsFor(bool is_dtls_client) {
    return {.is_dtls_client = is_dtls_client, .peer_max_message_size = kLargest};
  }
  EchoChannelsTest()
      : echo(world.stack(), OptionsFor(false),
             {.member_id = "echo",
              .send_packet = [this](Bytes packet) { world.Send(1, packet); },
              .on_ended = [this](std::string_view reason) { ended = std::string(reason); }}) {
    world.Attach(1, [this](Bytes packet) { echo.channels().OnPacket(packet); });
  }
  void SetUp() override {
    page.channels.Start(world.now());
    echo.channels().Start(world.now());
    ASSERT_TRUE(world.RunUntil([&] { return page.is_connected; }));
  }
  uint16_t Opened(ChannelParameters parameters = {.label = "chat"}) {
    const auto stream = page.channels.Open(std::move(parameters));
    EXPECT_TRUE(stream && world.RunUntil([&] { return page.opened.contains(*stream); }));
    return stream.value_or(0);
  }
  // What Koeru.join does first.
  void Join() {
    ASSERT_TRUE(page.channels.OpenNegotiated(0, {.label = "koeru.control"}));
    ASSERT_TRUE(page.channels.OpenNegotiated(1, {.label = "koeru.data"}));
    Say(R"({"type":"received","id":"page","of":"","text":0,"data":0})");
    ASSERT_TRUE(world.RunUntil([&] { return page.messages.size() == 1; }));
    EXPECT_EQ(page.messages[0].content,
              R"({"type":"received","id":"echo","of":"page","text":0,"data":0})");
    page.messages.clear();
  }
  void Say(std::string_view text) {
    EXPECT_EQ(page.channels.Send(0, true, AsBytes(text)), SendResult::kSent);
  }

  SctpWorld world;
  RecordingPeer page{world, 0, OptionsFor(true)};
  EchoChannels echo;
  std::optional<std::string> ended;
};

TEST_F(EchoChannelsTest, EveryKindOfMessageComesBackAsItIs) {
  const uint16_t stream = Opened();
  const std::string large(kLargest, 'L');
  page.channels.Send(stream, true, AsBytes("こえる"));
  page.channels.Send(stream, false, AsBytes(std::string_view("\0\1", 2)));
  page.channels.Send(stream, true, {});
  page.channels.Send(stream, false, {});
  page.channels.Send(stream, false, AsBytes(large));
  ASSERT_TRUE(world.RunUntil([&] { return page.messages.size() == 5; }));
  EXPECT_EQ(page.messages[0], (ReceivedMessage{stream, true, "こえる"}));
  EXPECT_EQ(page.messages[1], (ReceivedMessage{stream, false, std::string("\0\1", 2)}));
  EXPECT_EQ(page.messages[2], (ReceivedMessage{stream, true, ""}));
  EXPECT_EQ(page.messages[3], (ReceivedMessage{stream, false, ""}));
  EXPECT_EQ(page.messages[4], (ReceivedMessage{stream, false, large}));
}

TEST_F(EchoChannelsTest, ManyChannelsAreEchoedEachOnItsOwn) {
  for (int i = 0; i < 300; ++i) {
    const auto stream = page.channels.Open({.label = "many", .is_ordered = i % 2 == 0});
    ASSERT_TRUE(stream);
    page.channels.Send(*stream, true, AsBytes(std::to_string(*stream)));
  }
  ASSERT_TRUE(world.RunUntil([&] { return page.messages.size() == 300; }));
  for (const ReceivedMessage& message : page.messages) {
    EXPECT_EQ(message.content, std::to_string(message.stream));
  }
}

TEST_F(EchoChannelsTest, TenMegabytesComeBackToAPageThatReadsLate) {
  const uint16_t stream = Opened();
  page.channels.SetReading(false);
  constexpr size_t kMessages = 160;
  size_t sent = 0, received = 0, most_waiting = 0;
  const auto message_of = [](size_t n) {
    return std::string((64 << 10) - n, static_cast<char>('a' + n % 26));
  };
  const auto send = [&] {
    while (sent < kMessages &&
           page.channels.Send(stream, false, AsBytes(message_of(sent))) == SendResult::kSent) {
      ++sent;
    }
  };
  page.on_writable = send;
  page.on_message = [&](const ChannelMessage& message) {
    const std::string expected = message_of(received++);
    EXPECT_TRUE(std::equal(expected.begin(), expected.end(), message.content.begin(),
                           message.content.end()));
  };
  send();
  world.RunUntil(
      [&] {
        most_waiting = std::max(most_waiting, echo.channels().waiting());
        return false;
      },
      std::chrono::minutes(1));
  // The echo took no more than it may keep, and so the page's own buffer is full.
  EXPECT_GT(most_waiting, DataChannels::Options().max_buffered / 2);
  EXPECT_LE(most_waiting, DataChannels::Options().max_buffered);
  EXPECT_LT(sent, kMessages);
  page.channels.SetReading(true);
  EXPECT_TRUE(world.RunUntil([&] { return received == kMessages; }));
  EXPECT_FALSE(ended || page.ended);
}

TEST_F(EchoChannelsTest, TenMegabytesComeBackWithATenthOfThePacketsLost) {
  world.loses = [](size_t, size_t n) { return IsUnlucky(n, 10); };
  const uint16_t stream = Opened();
  constexpr size_t kMessages = 40;
  size_t sent = 0;
  const std::string content(kLargest, 'x');
  const auto send = [&] {
    while (sent < kMessages &&
           page.channels.Send(stream, false, AsBytes(content)) == SendResult::kSent) {
      ++sent;
    }
  };
  page.on_writable = send;
  page.on_message = [&](const ChannelMessage& message) {
    EXPECT_EQ(message.content.size(), kLargest);
  };
  send();
  EXPECT_TRUE(world.RunUntil([&] { return page.count == kMessages; }, std::chrono::minutes(30)));
}

TEST_F(EchoChannelsTest, AMemberOfARoomAnswersOnControl) {
  Join();
  Say(R"({"type":"ping"})");
  Say(R"({"type":"hologram"})");
  Say(R"({"type":"text","text":"hello"})");
  ASSERT_TRUE(world.RunUntil([&] { return page.messages.size() == 2; }));
  EXPECT_EQ(page.messages[0], (ReceivedMessage{0, true, R"({"type":"pong"})"}));
  EXPECT_EQ(page.messages[1], (ReceivedMessage{0, true, R"({"type":"text","text":"hello"})"}));
}

TEST_F(EchoChannelsTest, DataComeBackAndAreAcknowledged) {
  Join();
  const std::string content(64 << 10, 'd');
  for (int i = 0; i < 4; ++i) page.channels.Send(1, false, AsBytes(content));
  page.channels.Send(1, true, AsBytes("text"));
  ASSERT_TRUE(world.RunUntil([&] { return page.messages.size() == 6; }));
  const auto is_control = [](const ReceivedMessage& message) { return message.stream == 0; };
  const auto control = std::find_if(page.messages.begin(), page.messages.end(), is_control);
  ASSERT_NE(control, page.messages.end());
  EXPECT_EQ(control->content, R"({"type":"received","id":"echo","of":"page","text":0,"data":4})");
  page.messages.erase(control);
  EXPECT_EQ(page.messages[0], (ReceivedMessage{1, false, content}));
  EXPECT_EQ(page.messages[4], (ReceivedMessage{1, true, "text"}));
}

TEST_F(EchoChannelsTest, AFileThatIsOfferedIsRejectedOnce) {
  const uint16_t stream = Opened({.label = "koeru.file"});
  page.channels.Send(stream, true, AsBytes(R"({"type":"file","name":"a","size":1,"mime":""})"));
  ASSERT_TRUE(world.RunUntil([&] { return !page.messages.empty(); }));
  EXPECT_EQ(page.messages[0], (ReceivedMessage{stream, true, R"({"type":"reject"})"}));
  page.channels.Send(stream, true, AsBytes(R"({"type":"cancel"})"));
  world.Run(std::chrono::seconds(1));
  EXPECT_EQ(page.messages.size(), 1u);
}

TEST_F(EchoChannelsTest, StreamZeroOpenedByAMessageIsAnOrdinaryChannel) {
  ASSERT_EQ(Opened(), 0);
  Say(R"({"type":"ping"})");
  ASSERT_TRUE(world.RunUntil([&] { return !page.messages.empty(); }));
  EXPECT_EQ(page.messages[0].content, R"({"type":"ping"})");
}

TEST_F(EchoChannelsTest, OtherStreamsWithoutAChannelAreReset) {
  page.channels.OpenNegotiated(2, {.label = "mine"});
  page.channels.Send(2, true, AsBytes("hello"));
  EXPECT_TRUE(world.RunUntil([&] { return page.closed.contains(2); }));
  EXPECT_EQ(page.count, 0u);
}

TEST_F(EchoChannelsTest, TheOwnerHearsOfTheEnd) {
  page.channels.Abort();
  world.Settle();
  EXPECT_EQ(ended, "the association was aborted");
}

// A page that says a=max-message-size:1000 and sends more.
TEST(EchoChannelsOfASmallPage, WhatThePageDoesNotTakeItselfClosesTheChannel) {
  SctpWorld world;
  RecordingPeer page(world, 0, {.is_dtls_client = true});
  EchoChannels echo(world.stack(), {.peer_max_message_size = 1000},
                    {.member_id = "echo",
                     .send_packet = [&](Bytes packet) { world.Send(1, packet); },
                     .on_ended = [](std::string_view) {}});
  world.Attach(1, [&](Bytes packet) { echo.channels().OnPacket(packet); });
  page.channels.Start(world.now());
  echo.channels().Start(world.now());
  const auto stream = page.channels.Open({.label = "chat"});
  ASSERT_TRUE(stream);
  page.channels.Send(*stream, false, std::vector<uint8_t>(1000));
  page.channels.Send(*stream, false, std::vector<uint8_t>(1001));
  EXPECT_TRUE(world.RunUntil([&] { return page.closed.contains(*stream); }));
  EXPECT_EQ(page.count, 1u);
}

TEST_F(EchoChannelsTest, AClosedChannelIsForgotten) {
  for (int i = 0; i < 20; ++i) {
    page.closed.clear();
    const bool is_file = i % 2 == 0;
    const uint16_t stream = Opened({.label = is_file ? "koeru.file" : "echo"});
    page.messages.clear();
    page.channels.Send(stream, true, AsBytes("hello"));
    ASSERT_TRUE(world.RunUntil([&] { return !page.messages.empty(); }));
    EXPECT_EQ(page.messages[0].content, is_file ? R"({"type":"reject"})" : "hello");
    page.channels.Close(stream);
    ASSERT_TRUE(world.RunUntil([&] { return page.closed.contains(stream); }));
  }
}

}  // namespace
}  // namespace koeru::server
