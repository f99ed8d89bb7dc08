#include "core/stun/address_value.h"

#include <gtest/gtest.h>

#include "core/stun/attributes.h"
#include "tests/core/attribute_checks.h"

namespace koeru::stun {
namespace {

using testing_support::EncodeToHex;
using testing_support::SampleId;

// Decodes a value given in hexadecimal; the value must outlive the views in the result.
template <typename A>
Result<A> Decode(const std::vector<uint8_t>& value) {
  return A::Decode(value, SampleId());
}

TEST(MappedAddress, Rfc8489_14_1_IgnoresTheFirstByteAndChecksFamilyAndSize) {
  const auto odd = *FromHex("ff010d96cb007107");
  EXPECT_EQ(Decode<MappedAddress>(odd)->endpoint.ToString(), "203.0.113.7:3478");
  const struct {
    const char* hex;
    const char* reason;
    size_t offset;
  } kCases[] = {
      {"00000d96cb007107", "the address family is neither 1 (IPv4) nor 2 (IPv6)", 1},
      {"00030d96cb007107", "the address family is neither 1 (IPv4) nor 2 (IPv6)", 1},
      {"00010d96cb0071", "an IPv4 address attribute is 8 bytes long", 4},
      {"00010d96cb00710700", "an IPv4 address attribute is 8 bytes long", 4},
      {"00020d96cb007107", "an IPv6 address attribute is 20 bytes long", 4},
      {"00010d", "an address is 8 bytes long (IPv4) or 20 (IPv6)", 0},
  };
  for (const auto& c : kCases) {
    const auto value = *FromHex(c.hex);
    EXPECT_EQ(Decode<MappedAddress>(value).error(), (ParseError{c.reason, c.offset})) << c.hex;
    EXPECT_FALSE(Decode<XorMappedAddress>(value).ok()) << c.hex;
  }
}

TEST(XorMappedAddress, Rfc8489_14_2_MasksIpv6WithTheTransactionId) {
  const net::Endpoint endpoint = *net::Endpoint::Parse("[::]:0");
  EXPECT_EQ(EncodeToHex(XorMappedAddress{endpoint}),
            "000221122112a442" + std::string(vectors::kTransactionId))
      << "the address 0 shows the mask itself";
  EXPECT_EQ(EncodeToHex(MappedAddress{endpoint}), "00020000" + std::string(32, '0'));
}

}  // namespace
}  // namespace koeru::stun
