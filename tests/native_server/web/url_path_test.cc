#include "native_server/web/url_path.h"

#include <gtest/gtest.h>

namespace koeru::server::web {
namespace {

struct Case {
  const char* target;
  const char* path;
  const char* query;
};

TEST(UrlPath, GoodTargetsAreDecodedOnce) {
  for (const Case& c :
       {Case{"/", "/", ""}, Case{"/a/b.html?x=1?y", "/a/b.html", "x=1?y"}, Case{"/a/", "/a/", ""},
        Case{"/%E3%83%A0.png", "/ム.png", ""}, Case{"/a%20b", "/a b", ""},
        Case{"/%2541", "/%41", ""}, Case{"/%25%32%65", "/%2e", ""}, Case{"/a?..%00", "/a", "..%00"},
        Case{"https://h:1/x?y", "/x", "y"}, Case{"HTTP://h", "/", ""}}) {
    const Target target = ParseTarget(c.target);
    EXPECT_EQ(target.problem, TargetProblem::kNone) << c.target;
    EXPECT_EQ(target.path, c.path) << c.target;
    EXPECT_EQ(target.query, c.query) << c.target;
  }
}

TEST(UrlPath, TricksAreMalformed) {
  for (const char* target : {"",
                             "a",
                             "*",
                             "example.org:443",
                             "/..",
                             "/../a",
                             "/a/..",
                             "/a/../b",
                             "/.",
                             "/./a",
                             "/a/.",
                             "/%2e%2e/a",
                             "/%2E./a",
                             "/.%2e",
                             "/a%2fb",
                             "/a%2Fb",
                             "/a\\b",
                             "/a%5cb",
                             "/%00",
                             "/a%00.png",
                             "/%0a",
                             "/%0D%0A",
                             "/%7f",
                             "/%",
                             "/%4",
                             "/%4g",
                             "/%ff",
                             "/%c0%af",
                             "/%c0%ae%c0%ae/",
                             "/%ed%a0%80",
                             "/%f4%90%80%80",
                             "/a#b",
                             "ftp://h/a",
                             "https://h/../a"}) {
    EXPECT_EQ(ParseTarget(target).problem, TargetProblem::kMalformed) << target;
  }
}

TEST(UrlPath, HiddenAndEmptyNamesAreNotThere) {
  for (const char* target : {"//", "//a", "/a//b", "/.git/config", "/a/.env", "/%2eenv", "/..."}) {
    EXPECT_EQ(ParseTarget(target).problem, TargetProblem::kNotFound) << target;
  }
}

TEST(UrlPath, Utf8IsChecked) {
  for (const char* good : {"", "a", "\x7f", "é", "ム", "😀", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(IsUtf8(good)) << good;
  }
  for (const char* bad : {"\x80", "\xc0\xaf", "\xc3", "\xe3\x83", "\xed\xa0\x80",
                          "\xf0\x80\x80\xaf", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

}  // namespace
}  // namespace koeru::server::web
