#include "core/inspect/sdp_fields.h"

#include <gtest/gtest.h>

#include "core/inspect/sdp_json.h"
#include "core/sdp/typed_line.h"
#include "tests/core/inspect/json_leaves.h"
#include "tests/core/inspect/sdp_values.h"

namespace koeru::inspect {
namespace {

using sdp::Mode;

// The line that the leaves make, or the error.
std::string LineOf(std::string_view name, const std::vector<std::string_view>& leaves, Mode mode) {
  FieldSyntax from(leaves);
  const auto line = sdp::EncodeLine(*sdp::FindRow(name), from, mode);
  return line.ok() ? *line : "error: " + line.error().ToString();
}

std::string LineOfJson(const SdpValue& value, Mode mode) {
  const JsonLeaves leaves(value.json);
  return LineOf(sdp::NameOf(sdp::Line(value.line, sdp::LineEnding::kNone)), leaves.Views(), mode);
}

// The line read and written in one mode, or the error.
std::string Rewrite(std::string_view line, Mode mode) {
  const sdp::TypedLine typed(sdp::Line(line, sdp::LineEnding::kNone));
  if (typed.row() == nullptr) return "unknown";
  sdp::Encoder encoder(mode);
  const auto error = typed.DecodeInto(encoder, mode);
  if (error) return "error at " + std::to_string(error->offset) + ": " + error->ToString();
  if (!encoder.ok()) return "not written: " + encoder.error().ToString();
  return sdp::LineText(*typed.row(), encoder.Take());
}

bool IsError(std::string_view text) { return text.starts_with("error"); }

TEST(SdpFields, EveryVectorComesBackFromItsJson) {
  for (const SdpValue& value : ReadSdpValues()) {
    if (value.json == "unknown") continue;
    EXPECT_EQ(LineOfJson(value, Mode::kStrict), value.line);
    EXPECT_EQ(LineOfJson(value, Mode::kLenient), value.line);
  }
}

TEST(SdpFields, EveryLenientVectorComesBackFromItsJsonInItsRightForm) {
  for (const SdpValue& value : ReadSdpValues("lenient_values.txt")) {
    EXPECT_EQ(LineOfJson(value, Mode::kLenient), value.rewritten) << value.line;
  }
}

TEST(SdpFields, EveryVectorIsWrittenAsItWasRead) {
  for (const SdpValue& value : ReadSdpValues()) {
    if (value.json == "unknown") continue;
    EXPECT_EQ(Rewrite(value.line, Mode::kStrict), value.line);
    EXPECT_EQ(Rewrite(value.line, Mode::kLenient), value.line);
  }
}

TEST(SdpFields, LenientVectorsAreRefusedStrictlyAtAPlaceInTheLine) {
  for (const SdpValue& value : ReadSdpValues("lenient_values.txt")) {
    const sdp::TypedLine typed(sdp::Line(value.line, sdp::LineEnding::kNone));
    JsonSyntax json;
    const auto error = typed.DecodeInto(json, Mode::kStrict);
    ASSERT_TRUE(error) << value.line;
    EXPECT_GE(error->offset, typed.value_offset()) << value.line;
    EXPECT_LE(error->offset, value.line.size()) << value.line;
    EXPECT_FALSE(error->reason.empty()) << value.line;
  }
}

TEST(SdpFields, ATruncationIsAnErrorOrComesBackAsItIs) {
  for (const SdpValue& value : ReadSdpValues()) {
    for (size_t size = 0; size < value.line.size(); ++size) {
      const std::string line = value.line.substr(0, size);
      const std::string rewritten = Rewrite(line, Mode::kStrict);
      if (rewritten == "unknown" || IsError(rewritten)) continue;
      EXPECT_EQ(rewritten, line);
      EXPECT_FALSE(IsError(Rewrite(line, Mode::kLenient))) << line << " is lenient, too";
    }
  }
}

TEST(SdpFields, WhatALenientDecoderTakesIsWrittenSoThatItStays) {
  for (const char* file : {"values.txt", "lenient_values.txt"}) {
    for (const SdpValue& value : ReadSdpValues(file)) {
      for (size_t size = 0; size <= value.line.size(); ++size) {
        const std::string once = Rewrite(value.line.substr(0, size), Mode::kLenient);
        if (once == "unknown" || IsError(once)) continue;
        EXPECT_EQ(Rewrite(once, Mode::kLenient), once) << value.line.substr(0, size);
      }
    }
  }
}

TEST(SdpFields, AMissingFieldIsNamed) {
  EXPECT_EQ(LineOf("rtpmap", {"payloadType", "111", "encodingName", "opus"}, Mode::kLenient),
            "error: clockRate: is missing: give it a value");
  EXPECT_EQ(LineOf("remote-candidates", {"[0].component", "1", "[0].port", "9"}, Mode::kLenient),
            "error: [0].address: is missing: give it a value");
  EXPECT_EQ(LineOf("content", {}, Mode::kLenient),
            "error: [0]: is missing: the list needs one item at least");
}

TEST(SdpFields, AMisspeltFieldIsNamed) {
  EXPECT_EQ(LineOf("mid", {"", "0", "tag", "1"}, Mode::kLenient),
            "error: tag: is no field of this line");
  EXPECT_EQ(LineOf("group", {"semantics", "LS", "mids[1]", "b"}, Mode::kLenient),
            "error: mids[1]: is no field of this line");
  EXPECT_EQ(LineOf("rtcp-mux", {"", "yes"}, Mode::kLenient), "error: has no value: write true");
}

// What stands behind it would be in the bracket.
TEST(SdpFields, AnImageValueWithABracketThatNothingClosesIsRefused) {
  for (const char* value : {"~[", "[480:16", "[[1]"}) {
    EXPECT_EQ(
        LineOf("imageattr",
               {"payloadType", "97", "directions[0].direction", "send",
                "directions[0].sets[0][0].name", "x", "directions[0].sets[0][0].value", value},
               Mode::kLenient),
        "error: directions[0].sets[0][0].value: is a number, or a list in brackets");
  }
}

TEST(SdpFields, AListInThePlaceOfAValueAndAValueInThatOfAListAreTold) {
  EXPECT_EQ(LineOf("mid", {"[0]", "0"}, Mode::kLenient),
            "error: needs one value, and no list or object");
  EXPECT_EQ(LineOf("group", {"semantics.x", "LS"}, Mode::kLenient),
            "error: semantics: needs one value, and no list or object");
  EXPECT_EQ(LineOf("group", {"semantics", "LS", "mids", "0"}, Mode::kLenient),
            "error: mids: needs a list of values");
  EXPECT_EQ(LineOf("ice-options", {"", "trickle"}, Mode::kLenient),
            "error: needs a list of values");
}

TEST(SdpFields, ValuesThatTheGrammarDoesNotHaveAreRefused) {
  EXPECT_EQ(LineOf("extmap", {"id", "x", "uri", "u"}, Mode::kLenient),
            "error: id: needs a number from 0 to 99999");
  EXPECT_EQ(LineOf("setup", {"", "both"}, Mode::kLenient),
            "error: needs one of active|passive|actpass|holdconn");
  EXPECT_EQ(LineOf("mid", {"", "a b"}, Mode::kLenient),
            "error: is a token: letters, digits and !#$%&'*+-.^_`{|}~");
  EXPECT_EQ(
      LineOf("imageattr",
             {"payloadType", "*", "directions[0].direction", "send", "directions[0].any", "1"},
             Mode::kLenient),
      "error: directions[0].any: needs true or false");
  EXPECT_EQ(LineOf("ice-pwd", {"", "short"}, Mode::kLenient),
            "error: has 5 characters instead of 22 to 256");
}

TEST(SdpFields, ACandidateIsToldByItsParts) {
  EXPECT_EQ(LineOf("candidate",
                   {"foundation", "1", "priority", "99", "address", "192.0.2.1", "port", "9",
                    "type", "host"},
                   Mode::kStrict),
            "a=candidate:1 1 udp 99 192.0.2.1 9 typ host");
  EXPECT_TRUE(IsError(LineOf("candidate", {"foundation", "1"}, Mode::kStrict)));
}

}  // namespace
}  // namespace koeru::inspect
