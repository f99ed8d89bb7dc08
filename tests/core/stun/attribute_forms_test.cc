#include "core/stun/attribute_forms.h"

#include <gtest/gtest.h>

#include <array>

#include "core/bytes/hex.h"

namespace koeru::stun {
namespace {

// The value that `text` stands for, or the reason why there is none.
std::string Encode(std::string_view name, std::string_view text) {
  std::array<uint8_t, 128> buffer;
  Writer w(buffer);
  const auto size = StunRegistry().ParseText(*StunRegistry().TypeOf(name), text, w, {});
  return size.ok() ? ToHex(w.written()) : std::string(size.error().reason);
}

TEST(AttributeForms, ReadWhatPeopleWrite) {
  EXPECT_EQ(Encode("ERROR-CODE", "420"), "00000414");
  EXPECT_EQ(Encode("UNKNOWN-ATTRIBUTES", "36, 0x7fff"), "00247fff");
  EXPECT_EQ(Encode("PASSWORD-ALGORITHM", "2"), "00020000");
  EXPECT_EQ(Encode("PASSWORD-ALGORITHMS", "SHA-256, 0x0001"), "0002000000010000");
  EXPECT_EQ(Encode("CHANGE-REQUEST", "change-port"), "00000002");
  EXPECT_EQ(Encode("ECN-CHECK", "ECF=2 V=1"), "00000005");
  EXPECT_EQ(Encode("TRANSACTION_TRANSMIT_COUNTER", "Req=0xff Resp=0"), "0000ff00");
  EXPECT_EQ(Encode("GOOG-NETWORK-INFO", "network-id=2 network-cost=999"), "000203e7");
  EXPECT_EQ(Encode("ACCESS-TOKEN", "0001 aa bb"), "0001aabb");
}

TEST(AttributeForms, NameTheRange) {
  EXPECT_EQ(Encode("ECN-CHECK", "ECF=4 V=1"), "ECF is 0 to 3 and V is 0 or 1");
  EXPECT_EQ(Encode("TRANSACTION_TRANSMIT_COUNTER", "Req=256 Resp=0"),
            "both counters are at most 255");
  EXPECT_EQ(Encode("GOOG-NETWORK-INFO", "network-id=65536 network-cost=0"),
            "network-id and network-cost are at most 65535");
  EXPECT_EQ(Encode("CHANGE-REQUEST", "change-port, change-ip"),
            "expected change-ip, change-port, both with a comma between, or none");
  EXPECT_EQ(Encode("PASSWORD-ALGORITHM", "MD5:0"), "odd number of hexadecimal digits");
}

TEST(AttributeForms, ShowTheirFields) {
  const auto value = *FromHex("000004015374616c65");
  const auto fields = StunRegistry().Fields(attribute_type::kErrorCode, value, {});
  ASSERT_EQ(fields.size(), 3u);
  EXPECT_EQ(fields[0].text, "4");
  EXPECT_EQ(fields[1].text, "1");
  EXPECT_EQ(fields[2].text, "Stale");
  EXPECT_EQ(fields[2].offset, 4u);
  const auto token = *FromHex("0002aabbcc");
  EXPECT_EQ(StunRegistry().Fields(attribute_type::kAccessToken, token, {})[1].text, "aabb");
}

}  // namespace
}  // namespace koeru::stun
