#include "core/bytes/escape.h"

#include <gtest/gtest.h>

#include <random>

namespace koeru {
namespace {

TEST(Escape, KeepsPrintableUtf8) {
  for (const char* text : {"", "plain", "\"quotes' stay\"", "マトリックス", "\xF0\x9F\x98\x80"}) {
    EXPECT_EQ(Escape(text), text);
    EXPECT_EQ(*Unescape(text), text);
  }
}

TEST(Escape, HidesControlsAndWhatIsNotUtf8) {
  EXPECT_EQ(Escape("a\nb\x1b[31m\x7f"), "a\\x0ab\\x1b[31m\\x7f");
  EXPECT_EQ(Escape(std::string_view("\0", 1)), "\\x00");
  EXPECT_EQ(Escape("\xC2\x9B"), "\\xc2\\x9b") << "C1 controls";
  EXPECT_EQ(Escape("\xC0\x80"), "\\xc0\\x80") << "overlong form";
  EXPECT_EQ(Escape("\xE0\x9F\xBF"), "\\xe0\\x9f\\xbf") << "overlong form";
  EXPECT_EQ(Escape("\xED\xA0\x80"), "\\xed\\xa0\\x80") << "surrogate";
  EXPECT_EQ(Escape("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80") << "above U+10FFFF";
  EXPECT_EQ(Escape("\xE2\x80\xAE"), "\\xe2\\x80\\xae") << "right-to-left override";
  EXPECT_EQ(Escape("\xE2\x82"), "\\xe2\\x82") << "cut short";
}

TEST(Escape, DoublesTheBackslash) {
  EXPECT_EQ(Escape("\\x00"), "\\\\x00");
  EXPECT_EQ(*Unescape("\\\\x00"), "\\x00");
}

TEST(Unescape, NamesTheBackslashThatStartsNothing) {
  for (const char* text : {"ab\\", "ab\\n", "ab\\x1", "ab\\xg0", "ab\\x 1", "ab\\x0x"}) {
    const auto bytes = Unescape(text);
    ASSERT_FALSE(bytes.ok()) << text;
    EXPECT_EQ(bytes.error().offset, 2u) << text;
  }
}

TEST(Escape, RoundTripsRandomBytes) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int i = 0; i < 2000; ++i) {
    std::string bytes(random() % 24, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    const std::string text = Escape(bytes);
    EXPECT_TRUE(IsValidUtf8(text));
    const auto again = Unescape(text);
    ASSERT_TRUE(again.ok()) << text;
    EXPECT_EQ(*again, bytes);
  }
}

}  // namespace
}  // namespace koeru
