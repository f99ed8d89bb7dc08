#include "native_server/main/file_watch.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace koeru::server {
namespace {

TEST(FileWatch, NoticesContentAMovedLinkAndADisappearance) {
  std::string pattern = ::testing::TempDir() + "koeru-watch-XXXXXX";
  const std::string directory = ::mkdtemp(pattern.data());
  const auto path = [&](const char* name) { return directory + "/" + name; };
  std::ofstream(path("one")) << "1";
  std::ofstream(path("two")) << "2";
  std::filesystem::create_symlink(path("one"), path("live"));
  FileWatch watch({path("live"), path("other")});
  EXPECT_FALSE(watch.Changed());
  std::ofstream(path("one")) << "1 and more";
  EXPECT_TRUE(watch.Changed());
  EXPECT_FALSE(watch.Changed());
  std::filesystem::remove(path("live"));
  std::filesystem::create_symlink(path("two"), path("live"));
  EXPECT_TRUE(watch.Changed()) << "as certbot renews";
  std::filesystem::remove(path("two"));
  EXPECT_TRUE(watch.Changed());
  std::ofstream(path("other")) << "3";
  EXPECT_TRUE(watch.Changed());
  EXPECT_FALSE(watch.Changed());
  std::filesystem::remove_all(directory);
}

}  // namespace
}  // namespace koeru::server
