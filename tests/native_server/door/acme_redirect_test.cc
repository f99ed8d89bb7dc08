#include "native_server/door/acme_redirect.h"

#include <gtest/gtest.h>

#include "tests/native_server/door/door_test_server.h"

namespace koeru::server {
namespace {

constexpr std::string_view kBase = "http://acme.example.org/answers/";

TEST(AcmeRedirect, Rfc8555_8_3_ChallengesGoThereWithTheirToken) {
  EXPECT_EQ(AcmeLocation(kBase, "/.well-known/acme-challenge/aZ09-_"),
            "http://acme.example.org/answers/aZ09-_");
}

TEST(AcmeRedirect, WhatIsNoChallengeGoesNowhere) {
  for (const std::string_view target :
       {"/", "/.well-known/acme-challenge/", "/.well-known/acme-challenge/a/b",
        "/.well-known/acme-challenge/..", "/.well-known/acme-challenge/a\r\nSet-Cookie:x",
        "/.well-known/acme-challenge/a?b", "http://x/.well-known/acme-challenge/a"}) {
    EXPECT_FALSE(AcmeLocation(kBase, target)) << target;
  }
  EXPECT_FALSE(AcmeLocation(kBase, "/.well-known/acme-challenge/" + std::string(300, 'a')));
  EXPECT_FALSE(AcmeLocation("", "/.well-known/acme-challenge/abc"));
}

TEST(AcmeRedirect, APortForTurnSendsThemThere) {
  DoorTestServer server([](DoorOptions& options) {
    options.endpoints[0].lets_in = {.turn = true, .turn_tls = true, .https = false};
    options.acme_redirect = kBase;
  });
  TestStream stream(server.endpoint());
  const std::string request = "GET /.well-known/acme-challenge/abc HTTP/1.1\r\nHost: x\r\n\r\n";
  ASSERT_TRUE(stream.Send({reinterpret_cast<const uint8_t*>(request.data()), request.size()}));
  const std::vector<uint8_t> answer = stream.ReceiveBytes(4096);
  const std::string text(answer.begin(), answer.end());
  EXPECT_EQ(text.rfind("HTTP/1.1 301 ", 0), 0u) << text;
  EXPECT_NE(text.find("\r\nLocation: http://acme.example.org/answers/abc\r\n"), std::string::npos)
      << text;
}

}  // namespace
}  // namespace koeru::server
