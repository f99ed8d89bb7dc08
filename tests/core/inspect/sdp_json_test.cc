#include "core/inspect/sdp_json.h"

#include <gtest/gtest.h>

#include <set>

#include "core/sdp/typed_line.h"
#include "tests/core/inspect/sdp_values.h"

namespace koeru::inspect {
namespace {

std::string JsonOf(std::string_view line, sdp::Mode mode) {
  const sdp::TypedLine typed(sdp::Line(line, sdp::LineEnding::kNone));
  if (typed.row() == nullptr) return "unknown";
  JsonSyntax json;
  if (const auto error = typed.DecodeInto(json, mode)) return error->ToString();
  return json.Take();
}

TEST(SdpJson, EveryVectorIsToldAsItsFileSays) {
  for (const SdpValue& value : ReadSdpValues()) {
    EXPECT_EQ(JsonOf(value.line, sdp::Mode::kStrict), value.json) << value.line;
    EXPECT_EQ(JsonOf(value.line, sdp::Mode::kLenient), value.json) << value.line;
  }
}

TEST(SdpJson, EveryLenientVectorIsToldAsItsFileSays) {
  for (const SdpValue& value : ReadSdpValues("lenient_values.txt")) {
    EXPECT_EQ(JsonOf(value.line, sdp::Mode::kLenient), value.json) << value.line;
  }
}

TEST(SdpJson, EveryRowOfTheRegistryHasAVector) {
  std::set<std::string, std::less<>> seen;
  for (const SdpValue& value : ReadSdpValues()) {
    seen.emplace(sdp::NameOf(sdp::Line(value.line, sdp::LineEnding::kNone)));
  }
  for (const auto rows : {sdp::LineTypes(), sdp::Attributes()}) {
    for (const sdp::Row& row : rows) EXPECT_TRUE(seen.contains(row.name)) << row.name;
  }
}

TEST(SdpJson, NumbersBeyondWhatADoubleHoldsAreTexts) {
  EXPECT_EQ(JsonOf("b=AS:9007199254740991", sdp::Mode::kStrict),
            R"({"type":"AS","bandwidth":9007199254740991})");
  EXPECT_EQ(JsonOf("b=AS:9007199254740992", sdp::Mode::kStrict),
            R"({"type":"AS","bandwidth":"9007199254740992"})");
}

}  // namespace
}  // namespace koeru::inspect
