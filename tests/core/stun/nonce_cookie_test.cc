#include "core/stun/nonce_cookie.h"

#include <gtest/gtest.h>

namespace koeru::stun {
namespace {

TEST(NonceCookie, Rfc8489_9_2_IsThirteenCharacters) {
  EXPECT_EQ(MakeNonceCookie({}), "obMatJos2AAAA");
  EXPECT_EQ(MakeNonceCookie({.password_algorithms = true}), "obMatJos2AAAB");
  EXPECT_EQ(MakeNonceCookie({.username_anonymity = true}), "obMatJos2AAAC");
  EXPECT_EQ(MakeNonceCookie({true, true}).size(), kNonceCookieSize);
}

TEST(NonceCookie, IsReadFromTheFrontOfTheNonce) {
  for (const SecurityFeatures features :
       {SecurityFeatures{}, SecurityFeatures{true, false}, SecurityFeatures{false, true},
        SecurityFeatures{true, true}}) {
    EXPECT_EQ(ParseNonceCookie(MakeNonceCookie(features)), features);
    EXPECT_EQ(ParseNonceCookie(MakeNonceCookie(features) + "f//499k954d6OL34"), features);
  }
}

TEST(NonceCookie, IgnoresUnassignedBits) {
  EXPECT_EQ(ParseNonceCookie("obMatJos2////"), (SecurityFeatures{true, true}));
  EXPECT_EQ(ParseNonceCookie("obMatJos2///8"), (SecurityFeatures{}));
  EXPECT_EQ(ParseNonceCookie("obMatJos2wAAA"), (SecurityFeatures{}));
}

TEST(NonceCookie, OtherNoncesHaveNone) {
  for (const char* nonce :
       {"", "obMatJos2", "obMatJos2AAA", "obMatJos2AA=A", "obMatJos2AAA=", "obMatJos2A\nAA",
        "obmatjos2AAAA", " obMatJos2AAAA", "f//499k954d6OL34oL9FSTvy64sA"}) {
    EXPECT_EQ(ParseNonceCookie(nonce), std::nullopt) << nonce;
  }
}

}  // namespace
}  // namespace koeru::stun
