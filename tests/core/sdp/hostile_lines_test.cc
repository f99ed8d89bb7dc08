// Lines of 10 MB: the work grows with their length and not faster, and what is kept is bounded.

#include <gtest/gtest.h>

#include <ctime>

#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

constexpr size_t kMegabyte = 1u << 20;

// Processor time, so that other programs do not count.
double SecondsToRead(const std::string& text, Mode mode) {
  const std::clock_t start = std::clock();
  const TypedLine line(Line(text, LineEnding::kNone));
  Encoder encoder(mode);
  // Whether it is right does not matter here.
  (void)line.DecodeInto(encoder, mode);
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string Repeat(std::string_view begin, std::string_view unit, size_t size) {
  std::string text(begin);
  text.reserve(size + unit.size());
  while (text.size() < size) text += unit;
  return text;
}

// What each kind of line may be filled with.
constexpr std::string_view kUnits[] = {
    ";", "\"",  " ",   "9",   "[",   "]",   "a",  "a;",   "a=", ",", "a,", ":",
    "~", "\";", "=\"", "AB:", "[x=", "] [", " a", "a b;", "/",  "<", "\t", "1 "};

TEST(SdpHostileLines, TenTimesTheLengthCostsAboutTenTimesTheWork) {
  for (const auto rows : {LineTypes(), Attributes()}) {
    for (const Row& row : rows) {
      if (!row.has_value) continue;
      const std::string begin = LineText(row, "");
      for (const std::string_view unit : kUnits) {
        const double one = SecondsToRead(Repeat(begin, unit, kMegabyte / 128), Mode::kLenient);
        const double ten = SecondsToRead(Repeat(begin, unit, kMegabyte * 10 / 128), Mode::kLenient);
        // Ten times; quadratic work would be a hundred times. Below a few milliseconds the clock
        // tells nothing.
        EXPECT_LT(ten, 60 * one + 0.1) << begin << " with " << unit;
      }
    }
  }
}

// Behind a right beginning, where the lists are.
constexpr std::pair<std::string_view, std::string_view> kLists[] = {
    {"a=fmtp:96 ", ";"},
    {"a=fmtp:96 ", "a=\";"},
    {"a=fmtp:96 ", "\"=;"},
    {"a=fmtp:96 a=", "\""},
    {"a=dcmap:0 a=", "\";"},
    {"a=dcmap:0 ", "a=b;"},
    {"a=simulcast:send ", "a,"},
    {"a=simulcast:send ", "a;"},
    {"a=simulcast: send rid=", "a;"},
    {"a=rid:1 send ", "a;"},
    {"a=imageattr:* send [", "x=[1,2],"},
    {"a=imageattr:* send [x=", "["},
    {"a=imageattr:* send ", "[x=1] "},
    {"a=group:LS", " a"},
    {"a=ssrc-group:FID", " 1"},
    {"a=candidate:1 1 udp 1 192.0.2.1 9 typ host", " a b"},
    {"a=remote-candidates:", "1 h 1 "},
    {"a=fingerprint:sha-256 ", "AB:"},
    {"a=crypto:1 A ", "inline:a;"},
    {"a=source-filter: incl IN IP4 d", " s"},
    {"a=content:", "a,"},
    {"a=identity:a ", "a;"},
    {"m=audio 9 RTP/AVP", " 0"},
    {"m=audio 9 ", "a/"},
    {"r=7d 1h", " 1h"},
    {"z=", "3730928400 1h "},
    {"c=IN IP4 h", "/1"},
    {"e=", "a <"},
    {"p=", "1 "},
    {"s=", " "},
};

TEST(SdpHostileLines, ListsOfMegabytesEndInLinearTime) {
  for (const auto& [begin, unit] : kLists) {
    for (const Mode mode : {Mode::kStrict, Mode::kLenient}) {
      const double one = SecondsToRead(Repeat(begin, unit, kMegabyte / 4), mode);
      const double ten = SecondsToRead(Repeat(begin, unit, kMegabyte * 10 / 4), mode);
      EXPECT_LT(ten, 60 * one + 0.5) << begin << " with " << unit;
    }
  }
}

}  // namespace
}  // namespace koeru::sdp
