#include "native_server/web/static_files.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>

#include "native_server/web/mime_types.h"
#include "tests/native_server/tls/tls_test_support.h"

namespace koeru::server::web {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class StaticFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(directory_ / "one/sub");
    fs::create_directories(directory_ / "two");
    files_.emplace(std::vector<std::string>{directory_ / "one", directory_ / "two"});
  }
  // The content of what is found; "" if nothing is.
  std::string Find(std::string_view path, std::string_view encodings = "") {
    file_ = {};
    if (files_->Find(path, encodings, &file_) != LookUp::kFound) return "";
    std::string text(file_.size, ' ');
    EXPECT_EQ(read(file_.handle.get(), text.data(), text.size()), static_cast<ssize_t>(file_.size));
    return text;
  }
  TemporaryDirectory directory_;
  std::optional<StaticFiles> files_;
  StaticFile file_;
};

TEST_F(StaticFilesTest, FirstRootWinsAndTheOthersFillUp) {
  directory_.Write("one/a.txt", "one");
  directory_.Write("two/a.txt", "two");
  directory_.Write("two/b.txt", "only two");
  EXPECT_EQ(Find("/a.txt"), "one");
  EXPECT_EQ(Find("/b.txt"), "only two");
  EXPECT_EQ(Find("/c.txt"), "");
}

TEST_F(StaticFilesTest, SlashMeansIndexAndItsLackIsSaid) {
  directory_.Write("one/sub/index.html", "sub");
  EXPECT_EQ(Find("/sub/"), "sub");
  EXPECT_EQ(files_->Find("/sub", "", &file_), LookUp::kIsDirectory);
  EXPECT_EQ(files_->Find("/", "", &file_), LookUp::kMissing);
}

TEST_F(StaticFilesTest, LinksArePartOfNoPath) {
  directory_.Write("secret", "secret");
  directory_.Write("one/a.txt", "a");
  fs::create_symlink(directory_ / "secret", directory_ / "one/link");
  fs::create_symlink("a.txt", directory_ / "one/inner");
  fs::create_directory_symlink(directory_.path(), directory_ / "one/up");
  EXPECT_EQ(Find("/link"), "");
  EXPECT_EQ(Find("/inner"), "");
  EXPECT_EQ(Find("/up/secret"), "");
}

TEST_F(StaticFilesTest, OnlyPlainFilesAndNoHanging) {
  ASSERT_EQ(mkfifo((directory_ / "one/pipe").c_str(), 0600), 0);
  EXPECT_EQ(Find("/pipe"), "");
  directory_.Write("one/a.txt", "a");
  EXPECT_EQ(Find("/a.txt/b"), "");
  EXPECT_EQ(Find("/a.txt/"), "");
  EXPECT_EQ(Find("/" + std::string(300, 'x')), "");
}

TEST_F(StaticFilesTest, PrecompressedFormsAreGivenToThoseWhoTakeThem) {
  directory_.Write("one/a.js", "plain");
  directory_.Write("one/a.js.br", "brotli");
  directory_.Write("one/a.js.gz", "gzip");
  EXPECT_EQ(Find("/a.js", "gzip, br"), "brotli");
  EXPECT_EQ(file_.content_encoding, "br");
  EXPECT_EQ(file_.content_type, "text/javascript; charset=utf-8");
  const std::string tag = file_.etag;
  EXPECT_EQ(Find("/a.js", "gzip"), "gzip");
  EXPECT_NE(file_.etag, tag);
  EXPECT_EQ(Find("/a.js", ""), "plain");
  EXPECT_TRUE(file_.may_be_encoded);
}

TEST_F(StaticFilesTest, OldCompressedFormIsNotUsed) {
  directory_.Write("one/a.js.gz", "stale");
  directory_.Write("one/a.js", "new");
  fs::last_write_time(directory_ / "one/a.js.gz",
                      fs::last_write_time(directory_ / "one/a.js") - 1h);
  EXPECT_EQ(Find("/a.js", "gzip"), "new");
  EXPECT_FALSE(file_.may_be_encoded);
}

TEST_F(StaticFilesTest, TagChangesWithTheFile) {
  directory_.Write("one/a.txt", "1");
  Find("/a.txt");
  const std::string tag = file_.etag;
  fs::last_write_time(directory_ / "one/a.txt", fs::last_write_time(directory_ / "one/a.txt") + 1s);
  Find("/a.txt");
  EXPECT_NE(file_.etag, tag);
}

TEST_F(StaticFilesTest, CheckNamesTheMissingRoot) {
  EXPECT_TRUE(files_->Check().ok());
  const auto status = StaticFiles({directory_ / "one", directory_ / "three"}).Check();
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr(directory_ / "three"));
}

TEST(MimeTypes, ThoseThatMatterToBrowsers) {
  EXPECT_EQ(MimeTypeOf("/koeru.wasm"), "application/wasm");
  EXPECT_EQ(MimeTypeOf("/koeru.mjs"), "text/javascript; charset=utf-8");
  EXPECT_EQ(MimeTypeOf("/a.HTML"), "text/html; charset=utf-8");
  EXPECT_EQ(MimeTypeOf("/koeru.d.ts"), "text/plain; charset=utf-8");
  EXPECT_EQ(MimeTypeOf("/LICENSE"), "application/octet-stream");
}

}  // namespace
}  // namespace koeru::server::web
