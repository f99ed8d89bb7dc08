// Every line of every description in tests/vectors/sdp, browsers' and RFCs', by its own grammar.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "core/inspect/sdp_fields.h"
#include "core/inspect/sdp_json.h"
#include "core/sdp/document.h"
#include "core/sdp/typed_line.h"
#include "tests/core/inspect/json_leaves.h"

namespace koeru::inspect {
namespace {

// Lines that are not strictly right, and why they stay as they are.
const std::map<std::string, std::string, std::less<>> kNotStrict = {
    {"s=", "RFC 3264 and RFC 8839 write it empty; RFC 8866 section 5.3: it MUST NOT be"},
};

std::map<std::string, std::string> ReadDescriptions() {
  std::map<std::string, std::string> texts;
  for (const auto& entry :
       std::filesystem::directory_iterator(KOERU_SOURCE_DIR "/tests/vectors/sdp")) {
    if (entry.path().extension() != ".sdp") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    texts[entry.path().filename()] = text.str();
  }
  return texts;
}

void CheckLine(const sdp::Line& line, sdp::Mode mode) {
  const sdp::TypedLine typed(line);
  ASSERT_NE(typed.row(), nullptr) << "unknown";
  JsonSyntax json;
  const auto error = typed.DecodeInto(json, mode);
  ASSERT_FALSE(error) << error->ToString() << " at " << error->offset;
  const JsonLeaves leaves(json.Take());
  const auto views = leaves.Views();
  FieldSyntax from(views);
  const auto written = sdp::EncodeLine(*typed.row(), from, mode);
  ASSERT_TRUE(written.ok()) << written.error().ToString();
  EXPECT_EQ(*written, line.text());
}

TEST(SdpDescriptions, EveryLineIsStrictlyRightOrListedAndComesBackFromItsJson) {
  std::set<std::string_view> lenient;
  const auto texts = ReadDescriptions();
  EXPECT_GE(texts.size(), 42u);
  for (const auto& [name, text] : texts) {
    const sdp::Document document = sdp::Document::Parse(text);
    EXPECT_EQ(document.ToString(), text);
    for (const sdp::Line& line : document.lines()) {
      SCOPED_TRACE(name + ": " + std::string(line.text()));
      const auto listed = kNotStrict.find(line.text());
      CheckLine(line, listed == kNotStrict.end() ? sdp::Mode::kStrict : sdp::Mode::kLenient);
      if (listed != kNotStrict.end()) lenient.insert(listed->first);
    }
  }
  EXPECT_EQ(lenient.size(), kNotStrict.size()) << "a line is listed that no description has";
}

TEST(SdpDescriptions, WhatIsListedAsNotStrictIsNot) {
  for (const auto& [line, reason] : kNotStrict) {
    JsonSyntax json;
    const sdp::TypedLine typed(sdp::Line(line, sdp::LineEnding::kNone));
    EXPECT_TRUE(typed.DecodeInto(json, sdp::Mode::kStrict)) << line << ": " << reason;
  }
}

}  // namespace
}  // namespace koeru::inspect
