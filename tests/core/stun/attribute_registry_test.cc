#include "core/stun/attribute_registry.h"

#include <gtest/gtest.h>

#include <array>

#include "core/bytes/hex.h"
#include "core/stun/attribute_text.h"
#include "core/stun/attributes/priority.h"

namespace koeru::stun {
namespace {

// A registry of two tables, to see the mechanism without the real rows.
constexpr AttributeRow kLow[] = {
    {0x0001, "ONE", "RFC 1 §1", AttributeStatus::kStandard, true, OpaqueCodec()},
    {0x8001, "OPTIONAL", "RFC 1 §2", AttributeStatus::kVendor, false, OpaqueCodec()}};
constexpr AttributeRow kHigh[] = {{0x0002, "TWO", "RFC 2 §1", AttributeStatus::kStandard, true,
                                   CodecOf<Priority, Decimal<&Priority::priority>>()}};
constexpr std::span<const AttributeRow> kTables[] = {kLow, kHigh};
const AttributeRegistry kRegistry(kTables);

TEST(AttributeRegistry, SearchesAllTables) {
  EXPECT_EQ(kRegistry.Find(0x0001)->name, "ONE");
  EXPECT_EQ(kRegistry.Find(0x0002)->name, "TWO");
  EXPECT_EQ(kRegistry.Find(0x8001)->name, "OPTIONAL");
  EXPECT_EQ(kRegistry.Find(0x0003), nullptr);
  EXPECT_EQ(kRegistry.FindByName("two")->type, 0x0002);
  EXPECT_EQ(kRegistry.FindByName("three"), nullptr);
  EXPECT_TRUE(kRegistry.Find(0x8001)->vendor());
  EXPECT_FALSE(kRegistry.Find(0x8001)->comprehension_required());
  EXPECT_TRUE(kRegistry.Find(0x0002)->comprehension_required());
}

TEST(AttributeRegistry, FallsBackToHexadecimalForMalformedValues) {
  const auto good = *FromHex("00000007"), bad = *FromHex("000007");
  EXPECT_EQ(kRegistry.Print(0x0002, good, {}), "7");
  EXPECT_EQ(kRegistry.Print(0x0002, bad, {}), "hex:000007");
  EXPECT_EQ(kRegistry.Check(0x0002, bad, {})->reason, "PRIORITY is 4 bytes long");
  EXPECT_EQ(kRegistry.Check(0x0003, bad, {}), std::nullopt) << "unknown is not wrong";
  const auto fields = kRegistry.Fields(0x0002, bad, {});
  ASSERT_EQ(fields.size(), 1u);
  EXPECT_EQ(fields[0].text, "hex:000007");
  EXPECT_EQ(fields[0].size, 3u);
}

TEST(AttributeRegistry, ReportsABufferThatIsTooSmall) {
  std::array<uint8_t, 3> buffer;
  Writer w(buffer);
  EXPECT_FALSE(kRegistry.ParseText(0x0002, "7", w, {}).ok());
  EXPECT_FALSE(w.ok());
}

TEST(AttributeRegistry, AppendsToWhatIsWritten) {
  std::array<uint8_t, 8> buffer;
  Writer w(buffer);
  w.U16(0xFFFF);
  EXPECT_EQ(*kRegistry.ParseText(0x0002, "7", w, {}), 4u);
  EXPECT_EQ(ToHex(w.written()), "ffff00000007");
}

TEST(AttributeRegistry, WantsSortedTables) {
  EXPECT_TRUE(IsSortedByType(kLow));
  const AttributeRow twice[] = {kLow[0], kLow[0]};
  EXPECT_FALSE(IsSortedByType(twice));
}

}  // namespace
}  // namespace koeru::stun
