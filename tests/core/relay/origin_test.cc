#include "core/relay/origin.h"

#include <gtest/gtest.h>

namespace koeru::relay {
namespace {

// coturn's own rows: schema.userdb.redis has "http://crinna.org:80" and "https://bligh.edu:443".
TEST(Origin, IsLowerCaseWithItsPortAndNothingBehindIt) {
  EXPECT_EQ(CanonicalOrigin("http://crinna.org"), "http://crinna.org:80");
  EXPECT_EQ(CanonicalOrigin("http://crinna.org:80"), "http://crinna.org:80");
  EXPECT_EQ(CanonicalOrigin("HTTPS://Bligh.EDU"), "https://bligh.edu:443");
  EXPECT_EQ(CanonicalOrigin("https://bligh.edu:8443/path?query#fragment"),
            "https://bligh.edu:8443");
  EXPECT_EQ(CanonicalOrigin("https://user:word@bligh.edu/"), "https://bligh.edu:443");
  EXPECT_EQ(CanonicalOrigin("ftp://a"), "ftp://a:21");
  EXPECT_EQ(CanonicalOrigin("app://a"), "app://a");
  EXPECT_EQ(CanonicalOrigin("https://[2001:DB8::1]"), "https://[2001:db8::1]:443");
  EXPECT_EQ(CanonicalOrigin("https://[2001:db8::1]:8443"), "https://[2001:db8::1]:8443");
  EXPECT_EQ(CanonicalOrigin("https://a:"), "https://a:443");
}

TEST(Origin, WhatIsNoneStaysAsItIs) {
  for (const std::string_view text :
       {"", "null", "crinna.org", "://", "://a", "http://", "http://:80", "http:///x",
        "https://a:port", "https://a:8 0", "https://[::1"}) {
    const std::string once = CanonicalOrigin(text);
    EXPECT_EQ(CanonicalOrigin(once), once) << text;
    if (text != "https://[::1") {
      EXPECT_EQ(once, text);
    }
  }
}

}  // namespace
}  // namespace koeru::relay
