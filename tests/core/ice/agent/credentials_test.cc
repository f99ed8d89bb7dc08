#include "core/ice/agent/credentials.h"

#include <gtest/gtest.h>

namespace koeru::ice {
namespace {

TEST(IceCredentials, Rfc8839_5_4_HaveTheirLengths) {
  const std::string password(22, 'p');
  EXPECT_TRUE((Credentials{"abcd", password}).IsValid());
  EXPECT_FALSE((Credentials{"abc", password}).IsValid());
  EXPECT_FALSE((Credentials{"abcd", std::string(21, 'p')}).IsValid());
  EXPECT_TRUE((Credentials{std::string(256, 'u'), std::string(256, 'p')}).IsValid());
  EXPECT_FALSE((Credentials{std::string(257, 'u'), password}).IsValid());
  EXPECT_FALSE((Credentials{"abcd", std::string(257, 'p')}).IsValid());
}

TEST(IceCredentials, Rfc8839_5_4_ConsistOfIceChar) {
  const std::string password = "azAZ09+/azAZ09+/azAZ09";
  EXPECT_TRUE((Credentials{"a+/9", password}).IsValid());
  for (const char bad : std::string("-_=: \n\x7f\xc3")) {
    EXPECT_FALSE((Credentials{std::string("abc") + bad, password}).IsValid()) << int{bad};
  }
}

}  // namespace
}  // namespace koeru::ice
