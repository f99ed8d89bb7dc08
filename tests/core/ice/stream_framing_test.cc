#include "core/ice/stream_framing.h"

#include <gmock/gmock.h>

namespace koeru::ice {
namespace {

using ::testing::ElementsAre;

std::vector<std::vector<uint8_t>> Packets(StreamFraming& framing) {
  std::vector<std::vector<uint8_t>> packets;
  while (const auto packet = framing.Next()) packets.emplace_back(packet->begin(), packet->end());
  return packets;
}

TEST(StreamFraming, CutsPacketsOutOfAnyPieces) {
  const std::vector<uint8_t> stream = {0, 2, 7, 8, 0, 0, 0, 1, 9};
  for (size_t piece = 1; piece <= stream.size(); ++piece) {
    StreamFraming framing;
    std::vector<std::vector<uint8_t>> packets;
    for (size_t at = 0; at < stream.size(); at += piece) {
      framing.Append(Bytes(stream).subspan(at, std::min(piece, stream.size() - at)));
      for (auto& packet : Packets(framing)) packets.push_back(std::move(packet));
    }
    EXPECT_THAT(packets, ElementsAre(ElementsAre(7, 8), ElementsAre(), ElementsAre(9)));
    EXPECT_TRUE(framing.rest().empty());
  }
}

TEST(StreamFraming, TakesTheLargestPacket) {
  StreamFraming framing;
  framing.Append(StreamFraming::HeaderOf(65535));
  EXPECT_EQ(framing.Next(), std::nullopt);
  framing.Append(std::vector<uint8_t>(65535, 5));
  const auto packet = framing.Next();
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->size(), 65535u);
}

TEST(StreamFraming, KeepsWhatWasNotTaken) {
  StreamFraming framing;
  framing.Append(std::vector<uint8_t>{0, 1, 5, 0, 3, 6});
  EXPECT_TRUE(framing.Next());
  EXPECT_THAT(framing.rest(), ElementsAre(0, 3, 6));
}

// The beginning of a Binding request, at every length.
TEST(StreamStart, IsJudgedByTheCookie) {
  const std::vector<uint8_t> turn = {0, 3, 0, 8, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4};
  const std::vector<uint8_t> ice = {0, 96, 0, 1, 0, 76, 0x21, 0x12, 0xA4, 0x42, 1, 2};
  for (size_t size = 0; size <= turn.size(); ++size) {
    EXPECT_EQ(JudgeStreamStart(Bytes(turn).first(size)),
              size < 8 ? StreamStart::kNeedsMore : StreamStart::kOther);
    EXPECT_EQ(JudgeStreamStart(Bytes(ice).first(size)),
              size < 10 ? StreamStart::kNeedsMore : StreamStart::kIce);
  }
}

TEST(StreamStart, OtherProtocolsAreOther) {
  EXPECT_EQ(JudgeStreamStart(std::vector<uint8_t>{0x40}), StreamStart::kOther);
  EXPECT_EQ(JudgeStreamStart(std::vector<uint8_t>{'G', 'E', 'T'}), StreamStart::kOther);
  EXPECT_EQ(JudgeStreamStart(std::vector<uint8_t>(20, 0)), StreamStart::kOther);
}

}  // namespace
}  // namespace koeru::ice
