#include "native_server/media/data_channels/dcep.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::server {
namespace {

// By hand, of RFC 8832 section 5.1: what a browser makes of createDataChannel('chat', {protocol:
// 'x', ordered: false, maxRetransmits: 5}).
const std::vector<uint8_t> kOpen = {3, 0x81, 1, 0, 0, 0, 0, 5, 0, 4, 0, 1, 'c', 'h', 'a', 't', 'x'};
const ChannelParameters kParameters = {
    .label = "chat", .protocol = "x", .is_ordered = false, .max_retransmits = 5};

TEST(Dcep, Rfc8832_5_1_ReadsAndWritesOpen) {
  const auto message = ParseDcep(kOpen);
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(message->open, kParameters);
  EXPECT_EQ(DcepOpen(kParameters), kOpen);
}

TEST(Dcep, Rfc8832_5_2_ReadsAndWritesAck) {
  EXPECT_EQ(DcepAck(), std::vector<uint8_t>{2});
  const auto message = ParseDcep(DcepAck());
  ASSERT_TRUE(message.ok());
  EXPECT_FALSE(message->open);
}

TEST(Dcep, EveryChannelTypeComesBack) {
  for (const bool is_ordered : {true, false}) {
    for (const auto& [retransmits, lifetime] :
         std::vector<std::pair<std::optional<uint32_t>, std::optional<uint32_t>>>{
             {{}, {}}, {0, {}}, {7, {}}, {{}, 0}, {{}, 0xFFFFFFFF}}) {
      const ChannelParameters parameters = {.label = "l",
                                            .is_ordered = is_ordered,
                                            .max_retransmits = retransmits,
                                            .max_lifetime_ms = lifetime};
      const auto message = ParseDcep(DcepOpen(parameters));
      ASSERT_TRUE(message.ok());
      EXPECT_EQ(message->open, parameters);
    }
  }
}

TEST(Dcep, EveryTruncationIsAnError) {
  for (size_t size = 0; size < kOpen.size(); ++size) {
    EXPECT_FALSE(ParseDcep(Bytes(kOpen).first(size)).ok()) << size;
  }
}

TEST(Dcep, BytesAfterTheEndAreAnError) {
  std::vector<uint8_t> open = kOpen;
  open.push_back(0);
  EXPECT_EQ(ParseDcep(open).error().reason, "DATA_CHANNEL_OPEN is too long");
  EXPECT_FALSE(ParseDcep(std::vector<uint8_t>{2, 0}).ok());
}

TEST(Dcep, UnknownTypesAreErrors) {
  std::vector<uint8_t> open = kOpen;
  open[1] = 0x03;
  EXPECT_EQ(ParseDcep(open).error().reason, "the channel type is unknown");
  EXPECT_EQ(ParseDcep(std::vector<uint8_t>{9}).error().reason, "the DCEP message type is unknown");
}

}  // namespace
}  // namespace koeru::server
