#include "core/ice/address_text.h"

#include <gtest/gtest.h>

#include <string>

namespace koeru::ice {
namespace {

TEST(AddressText, KnowsTheFourKinds) {
  EXPECT_EQ(HostText::Parse("192.0.2.1")->kind, HostKind::kIpv4);
  EXPECT_EQ(HostText::Parse("2001:db8::1")->kind, HostKind::kIpv6);
  EXPECT_EQ(HostText::Parse("turn.example.org")->kind, HostKind::kName);
  EXPECT_EQ(HostText::Parse("localhost")->kind, HostKind::kName);
  EXPECT_EQ(HostText::Parse("0b0d0e0f-d9f2-4f3c-9d2b-7f7a0c2c9a11.local")->kind, HostKind::kMdns);
  EXPECT_EQ(HostKindName(HostKind::kMdns), "mdns");
}

// RFC 4007 section 11.
TEST(AddressText, TakesTheZoneOff) {
  const auto host = HostText::Parse("fe80::1%eth0.100");
  ASSERT_TRUE(host.ok());
  EXPECT_EQ(host->zone, "eth0.100");
  EXPECT_EQ(host->text, "fe80::1%eth0.100");
  EXPECT_EQ(host->address->ToString(), "fe80::1");
  EXPECT_EQ(HostText::Parse("fe80::1%").error().offset, 7u);
  EXPECT_EQ(HostText::Parse("fe80::1%a b").error().offset, 9u);
  EXPECT_FALSE(HostText::Parse("192.0.2.1%eth0").ok());
}

TEST(AddressText, NumbersWithDotsAreAddressesOrErrors) {
  for (std::string_view text : {"300.1.2.3", "1.2.3", "1.2.3.4.5", "12345", "1.2.3.4."}) {
    EXPECT_FALSE(HostText::Parse(text).ok()) << text;
  }
}

TEST(AddressText, ErrorsTellTheirPlace) {
  EXPECT_EQ(HostText::Parse("").error().offset, 0u);
  EXPECT_EQ(HostText::Parse("a..b").error().offset, 2u);
  EXPECT_EQ(HostText::Parse(".a").error().offset, 0u);
  EXPECT_EQ(HostText::Parse("a/b").error().offset, 1u);
  EXPECT_NE(HostText::Parse("\xC3\xA9.example").error().reason.find("punycode"),
            std::string_view::npos);
}

TEST(AddressText, TheRootsDotMayEndAName) { EXPECT_TRUE(HostText::Parse("example.org.").ok()); }

TEST(AddressText, EveryTruncationIsAnErrorOrAHost) {
  for (const std::string text : {"fe80::1%eth0", "turn.example.org", "::ffff:192.0.2.1"}) {
    for (size_t size = 0; size < text.size(); ++size) {
      const std::string cut = text.substr(0, size);
      const auto host = HostText::Parse(cut);
      if (host.ok()) {
        EXPECT_EQ(host->text, cut);
      } else {
        EXPECT_LE(host.error().offset, size) << cut;
      }
    }
  }
}

}  // namespace
}  // namespace koeru::ice
