#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/bytes/hex.h"
#include "tests/vectors/attribute_values.h"
#include "tests/vectors/stun_messages.h"
#include "tests/wasm/abi_call.h"

namespace koeru::wasm {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kId = vectors::kTransactionId;

Output Decode(std::string_view hex, std::string_view username = "", std::string_view realm = "",
              std::string_view password = "") {
  return Call(koeru_stun_decode, JoinFields({"hex", hex, username, realm, password}));
}

// A Binding request with one attribute.
Output Encode(std::string_view type, std::string_view form, std::string_view value,
              std::string_view padding = "") {
  return Call(koeru_stun_encode, JoinFields({"request", "Binding", kId, "", "", "", "", "", type,
                                             form, value, padding}));
}

TEST(KoeruStunDecode, Rfc5769_2_1_SampleRequest) {
  const Output message =
      Decode(vectors::kRfc5769_2_1_SampleRequest, "", "", vectors::kRfc5769Password);
  ASSERT_TRUE(message.ok) << message.bytes;
  EXPECT_THAT(message.bytes, HasSubstr(R"("class":"request","method":"Binding")"));
  EXPECT_THAT(message.bytes, HasSubstr(R"("transactionId":"b7e7a701bc34d686fa87dfae")"));
  EXPECT_THAT(message.bytes,
              HasSubstr(R"("name":"SOFTWARE","known":true,"value":"STUN test client")"));
  EXPECT_THAT(message.bytes, HasSubstr(R"("integrity":{"sha1":"valid","sha256":"absent"})"));
  EXPECT_THAT(message.bytes, HasSubstr(R"("fingerprint":"valid")"));
  // USERNAME of 9 bytes, padded with spaces.
  EXPECT_THAT(message.bytes, HasSubstr(R"("padding":"202020")"));
}

TEST(KoeruStunDecode, TellsVerdictsApart) {
  const std::string_view message = vectors::kRfc8489_B_1_LongTermRequest;
  EXPECT_THAT(Decode(message).bytes, HasSubstr(R"("sha256":"unchecked")"));
  EXPECT_THAT(Decode(message, vectors::kLongTermUsername, vectors::kLongTermRealm, "wrong").bytes,
              HasSubstr(R"("sha256":"invalid")"));
  EXPECT_THAT(Decode(message, vectors::kLongTermUsername, vectors::kLongTermRealm,
                     vectors::kLongTermPassword)
                  .bytes,
              HasSubstr(R"("sha256":"valid")"));
}

TEST(KoeruStunDecode, KeepsUnknownAndMalformedAttributes) {
  const Output message =
      Decode("0001000c2112a442b7e7a701bc34d686fa87dfae 7fff0001aa000000 00200000");
  ASSERT_TRUE(message.ok) << message.bytes;
  EXPECT_THAT(message.bytes,
              HasSubstr(R"("name":"0x7FFF","known":false,"hex":"aa","range":[20,25])"));
  EXPECT_THAT(message.bytes, HasSubstr(R"("name":"XOR-MAPPED-ADDRESS","known":true,"hex":"")"));
  EXPECT_THAT(message.bytes, HasSubstr(R"("problem":)"));
}

TEST(KoeruStunDecode, ErrorsNameTheirPlace) {
  EXPECT_THAT(Decode("00 01 0g").bytes, HasSubstr(R"("field":"hex")"));
  const Output cut = Decode("000100042112a442b7e7a701bc34d686fa87dfae");
  EXPECT_FALSE(cut.ok);
  EXPECT_THAT(cut.bytes, HasSubstr(R"("offset":)"));
  EXPECT_THAT(cut.bytes, Not(HasSubstr(R"("field")")));
}

TEST(KoeruStunEncode, WritesEveryAttributeFromItsTextAndFromItsBytes) {
  for (const vectors::AttributeValue& row : vectors::kAttributeValues) {
    const Output from_text = Encode(row.name, "value", row.text);
    const Output from_hex = Encode(row.name, "hex", row.hex);
    ASSERT_TRUE(from_text.ok) << row.name << ": " << from_text.bytes;
    EXPECT_EQ(ToHex(AsBytes(from_text.bytes)), ToHex(AsBytes(from_hex.bytes))) << row.name;
    EXPECT_THAT(ToHex(AsBytes(from_text.bytes)), HasSubstr(row.hex)) << row.name;
  }
}

TEST(KoeruStunEncode, MakesTheLongTermKeyThatPasswordAlgorithmNames) {
  const Output message =
      Call(koeru_stun_encode,
           JoinFields({"request", "Allocate", kId, "user", "example.org", "secret", "sha256",
                       "fingerprint", "PASSWORD-ALGORITHM", "value", "SHA-256", ""}));
  ASSERT_TRUE(message.ok) << message.bytes;
  const Output decoded = Decode(ToHex(AsBytes(message.bytes)), "user", "example.org", "secret");
  EXPECT_THAT(decoded.bytes, HasSubstr(R"("integrity":{"sha1":"absent","sha256":"valid"})"));
  EXPECT_THAT(decoded.bytes, HasSubstr(R"("fingerprint":"valid")"));
}

TEST(KoeruStunEncode, NamesTheFieldThatIsWrong) {
  EXPECT_THAT(Encode("NO-SUCH", "value", "x").bytes, HasSubstr(R"("field":"attributes[0].type")"));
  EXPECT_THAT(Encode("LIFETIME", "value", "x").bytes,
              HasSubstr(R"("field":"attributes[0].value")"));
  EXPECT_THAT(Encode("LIFETIME", "hex", "x").bytes, HasSubstr(R"("field":"attributes[0].hex")"));
  EXPECT_THAT(Encode("SOFTWARE", "value", "abc", "0000").bytes,
              HasSubstr(R"("field":"attributes[0].padding")"));
  const Output no_key =
      Call(koeru_stun_encode, JoinFields({"request", "Binding", kId, "", "", "", "sha1", ""}));
  EXPECT_FALSE(no_key.ok);
  EXPECT_THAT(no_key.bytes, HasSubstr("needs a key"));
}

TEST(KoeruStunEncode, RefusesWhatFitsIntoNoMessage) {
  const std::string value(2 * 0xFFFC, '0');
  EXPECT_FALSE(Encode("DATA", "hex", value).ok);
  const std::string fits(2 * 0xFFF8, '0');
  EXPECT_TRUE(Encode("DATA", "hex", fits).ok);
}

}  // namespace
}  // namespace koeru::wasm
