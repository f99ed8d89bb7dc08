#include "core/turn/registry.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "core/bytes/escape.h"
#include "core/bytes/hex.h"
#include "tests/vectors/attribute_values.h"

namespace koeru::turn {
namespace {

using stun::AttributeField;
using stun::AttributeRow;
using vectors::AttributeValue;
using vectors::kAttributeValues;

stun::TransactionId SampleId() {
  stun::TransactionId id;
  std::ranges::copy(*FromHex(vectors::kTransactionId), id.begin());
  return id;
}
const stun::TransactionId kId = SampleId();

// The bytes that a text stands for, in hexadecimal; or the reason why there are none.
std::string Encode(uint16_t type, std::string_view text) {
  std::vector<uint8_t> buffer(70000, 0xAA);
  Writer w(buffer);
  const auto size = Registry().ParseText(type, text, w, kId);
  if (!size.ok()) return std::string(size.error().reason);
  EXPECT_EQ(*size, w.written().size());
  return ToHex(w.written());
}

TEST(Registry, HasAVectorForEveryRow) {
  std::set<std::string_view> names;
  for (const AttributeValue& value : kAttributeValues) names.insert(value.name);
  for (const auto table : Registry().tables()) {
    for (const AttributeRow& row : table) EXPECT_TRUE(names.contains(row.name)) << row.name;
  }
}

TEST(Registry, FindsEveryRowByTypeAndName) {
  std::set<uint16_t> types;
  for (const auto table : Registry().tables()) {
    for (const AttributeRow& row : table) {
      EXPECT_TRUE(types.insert(row.type).second) << row.name << " stands in two rows";
      EXPECT_EQ(Registry().Find(row.type), &row);
      EXPECT_EQ(Registry().FindByName(row.name), &row);
      EXPECT_EQ(Registry().NameOf(row.type), row.name);
      EXPECT_EQ(*Registry().TypeOf(row.name), row.type);
      EXPECT_FALSE(row.section.empty());
    }
  }
  EXPECT_EQ(stun::StunRegistry().Find(0x000D), nullptr) << "LIFETIME is TURN's";
  EXPECT_NE(stun::StunRegistry().Find(0x0020), nullptr);
}

TEST(Registry, UnknownTypesHaveNumbersForNames) {
  EXPECT_EQ(Registry().Find(0x4001), nullptr);
  EXPECT_EQ(Registry().NameOf(0x4001), "0x4001");
  EXPECT_EQ(*Registry().TypeOf("0x4001"), 0x4001);
  EXPECT_EQ(*Registry().TypeOf("xor-Peer-ADDRESS"), 0x0012);
  EXPECT_FALSE(Registry().TypeOf("XOR-PEAR-ADDRESS").ok());
  EXPECT_FALSE(Registry().TypeOf("0x10000").ok());
  EXPECT_EQ(Registry().Print(0x4001, AsBytes("ab"), kId), "6162");
  EXPECT_EQ(Encode(0x4001, "6162"), "6162");
  EXPECT_EQ(Encode(0x4001, "hex:6162"), "6162");
  EXPECT_EQ(Encode(0x4001, "616"), "odd number of hexadecimal digits");
}

TEST(Registry, PrintsAndReadsEveryVector) {
  for (const AttributeValue& v : kAttributeValues) {
    const AttributeRow* row = Registry().FindByName(v.name);
    ASSERT_NE(row, nullptr) << v.name;
    const auto value = *FromHex(v.hex);
    EXPECT_EQ(Registry().Check(row->type, value, kId), std::nullopt) << v.name;
    EXPECT_EQ(Registry().Print(row->type, value, kId), v.text) << v.name;
    EXPECT_EQ(Encode(row->type, v.text), ToHex(value)) << v.name;
  }
}

// What must hold for any value at all, well-formed or not.
void CheckValue(uint16_t type, Bytes value) {
  SCOPED_TRACE(Registry().NameOf(type) + " " + ToHex(value));
  if (const auto error = Registry().Check(type, value, kId)) {
    EXPECT_LE(error->offset, value.size());
    EXPECT_FALSE(error->reason.empty());
  }
  const std::string text = Registry().Print(type, value, kId);
  EXPECT_TRUE(IsValidUtf8(text));
  EXPECT_EQ(Encode(type, text), ToHex(value)) << text;
  size_t end = 0;
  for (const AttributeField& field : Registry().Fields(type, value, kId)) {
    EXPECT_EQ(field.offset, end) << field.label << ": fields follow each other";
    end = field.offset + field.size;
    EXPECT_TRUE(IsValidUtf8(field.text));
  }
  EXPECT_EQ(end, value.size()) << "fields cover the value";
}

TEST(Registry, IsReversibleForEveryTruncationAndExtension) {
  for (const AttributeValue& v : kAttributeValues) {
    const uint16_t type = Registry().FindByName(v.name)->type;
    std::vector<uint8_t> value = *FromHex(v.hex);
    for (size_t size = 0; size < value.size(); ++size) CheckValue(type, Bytes(value).first(size));
    for (int i = 0; i < 5; ++i) {
      CheckValue(type, value);
      value.push_back(static_cast<uint8_t>(0xFF - i));
    }
  }
}

TEST(Registry, IsReversibleForEveryChangedByte) {
  for (const AttributeValue& v : kAttributeValues) {
    const uint16_t type = Registry().FindByName(v.name)->type;
    std::vector<uint8_t> value = *FromHex(v.hex);
    for (uint8_t& byte : value) {
      const uint8_t original = byte;
      for (const int replacement : {0x00, 0x01, 0x20, 0x5C, 0x7F, 0x80, 0xFF}) {
        byte = static_cast<uint8_t>(replacement);
        CheckValue(type, value);
      }
      byte = original;
    }
  }
}

TEST(Registry, IsReversibleForRandomValues) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 200; ++round) {
    std::vector<uint8_t> value(random() % 40);
    for (uint8_t& byte : value) byte = static_cast<uint8_t>(random());
    for (const auto table : Registry().tables()) {
      for (const AttributeRow& row : table) CheckValue(row.type, value);
    }
  }
}

TEST(Registry, TakesTheLongestValues) {
  const std::vector<uint8_t> longest(65532, 0xE3);
  for (const auto table : Registry().tables()) {
    for (const AttributeRow& row : table) {
      const std::string text = Registry().Print(row.type, longest, kId);
      EXPECT_EQ(Encode(row.type, text), ToHex(longest)) << row.name;
    }
  }
}

TEST(Registry, ReservedBitsFallBackToHexadecimal) {
  EXPECT_EQ(Registry().Print(0x0019, *FromHex("11000001"), kId), "hex:11000001");
  EXPECT_EQ(Registry().Print(0x0018, *FromHex("81"), kId), "hex:81");
  EXPECT_EQ(Registry().Print(0x0001, *FromHex("ff010d96cb007107"), kId), "hex:ff010d96cb007107");
  EXPECT_EQ(Registry().Print(0x0027, *FromHex("0d960000"), kId), "hex:0d960000");
}

TEST(Registry, ReadsConvenientSpellings) {
  EXPECT_EQ(Encode(0x0019, "UDP"), "11000000");
  EXPECT_EQ(Encode(0x0019, "17"), "11000000");
  EXPECT_EQ(Encode(0x000C, "16384"), "40000000");
  EXPECT_EQ(Encode(0x000D, "0x258"), "00000258");
  EXPECT_EQ(Encode(0x0017, "2"), "02000000");
  EXPECT_EQ(Encode(0x000D, "hex:0258"), "0258") << "a malformed value can be written on purpose";
}

TEST(Registry, SaysWhatIsWrongWithAText) {
  const struct {
    uint16_t type;
    std::string_view text;
    std::string_view reason;
    size_t offset;
  } kCases[] = {
      {0x0012, "203.0.113.7", "missing ':port' after the address", 11},
      {0x000D, "ten", "not a number", 0},
      {0x000C, "65536", "the number is too large", 0},
      {0x0009, "200 OK", "an error code is a number from 300 to 699", 0},
      {0x0009, "401 a\\z",
       "a backslash is followed by neither '\\' nor x and two hexadecimal digits", 5},
      {0x0019, "SCTP", "the transport is UDP, TCP or a number up to 255", 0},
      {0x0018, "even", "expected R=0, or R=1 to reserve the next port as well", 0},
      {0x0025, "yes", "a flag has no value: leave the text empty", 0},
      {0x000A, "0x0001, x", "expected attribute types such as 0x0024, 0x7FFF", 8},
      {0x8002, "MD5, MD6", "the algorithm is MD5, SHA-256 or a number", 5},
      {0x8004, "type=3 code=4",
       "expected name=number pairs, in the order in which they are printed", 13},
      {0x8004, "type=3 code=4 data=1 x", "text follows the last name=number pair", 21},
      {0x8004, "type=128 code=4 data=1",
       "the type is at most 127, the code 511, the data 4294967295", 0},
      {0x0022, "01", "a reservation token has 8 bytes", 0},
      {0x001E, "01", "the value is too long or out of the attribute's range", 0},
      {0x0012, "hex:0g", "not a hexadecimal digit", 5},
      {0x8001, "IPv5 440", "the family is IPv4, IPv6 or a number up to 255", 0},
      {0x8001, "IPv6 44", "an error code is a number from 300 to 699", 5},
  };
  for (const auto& c : kCases) {
    std::array<uint8_t, 64> buffer;
    Writer w(buffer);
    const auto size = Registry().ParseText(c.type, c.text, w, kId);
    ASSERT_FALSE(size.ok()) << c.text;
    EXPECT_EQ(size.error().reason, c.reason) << c.text;
    EXPECT_EQ(size.error().offset, c.offset) << c.text;
  }
}

TEST(Registry, RefusesToEncodeTextThatIsTooLong) {
  const std::string_view refused = "the value is too long or out of the attribute's range";
  const auto words = [](size_t size) { return std::string(size, 'x'); };
  EXPECT_EQ(Encode(0x0006, words(508)).size(), 2 * 508u);
  EXPECT_EQ(Encode(0x0006, words(509)), refused);
  EXPECT_EQ(Encode(0x0014, words(127)).size(), 2 * 127u);
  EXPECT_EQ(Encode(0x0014, words(128)), refused) << "fewer than 128 characters";
  std::string wide;
  for (int i = 0; i < 127; ++i) wide += "\xF0\x9F\x98\x80";
  EXPECT_EQ(Encode(0x0014, wide).size(), 2 * 508u) << "characters, not bytes";
}

}  // namespace
}  // namespace koeru::turn
