#include "core/stun/attribute_registry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/core/attribute_checks.h"

namespace koeru::stun {
namespace {

std::span<const AttributeRow> Table() { return StunAttributeTable(); }

TEST(StunAttributeTable, PrintsAndReadsTheVectorsOfEveryRow) {
  std::set<std::string_view> seen;
  for (const vectors::AttributeValue& v : vectors::kAttributeValues) {
    const auto row = std::find_if(Table().begin(), Table().end(),
                                  [&](const AttributeRow& entry) { return entry.name == v.name; });
    if (row == Table().end()) continue;
    seen.insert(v.name);
    const auto value = *FromHex(v.hex);
    const TransactionId id = testing_support::SampleId();
    EXPECT_EQ(row->codec.check(value, id), std::nullopt) << v.name;
    std::vector<uint8_t> buffer(value.size());
    Writer w(buffer);
    if (v.text.starts_with("hex:")) continue;  // the registry's business
    EXPECT_EQ(row->codec.print(value, id), v.text) << v.name;
    EXPECT_EQ(row->codec.parse(v.text, w, id), std::nullopt) << v.name;
    EXPECT_EQ(ToHex(w.written()), ToHex(value)) << v.name;
  }
  EXPECT_EQ(seen.size(), Table().size())
      << "a row has no value in tests/vectors/attribute_values.h";
}

TEST(StunAttributeTable, SaysWhereEachAttributeIsDefined) {
  for (const AttributeRow& row : Table()) {
    const bool rfc = row.section.starts_with("RFC ");
    EXPECT_EQ(rfc,
              row.status == AttributeStatus::kStandard || row.status == AttributeStatus::kObsolete)
        << row.name;
    if (!rfc) continue;
    EXPECT_NE(row.section.find(" §"), std::string_view::npos) << row.name;
  }
}

}  // namespace
}  // namespace koeru::stun
