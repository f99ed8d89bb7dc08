#include "core/stun/first_byte.h"

#include <gtest/gtest.h>

#include <array>

namespace koeru::stun {
namespace {

TEST(FirstByte, Rfc7983_7_EveryByteBelongsToOneProtocol) {
  for (int byte = 0; byte < 256; ++byte) {
    PacketKind expected = PacketKind::kUnknown;
    if (byte <= 3) expected = PacketKind::kStun;
    if (16 <= byte && byte <= 19) expected = PacketKind::kZrtp;
    if (20 <= byte && byte <= 63) expected = PacketKind::kDtls;
    if (64 <= byte && byte <= 79) expected = PacketKind::kTurnChannel;
    if (128 <= byte && byte <= 191) expected = PacketKind::kRtp;
    EXPECT_EQ(KindOfFirstByte(static_cast<uint8_t>(byte)), expected) << byte;
  }
}

TEST(FirstByte, LooksAtTheFirstByteOnly) {
  const std::array<uint8_t, 2> packet = {0x40, 0xFF};
  EXPECT_EQ(KindOf(packet), PacketKind::kTurnChannel);
  EXPECT_EQ(KindOf({}), PacketKind::kUnknown);
}

}  // namespace
}  // namespace koeru::stun
