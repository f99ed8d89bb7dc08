#include "core/net/address.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::net {
namespace {

TEST(Address, ReadsDottedDecimal) {
  EXPECT_EQ(*Address::Parse("192.0.2.1"), Address::V4(192, 0, 2, 1));
  EXPECT_EQ(*Address::Parse("0.0.0.0"), Address());
  EXPECT_EQ(Address::Parse("255.255.255.255")->ToString(), "255.255.255.255");
}

TEST(Address, RefusesOtherIpv4Spellings) {
  for (const char* text :
       {"", "1", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1..2.3",
        "1.2.3.", "0x7f.0.0.1", "1.2.3.0004", "a.b.c.d", "127.1", "2130706433", "1.2.3.-4"}) {
    EXPECT_FALSE(Address::Parse(text).ok()) << text;
  }
}

TEST(Address, Rfc4291_2_2_ReadsIpv6Text) {
  const struct {
    const char* text;
    const char* hex;
  } kCases[] = {
      {"2001:DB8:0:0:8:800:200C:417A", "20010db80000000000080800200c417a"},
      {"2001:DB8::8:800:200C:417A", "20010db80000000000080800200c417a"},
      {"FF01::101", "ff010000000000000000000000000101"},
      {"::1", "00000000000000000000000000000001"},
      {"::", "00000000000000000000000000000000"},
      {"0:0:0:0:0:0:13.1.68.3", "0000000000000000000000000d014403"},
      {"::13.1.68.3", "0000000000000000000000000d014403"},
      {"0:0:0:0:0:FFFF:129.144.52.38", "00000000000000000000ffff81903426"},
      {"::FFFF:129.144.52.38", "00000000000000000000ffff81903426"},
      {"64:ff9b::192.0.2.33", "0064ff9b0000000000000000c0000221"},
      {"1:2:3:4:5:6:7::", "00010002000300040005000600070000"},
      {"::2:3:4:5:6:7:8", "00000002000300040005000600070008"},
  };
  for (const auto& c : kCases) {
    const auto address = Address::Parse(c.text);
    ASSERT_TRUE(address.ok()) << c.text << ": " << address.error().reason;
    EXPECT_TRUE(address->is_v6());
    EXPECT_EQ(ToHex(address->bytes()), c.hex) << c.text;
  }
}

TEST(Address, RefusesBadIpv6TextAndSaysWhere) {
  const struct {
    const char* text;
    size_t offset;
  } kCases[] = {
      {":", 0},
      {":1:2:3:4:5:6:7", 0},
      {"1:2:3:4:5:6:7:", 14},
      {"1:2:3:4:5:6:7", 13},
      {"1:2:3:4:5:6:7:8:9", 16},
      {"::1:2:3:4:5:6:7:8", 17},
      {"1::2::3", 5},
      {":::", 2},
      {"12345::", 4},
      {"::g", 2},
      {"::1.2.3", 2},
      {"::1.2.3.4.5", 2},
      {"1:2:3:4:5:6:7:1.2.3.4", 14},
      {"::1.2.3.4:5", 3},
      {"fe80::1%eth0", 7},
      {"[::1]", 0},
  };
  for (const auto& c : kCases) {
    const auto address = Address::Parse(c.text);
    ASSERT_FALSE(address.ok()) << c.text;
    EXPECT_EQ(address.error().offset, c.offset) << c.text << ": " << address.error().reason;
  }
}

TEST(Address, Rfc5952_PrintsCanonicalText) {
  const struct {
    const char* text;
    const char* canonical;
  } kCases[] = {
      {"2001:0db8::0001", "2001:db8::1"},               // 4.1
      {"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},        // 4.2.1
      {"2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},  // 4.2.2
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},          // 4.2.3, longest
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},    // 4.2.3, first
      {"2001:DB8:AAAA:bbbb:cccc:dddd:eeee:AAAA", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"},  // 4.3
      {"::ffff:c000:201", "::ffff:192.0.2.1"},                                               // 5
      {"::fffe:c000:201", "::fffe:c000:201"},
      {"0:0:0:0:0:0:0:0", "::"},
      {"1:0:0:0:0:0:0:0", "1::"},
  };
  for (const auto& c : kCases) {
    const auto address = Address::Parse(c.text);
    ASSERT_TRUE(address.ok()) << c.text;
    EXPECT_EQ(address->ToString(), c.canonical);
    EXPECT_EQ(*Address::Parse(address->ToString()), *address);
  }
}

TEST(Address, KnowsLoopbackAndUnspecified) {
  EXPECT_TRUE(Address::Parse("127.255.0.1")->IsLoopback());
  EXPECT_TRUE(Address::Parse("::1")->IsLoopback());
  EXPECT_FALSE(Address::Parse("::2")->IsLoopback());
  EXPECT_FALSE(Address::Parse("128.0.0.1")->IsLoopback());
  EXPECT_TRUE(Address::Any(Family::kIpv4).IsUnspecified());
  EXPECT_TRUE(Address::Any(Family::kIpv6).IsUnspecified());
  EXPECT_NE(Address::Any(Family::kIpv4), Address::Any(Family::kIpv6));
}

TEST(Endpoint, ReadsAndPrintsBothFamilies) {
  for (const char* text : {"192.0.2.1:3478", "[2001:db8::1]:3478", "0.0.0.0:0", "[::]:65535"}) {
    const auto endpoint = Endpoint::Parse(text);
    ASSERT_TRUE(endpoint.ok()) << text;
    EXPECT_EQ(endpoint->ToString(), text);
  }
}

TEST(Endpoint, SaysWhatIsWrongAndWhere) {
  const struct {
    const char* text;
    const char* reason;
    size_t offset;
  } kCases[] = {
      {"192.0.2.1", "missing ':port' after the address", 9},
      {"192.0.2.1:", "the port is not a number from 0 to 65535", 10},
      {"192.0.2.1:65536", "the port is not a number from 0 to 65535", 10},
      {"192.0.2.1:+1", "the port is not a number from 0 to 65535", 10},
      {"192.0.2.1:80 ", "the port is not a number from 0 to 65535", 10},
      {"2001:db8::1:3478", "an IPv6 address with a port is written [address]:port", 0},
      {"[2001:db8::1]", "missing ':port' after the address", 13},
      {"[2001:db8::1]3478", "missing ':port' after the address", 17},
      {"[2001:db8::1", "missing ']' after an IPv6 address", 0},
      {"[192.0.2.1]:1", "only an IPv6 address stands in brackets", 1},
      {"[::g]:1", "expected a group of hexadecimal digits", 3},
      {"example.org:1", "not an IP address (four decimal numbers, or IPv6 groups)", 0},
      {"", "missing ':port' after the address", 0},
      {":1", "not an IP address (four decimal numbers, or IPv6 groups)", 0},
  };
  for (const auto& c : kCases) {
    const auto endpoint = Endpoint::Parse(c.text);
    ASSERT_FALSE(endpoint.ok()) << c.text;
    EXPECT_EQ(endpoint.error().reason, c.reason) << c.text;
    EXPECT_EQ(endpoint.error().offset, c.offset) << c.text;
  }
}

}  // namespace
}  // namespace koeru::net
