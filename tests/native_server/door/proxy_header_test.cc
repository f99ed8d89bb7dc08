#include "native_server/door/proxy_header.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace koeru::server {
namespace {

using testing::HasSubstr;

std::vector<uint8_t> Text(std::string_view text) { return {text.begin(), text.end()}; }

std::vector<uint8_t> Binary(uint8_t command, uint8_t family, std::vector<uint8_t> rest) {
  std::vector<uint8_t> header = {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D,    0x0A,
                                 0x51, 0x55, 0x49, 0x54, 0x0A, command, family};
  header.push_back(static_cast<uint8_t>(rest.size() >> 8));
  header.push_back(static_cast<uint8_t>(rest.size() & 0xFF));
  header.insert(header.end(), rest.begin(), rest.end());
  return header;
}

// As a reader would: never a byte more than is asked for.
ProxyHeader Read(const std::vector<uint8_t>& stream) {
  size_t taken = 0;
  while (true) {
    const ProxyHeader header = ReadProxyHeader(std::span(stream).first(taken));
    if (header.missing == 0) {
      EXPECT_TRUE(!header.error.empty() || taken == stream.size()) << taken;
      return header;
    }
    if (taken + header.missing > stream.size()) {
      ADD_FAILURE() << "asks for more than the header";
      return header;
    }
    taken += header.missing;
  }
}

std::string Ends(const ProxyHeader& header) {
  if (!header.error.empty()) return std::string(header.error);
  if (!header.client) return "of the proxy";
  return header.client->ToString() + " > " + header.server->ToString();
}

TEST(ProxyHeader, Version1NamesBothEnds) {
  EXPECT_EQ(Ends(Read(Text("PROXY TCP4 192.0.2.1 198.51.100.7 56324 443\r\n"))),
            "192.0.2.1:56324 > 198.51.100.7:443");
  EXPECT_EQ(Ends(Read(Text("PROXY TCP6 2001:db8::1 2001:db8::2 1 65535\r\n"))),
            "[2001:db8::1]:1 > [2001:db8::2]:65535");
  EXPECT_EQ(Ends(Read(Text("PROXY UNKNOWN\r\n"))), "of the proxy");
  EXPECT_EQ(Ends(Read(Text("PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n"))), "of the proxy");
  const std::string longest =
      "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff "
      "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n";
  ASSERT_EQ(longest.size(), 107u);
  EXPECT_EQ(Ends(Read(Text(longest))), "of the proxy");
}

TEST(ProxyHeader, Version2NamesBothEnds) {
  EXPECT_EQ(Ends(Read(Binary(0x21, 0x11, {192, 0, 2, 1, 198, 51, 100, 7, 0xDC, 4, 1, 0xBB}))),
            "192.0.2.1:56324 > 198.51.100.7:443");
  std::vector<uint8_t> v6(36);
  v6[15] = 1;
  v6[31] = 2;
  v6[33] = 7;
  v6[35] = 9;
  EXPECT_EQ(Ends(Read(Binary(0x21, 0x21, v6))), "[::1]:7 > [::2]:9");
}

TEST(ProxyHeader, Version2CarriesMoreThatIsSkipped) {
  std::vector<uint8_t> rest = {192, 0, 2, 1, 198, 51, 100, 7, 0xDC, 4, 1, 0xBB};
  rest.insert(rest.end(), 300, 0x55);  // TLVs: authority, TLS version and the like
  EXPECT_EQ(Ends(Read(Binary(0x21, 0x11, rest))), "192.0.2.1:56324 > 198.51.100.7:443");
}

TEST(ProxyHeader, HealthChecksOfTheBalancerAreItsOwn) {
  EXPECT_EQ(Ends(Read(Binary(0x20, 0x00, {}))), "of the proxy");
  EXPECT_EQ(Ends(Read(Binary(0x20, 0x11, {1, 2, 3}))), "of the proxy");
  EXPECT_EQ(Ends(Read(Binary(0x21, 0x00, {}))), "of the proxy");
}

TEST(ProxyHeader, WhatIsWrongIsNamed) {
  const auto error = [](const std::vector<uint8_t>& stream) {
    return std::string(ReadProxyHeader(stream).error);
  };
  EXPECT_THAT(error(Text("GET / HTTP/1.1\r\n\r\n")), HasSubstr("does not begin with"));
  EXPECT_THAT(error(std::vector<uint8_t>(20)), HasSubstr("does not begin with"));
  EXPECT_THAT(error(Text("PROXY TCP4 192.0.2.1 198.51.100.7 56324\r\n")),
              HasSubstr("is not \"PROXY"));
  EXPECT_THAT(error(Text("PROXY UDP4 192.0.2.1 198.51.100.7 1 2\r\n")),
              HasSubstr("is not \"PROXY"));
  EXPECT_THAT(error(Text("PROXY TCP4 192.0.2.1 198.51.100.7 1 65536\r\n")), HasSubstr("addresses"));
  EXPECT_THAT(error(Text("PROXY TCP4 ::1 ::2 1 2\r\n")), HasSubstr("addresses"));
  EXPECT_THAT(error(Text("PROXY TCP4 192.0.2.1 198.51.100.7 1 +2\r\n")), HasSubstr("addresses"));
  EXPECT_THAT(error(Text("PROXY " + std::string(101, 'x'))), HasSubstr("longer than 107"));
  EXPECT_THAT(error(Binary(0x11, 0x11, std::vector<uint8_t>(12))), HasSubstr("another version"));
  EXPECT_THAT(error(Binary(0x22, 0x11, std::vector<uint8_t>(12))), HasSubstr("another version"));
  EXPECT_THAT(error(Binary(0x21, 0x12, std::vector<uint8_t>(12))), HasSubstr("something else"));
  EXPECT_THAT(error(Binary(0x21, 0x11, std::vector<uint8_t>(11))), HasSubstr("too short"));
  EXPECT_THAT(error(Binary(0x21, 0x21, std::vector<uint8_t>(35))), HasSubstr("too short"));
  EXPECT_THAT(error(Binary(0x21, 0x11, std::vector<uint8_t>(5000))), HasSubstr("too long"));
}

TEST(ProxyHeader, AnyBytesEndInAnAnswer) {
  uint32_t state = 7;
  for (int round = 0; round < 20'000; ++round) {
    std::vector<uint8_t> stream =
        round % 2 == 0 ? Text("PROXY TCP4 192.0.2.1 198.51.100.7 56324 443\r\n")
                       : Binary(0x21, 0x11, {192, 0, 2, 1, 198, 51, 100, 7, 0xDC, 4, 1, 0xBB});
    for (int change = 0; change < 3; ++change) {
      state = state * 1664525u + 1013904223u;
      stream[(state >> 8) % stream.size()] = static_cast<uint8_t>(state >> 24);
    }
    for (size_t size = 0; size <= stream.size(); ++size) {
      const ProxyHeader header = ReadProxyHeader(std::span(stream).first(size));
      if (header.missing == 0) break;
      ASSERT_LE(size + header.missing, kLongestProxyHeader);
    }
  }
}

}  // namespace
}  // namespace koeru::server
