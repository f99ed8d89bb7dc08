#include "core/media/retransmission.h"

#include <gtest/gtest.h>

#include <array>

#include "core/bytes/hex.h"

namespace koeru::media {
namespace {

// One CSRC, an extension, five bytes of payload, two of padding.
const std::string kOriginal =
    "b1e01234 01020304 cafebabe 00000001 bede0001 10aa0000 1122334455 0002";

TEST(Retransmission, Rfc4588_4_TheOriginalNumberStandsInFrontOfThePayload) {
  const std::vector<uint8_t> original = *FromHex(kOriginal);
  std::array<uint8_t, 100> buffer{};
  const size_t size = WriteRtx(original, {97, 0x0007, 0x0A0B0C0D}, buffer);
  EXPECT_EQ(
      ToHex(Bytes(buffer).first(size)),
      ToHex(*FromHex("91e10007 01020304 0a0b0c0d 00000001 bede0001 10aa0000 1234 1122334455")))
      << "without padding";
}

TEST(Retransmission, TheOriginalIsRestoredInPlace) {
  std::vector<uint8_t> rtx =
      *FromHex("b1e10007 01020304 0a0b0c0d 00000001 bede0001 10aa0000 1234 1122334455 000003");
  const auto view = rtp::RtpPacket::Parse(rtx);
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(OriginalSequenceNumber(*view), 0x1234);
  const size_t size = RestoreOriginal(rtx, *view, 96, 0xCAFEBABE);
  EXPECT_EQ(ToHex(Bytes(rtx).first(size)),
            ToHex(*FromHex("91e01234 01020304 cafebabe 00000001 bede0001 10aa0000 1122334455")));
}

TEST(Retransmission, PaddingAloneHasNoOriginal) {
  for (const char* hex : {"a0e10007 01020304 0a0b0c0d 00000004", "80e10007 01020304 0a0b0c0d",
                          "80e10007 01020304 0a0b0c0d 12"}) {
    const std::vector<uint8_t> rtx = *FromHex(hex);
    const auto view = rtp::RtpPacket::Parse(rtx);
    ASSERT_TRUE(view.ok()) << hex;
    EXPECT_EQ(OriginalSequenceNumber(*view), std::nullopt) << hex;
  }
}

TEST(Retransmission, ABufferWithoutRoomGivesNothing) {
  const std::vector<uint8_t> original = *FromHex(kOriginal);
  std::array<uint8_t, 30> buffer{};
  EXPECT_EQ(WriteRtx(original, {97, 7, 8}, buffer), 0u);
  EXPECT_EQ(WriteRtx({}, {97, 7, 8}, buffer), 0u);
}

}  // namespace
}  // namespace koeru::media
