#include "core/relay/unwrap.h"

#include <gtest/gtest.h>

namespace koeru::relay {
namespace {

std::string Embedded(std::string_view text) {
  std::string all;
  for (const net::Address& address : FindEmbedded(*net::Address::Parse(text))) {
    all += address.ToString() + " ";
  }
  return all;
}

TEST(FindEmbedded, FindsTheIpv4AddressOfEachTransitionForm) {
  EXPECT_EQ(Embedded("::ffff:10.1.2.3"), "10.1.2.3 ");
  EXPECT_EQ(Embedded("::10.1.2.3"), "10.1.2.3 ");
  EXPECT_EQ(Embedded("64:ff9b::10.1.2.3"), "10.1.2.3 ");
  EXPECT_EQ(Embedded("2002:0a01:0203::1"), "10.1.2.3 ");
  EXPECT_EQ(Embedded("2001:db8:1:2:0:5efe:10.1.2.3"), "10.1.2.3 ");
  EXPECT_EQ(Embedded("2001:db8:1:2:200:5efe:10.1.2.3"), "10.1.2.3 ");
}

// RFC 4380 section 4: server 65.54.227.120, client 192.0.2.45 with its bits inverted.
TEST(FindEmbedded, FindsServerAndClientOfTeredo) {
  EXPECT_EQ(Embedded("2001:0:4136:e378:8000:63bf:3fff:fdd2"), "65.54.227.120 192.0.2.45 ");
}

TEST(FindEmbedded, FindsNothingInOtherAddresses) {
  EXPECT_EQ(Embedded("10.1.2.3"), "");
  EXPECT_EQ(Embedded("::"), "");
  EXPECT_EQ(Embedded("::1"), "");
  EXPECT_EQ(Embedded("2001:db8::1"), "");
  EXPECT_EQ(Embedded("64:ff9b:1::10.1.2.3"), "");
  EXPECT_EQ(Embedded("::fffe:10.1.2.3"), "");
  EXPECT_EQ(Embedded("2003:0a01:0203::1"), "");
}

}  // namespace
}  // namespace koeru::relay
