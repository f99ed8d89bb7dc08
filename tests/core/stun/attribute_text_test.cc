#include "core/stun/attribute_text.h"

#include <gtest/gtest.h>

namespace koeru::stun {
namespace {

TEST(TakeUntil, RemovesThePartAndTheSeparator) {
  std::string_view text = "a, b,c";
  EXPECT_EQ(TakeUntil(text, ", "), "a");
  EXPECT_EQ(TakeUntil(text, ", "), "b,c");
  EXPECT_EQ(text, "");
  EXPECT_EQ(TakeUntil(text, ", "), "");
}

TEST(Family, HasNamesOrNumbers) {
  for (int family = 0; family < 256; ++family) {
    const auto value = static_cast<AddressFamily>(family);
    EXPECT_EQ(*ParseFamily(PrintFamily(value)), value);
  }
  EXPECT_EQ(PrintFamily(AddressFamily::kIpv6), "IPv6");
  EXPECT_FALSE(ParseFamily("256").ok());
  EXPECT_FALSE(ParseFamily("").ok());
}

TEST(ErrorCodeText, KeepsEveryReason) {
  for (const char* reason : {"", " ", "  two  ", "Stale Nonce", "a\nb", "\xFF\\"}) {
    uint16_t code = 0;
    std::string again;
    EXPECT_EQ(ParseErrorCode(PrintErrorCode(438, reason), code, again), std::nullopt);
    EXPECT_EQ(code, 438);
    EXPECT_EQ(again, reason);
  }
}

TEST(NamedNumbers, MustComeInOrder) {
  const NamedNumber printed[] = {{"a", 1}, {"b", UINT64_MAX}};
  EXPECT_EQ(PrintNamedNumbers(printed), "a=1 b=18446744073709551615");
  NamedNumber read[] = {{"a"}, {"b"}};
  EXPECT_EQ(ParseNamedNumbers("a=1 b=0x10", read), std::nullopt);
  EXPECT_EQ(read[0].value, 1u);
  EXPECT_EQ(read[1].value, 16u);
  for (const char* text : {"", "a=1", "b=1 a=1", "a=1  b=2", "a= b=2", "a=1 b=2 ", "a=1 b=2 c=3"}) {
    const MaybeError error = ParseNamedNumbers(text, read);
    const bool trailing_space = std::string_view(text) == "a=1 b=2 ";
    EXPECT_EQ(error.has_value(), !trailing_space) << text;
  }
}

}  // namespace
}  // namespace koeru::stun
