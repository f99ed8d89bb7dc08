#include "core/stun/text_value.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"
#include "core/stun/attributes.h"

namespace koeru::stun {
namespace {

// Decodes a value given in hexadecimal; the value must outlive the views in the result.
template <typename A>
Result<A> Decode(const std::vector<uint8_t>& value) {
  return A::Decode(value, TransactionId());
}

TEST(TextValue, CountsCharactersOfUtf8) {
  EXPECT_EQ(CountCharacters(""), 0u);
  EXPECT_EQ(CountCharacters("abc"), 3u);
  EXPECT_EQ(CountCharacters("マトリックス"), 6u);
  EXPECT_EQ(CountCharacters("\xF0\x9F\x98\x80"), 1u);
}

TEST(TextValue, Rfc8489_14_9_EncodesFewerThan128CharactersAndAtMost509Bytes) {
  const auto encodes = [](const std::string& text, const TextLimit& limit) {
    std::vector<uint8_t> buffer(2000);
    Writer w(buffer);
    EncodeText(w, text, limit);
    return w.ok();
  };
  EXPECT_TRUE(encodes(std::string(127, 'x'), kQuotedLimit));
  EXPECT_FALSE(encodes(std::string(128, 'x'), kQuotedLimit));
  EXPECT_FALSE(encodes(std::string(510, '\x80'), kQuotedLimit)) << "bytes that continue nothing";
  EXPECT_TRUE(encodes(std::string(508, 'x'), kUsernameLimit));
  EXPECT_FALSE(encodes(std::string(509, 'x'), kUsernameLimit));
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

}  // namespace
}  // namespace koeru::stun
