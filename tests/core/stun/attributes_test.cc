#include "core/stun/attributes.h"

#include <gtest/gtest.h>

#include "core/stun/address_value.h"
#include "tests/core/attribute_checks.h"

namespace koeru::stun {
namespace {

using testing_support::EncodeToHex;
using testing_support::SampleId;

template <typename... A>
void CheckAll() {
  (testing_support::CheckAttribute<A>(StunRegistry()), ...);
}

TEST(Attributes, EveryOneRoundTripsItsVectorsAndBoundsItsReads) {
  CheckAll<MappedAddress, XorMappedAddress, Username, Userhash, MessageIntegrity,
           MessageIntegritySha256, Fingerprint, ErrorCode, Realm, Nonce, UnknownAttributes,
           Software, AlternateServer, AlternateDomain, PasswordAlgorithm, PasswordAlgorithms>();
  CheckAll<Priority, UseCandidate, IceControlled, IceControlling>();
  CheckAll<ChangeRequest, ResponseOrigin, OtherAddress, ResponsePort, Padding, CacheTimeout>();
  CheckAll<ResponseAddress, ChangedAddress, SourceAddress, ReflectedFrom, Password>();
  CheckAll<Origin, AccessToken, ThirdPartyAuthorization, MobilityTicket, EcnCheck,
           TransactionTransmitCounter, GoogNetworkInfo>();
}

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

TEST(ErrorCode, Rfc8489_14_8_IsClassAndNumber) {
  EXPECT_EQ(EncodeToHex(ErrorCode::Of(error_code::kStaleNonce)),
            "00000426" + ToHex(AsBytes("Stale Nonce")));
  const auto value = *FromHex("fffffc63");
  EXPECT_EQ(Decode<ErrorCode>(value)->code, 499) << "reserved bits are ignored";
  for (const char* hex : {"00000200", "00000700", "00000000"}) {
    const auto bad = *FromHex(hex);
    EXPECT_EQ(Decode<ErrorCode>(bad).error().offset, 2u) << hex;
  }
  const auto number = *FromHex("00000464");
  EXPECT_EQ(Decode<ErrorCode>(number).error().offset, 3u) << "100 is no number";
}

TEST(TextAttributes, KeepTheLengthsOfTheirRfcs) {
  const auto fits = [](auto attribute_of, size_t size) {
    const std::vector<uint8_t> value(size, 'x');
    return Decode<decltype(attribute_of)>(value).ok();
  };
  EXPECT_TRUE(fits(Username(), 508));
  EXPECT_FALSE(fits(Username(), 509));
  EXPECT_TRUE(fits(Realm(), 763));
  EXPECT_FALSE(fits(Realm(), 764));
  EXPECT_TRUE(fits(Nonce(), 763));
  EXPECT_FALSE(fits(Nonce(), 764));
  EXPECT_TRUE(fits(Software(), 763));
  EXPECT_FALSE(fits(Software(), 764));
  EXPECT_TRUE(fits(AlternateDomain(), 255));
  EXPECT_FALSE(fits(AlternateDomain(), 256));
  EXPECT_TRUE(fits(Origin(), 267));
  EXPECT_FALSE(fits(Origin(), 268));
  std::vector<uint8_t> reason(4 + 764, 'x');
  reason[2] = 4;
  reason[3] = 0;
  EXPECT_FALSE(Decode<ErrorCode>(reason).ok());
  reason.pop_back();
  EXPECT_TRUE(Decode<ErrorCode>(reason).ok());
}

TEST(TextAttributes, DecodeWhatSendersMustNotSend) {
  const std::vector<uint8_t> value = *FromHex("00ff0d0a");
  EXPECT_EQ(Decode<Username>(value)->text.size(), 4u) << "bytes are judged where they are used";
}

TEST(UnknownAttributes, AreNumbersInAnyCount) {
  const uint16_t types[] = {0x0024, 0x7FFF, 0x0001};
  EXPECT_EQ(EncodeToHex(UnknownAttributes::Of(types)), "00247fff0001");
  const auto value = *FromHex("00247fff0001");
  const auto decoded = Decode<UnknownAttributes>(value);
  ASSERT_EQ(decoded->size(), 3u);
  EXPECT_EQ((*decoded)[1], 0x7FFF);
  const auto odd = *FromHex("002400");
  EXPECT_FALSE(Decode<UnknownAttributes>(odd).ok());
}

TEST(PasswordAlgorithms, Rfc8489_14_11_ArePaddedEach) {
  const std::vector<uint8_t> parameters = {1, 2, 3, 4, 5};
  const PasswordAlgorithm entries[] = {{9, parameters}, {password_algorithm::kSha256, {}}};
  const auto attribute = PasswordAlgorithms::Of(entries);
  EXPECT_EQ(EncodeToHex(attribute), "00090005010203040500000000020000");
  EXPECT_TRUE(attribute.Has(9));
  EXPECT_FALSE(attribute.Has(password_algorithm::kMd5));

  const auto value = *FromHex("00090005010203040500000000020000");
  const auto decoded = Decode<PasswordAlgorithms>(value);
  ASSERT_TRUE(decoded.ok());
  EXPECT_TRUE(decoded->Has(9));
  EXPECT_TRUE(decoded->Has(password_algorithm::kSha256));
  size_t count = 0;
  decoded->ForEach([&](const PasswordAlgorithm& entry) {
    EXPECT_EQ(entry.parameters.size(), count == 0 ? 5u : 0u);
    ++count;
  });
  EXPECT_EQ(count, 2u);

  const auto cut = *FromHex("000200000009000501");
  EXPECT_EQ(Decode<PasswordAlgorithms>(cut).error().offset, 4u) << "the entry that is cut short";
}

TEST(ResponsePort, Rfc5780_7_5_CountsItsPaddingOrNot) {
  const auto shorter = *FromHex("0d96"), longer = *FromHex("0d96ffff"), odd = *FromHex("0d9600");
  EXPECT_EQ(Decode<ResponsePort>(shorter)->port, 3478);
  EXPECT_EQ(Decode<ResponsePort>(longer)->port, 3478);
  EXPECT_FALSE(Decode<ResponsePort>(odd).ok());
}

TEST(AccessToken, Rfc7635_6_2_TellsNonceFromBlock) {
  const auto value = *FromHex("0003aabbccddeeff");
  const auto token = Decode<AccessToken>(value);
  ASSERT_TRUE(token.ok());
  EXPECT_EQ(ToHex(token->nonce), "aabbcc");
  EXPECT_EQ(ToHex(token->encrypted_block), "ddeeff");
  const auto cut = *FromHex("ffffaabb");
  EXPECT_FALSE(Decode<AccessToken>(cut).ok()) << "CVE-2026-43994: lengths of any size are safe";
}

TEST(ChangeRequest, Rfc5780_7_2_IgnoresOtherBits) {
  const auto value = *FromHex("fffffffb");
  EXPECT_FALSE(Decode<ChangeRequest>(value)->change_ip);
  EXPECT_TRUE(Decode<ChangeRequest>(value)->change_port);
}

}  // namespace
}  // namespace koeru::stun
