#include "core/inspect/json_writer.h"

#include <gtest/gtest.h>

#include <string>

namespace koeru::inspect {
namespace {

std::string JsonText(std::string_view text) {
  JsonWriter json;
  json.Text(text);
  return json.Take();
}

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
  JsonWriter json;
  json.BeginArray();
  json.BeginObject();
  json.EndObject();
  json.BeginObject();
  json.Field("a", 1u);
  json.Field("b", true);
  json.Key("c");
  json.BeginArray();
  json.Number(UINT64_MAX);
  json.Text("x");
  json.EndArray();
  json.EndObject();
  json.EndArray();
  EXPECT_EQ(json.Take(), R"([{},{"a":1,"b":true,"c":[18446744073709551615,"x"]}])");
}

// RFC 8259 section 7.
TEST(JsonWriter, EscapesQuotesBackslashesAndControlCharacters) {
  EXPECT_EQ(JsonText("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(JsonText(std::string_view("\0\b\t\n\r\x1f\x7f", 7)),
            "\"\\u0000\\u0008\\t\\n\\r\\u001f\\u007f\"");
}

TEST(JsonWriter, KeepsValidUtf8) {
  EXPECT_EQ(JsonText("\u8d8a\u3048\u308b \U0001F680"), "\"\u8d8a\u3048\u308b \U0001F680\"");
}

TEST(JsonWriter, ReplacesInvalidUtf8) {
  const std::string kReplacement = "\xEF\xBF\xBD";
  EXPECT_EQ(JsonText("\xFF"), "\"" + kReplacement + "\"");
  EXPECT_EQ(JsonText("a\xE3\x81"), "\"a" + kReplacement + kReplacement + "\"");
  // Overlong '/', a surrogate, beyond U+10FFFF.
  EXPECT_EQ(JsonText("\xC0\xAF"), "\"" + kReplacement + kReplacement + "\"");
  EXPECT_EQ(JsonText("\xED\xA0\x80"), "\"" + kReplacement + kReplacement + kReplacement + "\"");
  EXPECT_EQ(JsonText("\xF4\x90\x80\x80"),
            "\"" + kReplacement + kReplacement + kReplacement + kReplacement + "\"");
}

TEST(JsonWriter, ErrorsHaveReasonAndOffset) {
  EXPECT_EQ(ErrorJson({"too \"short\"", 7}), R"({"reason":"too \"short\"","offset":7})");
  EXPECT_EQ(ErrorJson({"bad", 0}, "port"), R"({"reason":"bad","offset":0,"field":"port"})");
}

}  // namespace
}  // namespace koeru::inspect
