#include "core/stun/attribute.h"

#include <gtest/gtest.h>

#include <string>

#include "core/stun/attributes.h"

namespace koeru::stun {
namespace {

struct NoType {
  static Result<NoType> Decode(Bytes, const TransactionId&) { return NoType(); }
  void Encode(Writer&, const TransactionId&) const {}
};
struct DecodesWithoutError : NoType {
  static constexpr uint16_t kType = 1;
  static DecodesWithoutError Decode(Bytes, const TransactionId&) { return {}; }
};
struct EncodesWithoutWriter {
  static constexpr uint16_t kType = 1;
  static Result<EncodesWithoutWriter> Decode(Bytes, const TransactionId&) {
    return EncodesWithoutWriter();
  }
  std::string Encode() const { return ""; }
};

TEST(Attribute, IsTypeDecodeAndEncode) {
  EXPECT_TRUE(Attribute<Priority>);
  EXPECT_TRUE(Attribute<UnknownAttributes>) << "a class will do, too";
  EXPECT_FALSE(Attribute<NoType>);
  EXPECT_FALSE(Attribute<DecodesWithoutError>);
  EXPECT_FALSE(Attribute<EncodesWithoutWriter>);
}

}  // namespace
}  // namespace koeru::stun
