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
