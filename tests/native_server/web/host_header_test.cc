#include "native_server/web/host_header.h"

#include <gtest/gtest.h>

namespace koeru::server::web {
namespace {

std::string Show(std::string_view text) {
  const auto host = ParseHost(text);
  return host ? host->HostForUrl() + "|" + (host->port ? std::to_string(*host->port) : "") : "bad";
}

TEST(HostHeader, GoodHosts) {
  EXPECT_EQ(Show("example.org"), "example.org|");
  EXPECT_EQ(Show("Relay.Example.ORG:8443"), "relay.example.org|8443");
  EXPECT_EQ(Show("192.168.1.20:1"), "192.168.1.20|1");
  EXPECT_EQ(Show("[FD00::7]:65535"), "[fd00::7]|65535");
  EXPECT_EQ(Show("[::1]"), "[::1]|");
  EXPECT_EQ(Show("my_host.local"), "my_host.local|");
  EXPECT_EQ(Show("localhost:"), "localhost|");
}

TEST(HostHeader, BadHosts) {
  for (const char* text : {"",
                           ":80",
                           "a b",
                           "a/b",
                           "a@b",
                           "a:b",
                           "a:0",
                           "a:65536",
                           "a:80:80",
                           "a:-1",
                           "a:8 ",
                           "a\r\nb",
                           "a'b",
                           "a;b",
                           "a%20b",
                           "fd00::7",
                           "[fd00::7",
                           "[fd00::7]x",
                           "[fe80::1%25eth0]",
                           "[fe80::1%eth0]",
                           "[1.2.3.4]",
                           "[]",
                           "a..b",
                           ".a",
                           "-a",
                           "ho\xc3\xa9st"}) {
    EXPECT_EQ(Show(text), "bad") << text;
  }
  EXPECT_EQ(Show(std::string(254, 'a')), "bad");
}

TEST(HostHeader, DefaultPortIsLeftOut) {
  EXPECT_EQ(ParseHost("a:443")->AuthorityForHttps(8443), "a");
  EXPECT_EQ(ParseHost("a")->AuthorityForHttps(443), "a");
  EXPECT_EQ(ParseHost("[::1]")->AuthorityForHttps(8443), "[::1]:8443");
}

TEST(HostHeader, OriginMustBeTheOwnOneOrAllowed) {
  const HostPort own = *ParseHost("relay.example.org:8443");
  EXPECT_TRUE(IsOriginAllowed("https://relay.example.org:8443", own, {}));
  EXPECT_TRUE(IsOriginAllowed("https://RELAY.example.org:8443", own, {}));
  EXPECT_TRUE(IsOriginAllowed("https://app.example.org", own, {"https://app.example.org"}));
  for (const char* other :
       {"", "null", "https://relay.example.org", "http://relay.example.org:8443",
        "https://evil.example", "https://relay.example.org:8443.evil.example",
        "https://relay.example.org:8443/", "https://relay.example.org:8443@evil.example",
        "https://evil.example/https://relay.example.org:8443", "https://app.example.org:8443"}) {
    EXPECT_FALSE(IsOriginAllowed(other, own, {"https://app.example.org"})) << other;
  }
  EXPECT_TRUE(IsOriginAllowed("https://a", *ParseHost("a:443"), {}));
}

}  // namespace
}  // namespace koeru::server::web
