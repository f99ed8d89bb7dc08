#include "native_server/web/http_conditions.h"

#include <gtest/gtest.h>

#include <tuple>

#include "native_server/web/http_date.h"

namespace koeru::server::web {
namespace {

TEST(HttpConditions, Rfc9110_12_5_3_AcceptEncoding) {
  EXPECT_TRUE(AcceptsEncoding("gzip, deflate, br", "br"));
  EXPECT_TRUE(AcceptsEncoding("GZIP;q=0.5", "gzip"));
  EXPECT_TRUE(AcceptsEncoding("*", "br"));
  EXPECT_FALSE(AcceptsEncoding("", "br"));
  EXPECT_FALSE(AcceptsEncoding("gzip", "br"));
  EXPECT_FALSE(AcceptsEncoding("br;q=0", "br"));
  EXPECT_FALSE(AcceptsEncoding("br; q=0.000, *", "br"));
  EXPECT_FALSE(AcceptsEncoding("*;q=0", "br"));
  EXPECT_FALSE(AcceptsEncoding("brotli", "br"));
}

TEST(HttpConditions, Rfc9110_13_1_2_IfNoneMatch) {
  EXPECT_TRUE(MatchesAnyTag("\"a\"", "\"a\""));
  EXPECT_TRUE(MatchesAnyTag("\"x\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(MatchesAnyTag("*", "\"a\""));
  EXPECT_FALSE(MatchesAnyTag("\"b\"", "\"a\""));
  EXPECT_FALSE(MatchesAnyTag("a", "\"a\""));
  EXPECT_FALSE(MatchesAnyTag("", "\"a\""));
}

std::tuple<RangeKind, uint64_t, uint64_t> Range(std::string_view header, uint64_t size) {
  const RangeResult result = ParseRange(header, size);
  return {result.kind, result.range.first, result.range.length};
}

TEST(HttpConditions, Rfc9110_14_1_2_Ranges) {
  using R = std::tuple<RangeKind, uint64_t, uint64_t>;
  EXPECT_EQ(Range("bytes=0-0", 10), (R{RangeKind::kSatisfiable, 0, 1}));
  EXPECT_EQ(Range("bytes=2-", 10), (R{RangeKind::kSatisfiable, 2, 8}));
  EXPECT_EQ(Range("bytes=-3", 10), (R{RangeKind::kSatisfiable, 7, 3}));
  EXPECT_EQ(Range("bytes=-30", 10), (R{RangeKind::kSatisfiable, 0, 10}));
  EXPECT_EQ(Range("bytes=5-99999999999", 10), (R{RangeKind::kSatisfiable, 5, 5}));
  for (const char* header : {"bytes=10-", "bytes=-0", "bytes=18446744073709551615-"}) {
    EXPECT_EQ(std::get<0>(Range(header, 10)), RangeKind::kUnsatisfiable) << header;
  }
  for (const char* header :
       {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=3-2", "bytes=0-1,3-4", "items=0-1",
        "bytes=1", "bytes=0x1-2", "bytes=--1", "bytes=1-2-3", "bytes=99999999999999999999-"}) {
    EXPECT_EQ(std::get<0>(Range(header, 10)), RangeKind::kIgnore) << header;
  }
}

TEST(HttpDate, Rfc9110_5_6_7_Example) {
  EXPECT_EQ(FormatHttpDate(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(ParseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777);
}

TEST(HttpDate, OtherTextIsNoDate) {
  for (const char* text : {"", "Sun", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                           "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT x",
                           "Sun, 06 Nov 1994 08:49:37"}) {
    EXPECT_EQ(ParseHttpDate(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace koeru::server::web
