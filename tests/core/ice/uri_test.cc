#include "core/ice/uri.h"

#include <gtest/gtest.h>

#include <string>

namespace koeru::ice {
namespace {

TEST(Uri, Rfc7064AndRfc7065_Examples) {
  struct Example {
    std::string_view text;
    Scheme scheme;
    std::string_view host;
    uint16_t port;
    UriTransport transport;
  };
  constexpr Example kExamples[] = {
      {"stun:example.org", Scheme::kStun, "example.org", 3478, UriTransport::kUdp},
      {"stuns:example.org", Scheme::kStuns, "example.org", 5349, UriTransport::kTcp},
      {"stun:example.org:8000", Scheme::kStun, "example.org", 8000, UriTransport::kUdp},
      {"turn:example.org", Scheme::kTurn, "example.org", 3478, UriTransport::kUdp},
      {"turns:example.org", Scheme::kTurns, "example.org", 5349, UriTransport::kTcp},
      {"turn:example.org:8000", Scheme::kTurn, "example.org", 8000, UriTransport::kUdp},
      {"turn:example.org?transport=udp", Scheme::kTurn, "example.org", 3478, UriTransport::kUdp},
      {"turn:example.org?transport=tcp", Scheme::kTurn, "example.org", 3478, UriTransport::kTcp},
      {"turns:example.org?transport=tcp", Scheme::kTurns, "example.org", 5349, UriTransport::kTcp},
      {"turns:example.org:443?transport=udp", Scheme::kTurns, "example.org", 443,
       UriTransport::kUdp},
      {"turn:[2001:db8::1]:1", Scheme::kTurn, "2001:db8::1", 1, UriTransport::kUdp},
      {"stun:[::1]", Scheme::kStun, "::1", 3478, UriTransport::kUdp},
      {"stun:192.0.2.1:65535", Scheme::kStun, "192.0.2.1", 65535, UriTransport::kUdp},
  };
  for (const Example& example : kExamples) {
    const auto uri = Uri::Parse(example.text);
    ASSERT_TRUE(uri.ok()) << example.text << ": " << uri.error().reason;
    EXPECT_EQ(uri->scheme, example.scheme) << example.text;
    EXPECT_EQ(uri->host.text, example.host) << example.text;
    EXPECT_EQ(uri->port, example.port) << example.text;
    EXPECT_EQ(uri->transport, example.transport) << example.text;
    EXPECT_EQ(uri->ToString(), example.text);
  }
}

TEST(Uri, SchemeIsCaseInsensitive) {
  const auto uri = Uri::Parse("TuRnS:example.org");
  ASSERT_TRUE(uri.ok());
  EXPECT_EQ(uri->scheme, Scheme::kTurns);
  EXPECT_EQ(uri->ToString(), "turns:example.org");
}

TEST(Uri, EveryTruncationIsAnErrorOrReadsBack) {
  const std::string text = "turns:[2001:db8::1]:5349?transport=tcp";
  for (size_t size = 0; size < text.size(); ++size) {
    const std::string cut = text.substr(0, size);
    const auto uri = Uri::Parse(cut);
    if (uri.ok()) {
      EXPECT_EQ(uri->ToString(), cut);
    } else {
      EXPECT_LE(uri.error().offset, size) << cut;
      EXPECT_FALSE(uri.error().reason.empty()) << cut;
    }
  }
}

struct BadUri {
  std::string_view text;
  size_t offset;
  std::string_view part_of_reason;
};

class BadUris : public testing::TestWithParam<BadUri> {};

TEST_P(BadUris, AreErrorsThatSayWhereAndWhatToDo) {
  const auto& [text, offset, part] = GetParam();
  const auto uri = Uri::Parse(text);
  ASSERT_FALSE(uri.ok()) << text;
  EXPECT_EQ(uri.error().offset, offset) << uri.error().reason;
  EXPECT_NE(uri.error().reason.find(part), std::string_view::npos) << uri.error().reason;
}

INSTANTIATE_TEST_SUITE_P(
    Uri, BadUris,
    testing::Values(
        BadUri{"", 0, "empty"}, BadUri{"example.org", 0, "scheme is missing"},
        BadUri{"http://example.org", 0, "not a scheme"},
        BadUri{"stunn:example.org", 0, "not a scheme"},
        BadUri{"stun://example.org", 5, "drop the slashes"},
        BadUri{"turn://example.org:3478?transport=udp", 5, "drop the slashes"},
        BadUri{"stun:", 5, "host is missing"}, BadUri{"turn:?transport=udp", 5, "host is missing"},
        BadUri{"stun::3478", 5, "host is missing"}, BadUri{" stun:example.org", 0, "space"},
        BadUri{"stun:example.org ", 16, "space"}, BadUri{"stun:exam\nple.org", 9, "control"},
        BadUri{"turn:alice@example.org", 10, "username and credential beside"},
        BadUri{"stun:example.org/path", 16, "no path"},
        BadUri{"stun:example.org#top", 16, "no fragment"},
        BadUri{"turn:example.org?transport=udp#x", 30, "no fragment"},
        BadUri{"stun:example.org?transport=udp", 16, "take no query"},
        BadUri{"stuns:example.org?", 17, "take no query"},
        BadUri{"turn:example.org?", 16, "only query"},
        BadUri{"turn:example.org?Transport=udp", 16, "only query"},
        BadUri{"turn:example.org?transport=", 27, "udp or tcp"},
        BadUri{"turn:example.org?transport=UDP", 27, "udp or tcp"},
        BadUri{"turn:example.org?transport=sctp", 27, "udp or tcp"},
        BadUri{"turn:example.org?transport=udp&x=1", 27, "nothing behind it"},
        BadUri{"turn:example.org:3478?transport=tls", 32, "turns:"},
        BadUri{"turn:example.org:", 17, "port is missing"},
        BadUri{"turn:example.org:0", 17, "1 to 65535"},
        BadUri{"turn:example.org:65536", 17, "1 to 65535"},
        BadUri{"turn:example.org:34a8", 19, "1 to 65535"},
        BadUri{"turn:example.org:-1", 17, "1 to 65535"},
        BadUri{"turn:2001:db8::1", 13, "in brackets"}, BadUri{"turn:[2001:db8::1", 5, "add ']'"},
        BadUri{"turn:[example.org]", 5, "only an IPv6 address"},
        BadUri{"turn:[2001:db8::1]3478", 18, "may follow the bracket"},
        BadUri{"turn:[2001:db8:::1]", 16, "hexadecimal"},
        BadUri{"turn:[fe80::1%25eth0]", 13, "'%'"},
        BadUri{"turn:192.0.2.999", 5, "not an IPv4 address"},
        BadUri{"turn:exa mple.org", 8, "space"},
        BadUri{"turn:b\xC3\xBC"
               "cher.example",
               6, "punycode"},
        BadUri{"turn:a..b", 7, "empty label"}));

TEST(Uri, RefusesNamesAndLabelsThatAreTooLong) {
  EXPECT_TRUE(Uri::Parse("stun:" + std::string(63, 'a') + ".example").ok());
  EXPECT_FALSE(Uri::Parse("stun:" + std::string(64, 'a') + ".example").ok());
  std::string name;
  for (int i = 0; i < 60; ++i) name += "abc.";
  EXPECT_TRUE(Uri::Parse("stun:" + name + "example").ok());
  EXPECT_FALSE(Uri::Parse("stun:" + name + "example.example").ok());
}

}  // namespace
}  // namespace koeru::ice
