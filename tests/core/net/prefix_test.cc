#include "core/net/prefix.h"

#include <gtest/gtest.h>

namespace koeru::net {
namespace {

TEST(Prefix, ContainsItsAddressesAndNoOthers) {
  const struct {
    const char* prefix;
    const char* address;
    bool inside;
  } kCases[] = {
      {"10.0.0.0/8", "10.255.255.255", true},
      {"10.0.0.0/8", "11.0.0.0", false},
      {"172.16.0.0/12", "172.31.255.255", true},
      {"172.16.0.0/12", "172.32.0.0", false},
      {"100.64.0.0/10", "100.127.255.255", true},
      {"100.64.0.0/10", "100.128.0.0", false},
      {"0.0.0.0/0", "203.0.113.7", true},
      {"0.0.0.0/0", "::", false},
      {"192.0.2.1/32", "192.0.2.1", true},
      {"192.0.2.1/32", "192.0.2.0", false},
      {"192.0.2.1", "192.0.2.1", true},
      {"fc00::/7", "fdff::1", true},
      {"fc00::/7", "fe00::", false},
      {"fe80::/10", "febf::1", true},
      {"fe80::/10", "fec0::", false},
      {"::/0", "::1", true},
      {"::1/128", "::1", true},
      {"::1", "::2", false},
      {"2001::/23", "2001:1ff::1", true},
      {"2001::/23", "2001:200::", false},
  };
  for (const auto& c : kCases) {
    const auto prefix = Prefix::Parse(c.prefix);
    ASSERT_TRUE(prefix.ok()) << c.prefix;
    EXPECT_EQ(prefix->Contains(*Address::Parse(c.address)), c.inside)
        << c.prefix << " " << c.address;
  }
}

TEST(Prefix, PrintsWhatItReads) {
  EXPECT_EQ(Prefix::Parse("10.0.0.0/8")->ToString(), "10.0.0.0/8");
  EXPECT_EQ(Prefix::Parse("192.0.2.1")->ToString(), "192.0.2.1/32");
  EXPECT_EQ(Prefix::Parse("2001:DB8::/32")->ToString(), "2001:db8::/32");
}

TEST(Prefix, RefusesBadLengthsAndBitsBehindThem) {
  for (const char* text : {"10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x", "::/129",
                           "10.0.0.1/8", "fc00::1/7", "10.0.0/8", "/8", "10.0.0.0/8/8", ""}) {
    EXPECT_FALSE(Prefix::Parse(text).ok()) << text;
  }
  EXPECT_EQ(Prefix::Parse("10.0.0.1/8").error().reason,
            "the address has bits set behind the prefix length");
  EXPECT_EQ(Prefix::Parse("10.0.0.0/33").error().offset, 9u);
}

}  // namespace
}  // namespace koeru::net
