#include "core/relay/special_ranges.h"

#include <gtest/gtest.h>

namespace koeru::relay {
namespace {

// The list of the project's threat model, literally.
constexpr std::string_view kThreatModel[] = {
    "0.0.0.0/8",       "10.0.0.0/8",      "100.64.0.0/10",   "127.0.0.0/8",     "169.254.0.0/16",
    "172.16.0.0/12",   "192.0.0.0/24",    "192.0.2.0/24",    "192.31.196.0/24", "192.52.193.0/24",
    "192.88.99.0/24",  "192.168.0.0/16",  "192.175.48.0/24", "198.18.0.0/15",   "198.51.100.0/24",
    "203.0.113.0/24",  "224.0.0.0/4",     "240.0.0.0/4",     "255.255.255.255", "::/128",
    "::1",             "::ffff:0:0/96",   "64:ff9b::/96",    "64:ff9b:1::/48",  "100::/64",
    "2001::/23",       "2001:db8::/32",   "2002::/16",       "2620:4f:8000::/48", "3fff::/20",
    "5f00::/16",       "fc00::/7",        "fe80::/10",       "ff00::/8",
};

TEST(SpecialRanges, HoldEveryRangeOfTheThreatModel) {
  for (std::string_view text : kThreatModel) {
    const net::Prefix wanted = *net::Prefix::Parse(text);
    bool found = false;
    for (const SpecialRange& range : SpecialRanges()) found |= range.prefix == wanted;
    EXPECT_TRUE(found) << text;
  }
}

TEST(SpecialRanges, HaveNoBitsBehindTheirPrefixAndANameEach) {
  for (const SpecialRange& range : SpecialRanges()) {
    const std::string text = range.prefix.ToString();
    EXPECT_TRUE(net::Prefix::Parse(text).ok()) << text;
    EXPECT_FALSE(range.name.empty()) << text;
  }
}

TEST(SpecialRanges, FindTheNarrowestRange) {
  EXPECT_EQ(FindSpecialRange(*net::Address::Parse("255.255.255.255"))->prefix.length, 32);
  EXPECT_EQ(FindSpecialRange(*net::Address::Parse("2001:0:1::"))->prefix.length, 32);
  EXPECT_EQ(FindSpecialRange(*net::Address::Parse("2001:100::"))->prefix.length, 23);
}

TEST(SpecialRanges, LeavePublicAddressesOpen) {
  for (std::string_view text :
       {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.0", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:200::", "2001:4860:4860::8888",
        "2606:4700::1111", "2a00::1", "64:ff9c::1", "101::"}) {
    EXPECT_EQ(FindSpecialRange(*net::Address::Parse(text)), nullptr) << text;
  }
}

}  // namespace
}  // namespace koeru::relay
