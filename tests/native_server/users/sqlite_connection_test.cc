#include "native_server/users/sqlite_connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace koeru::server {
namespace {

using ::testing::HasSubstr;

class SqliteConnectionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "koeru-sqlite-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    path_ = directory_ + "/turndb";
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  mode_t Mode() const {
    struct stat file {};
    ::stat(path_.c_str(), &file);
    return file.st_mode & 0777;
  }
  std::string directory_, path_;
};

TEST_F(SqliteConnectionTest, MakesTheFileForItsOwnerOnlyWithAllOfCoturnsTables) {
  const mode_t before = ::umask(0);
  auto connection = SqliteConnection::Open(path_);
  ::umask(before);
  ASSERT_TRUE(connection.ok()) << connection.status();
  EXPECT_EQ(Mode(), 0600u);
  const auto tables =
      (*connection)->Execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'", {});
  ASSERT_TRUE(tables.ok()) << tables.status();
  EXPECT_EQ(tables->rows[0][0], "8");
  EXPECT_TRUE(CheckSqliteFile(path_).ok());
}

TEST_F(SqliteConnectionTest, AFileThatEverybodyCanReadIsSaidWithTheRemedy) {
  EXPECT_TRUE(CheckSqliteFile(path_).ok()) << "it is not there";
  ASSERT_TRUE(SqliteConnection::Open(path_).ok());
  ::chmod(path_.c_str(), 0644);
  EXPECT_THAT(CheckSqliteFile(path_).message(), HasSubstr("chmod o-rwx " + path_));
}

TEST_F(SqliteConnectionTest, AFileThatIsNoDatabaseAndAMissingDirectoryAreSaid) {
  std::ofstream(path_) << std::string(4096, 'x');
  const auto no_database = SqliteConnection::Open(path_);
  EXPECT_THAT(no_database.status().message(), HasSubstr("is it a SQLite file?"));
  const auto nowhere = SqliteConnection::Open(directory_ + "/no/turndb");
  EXPECT_THAT(nowhere.status().message(), HasSubstr("the directory must exist"));
  const auto missing = SqliteConnection::Open(directory_ + "/other", MissingFile::kIsDown);
  EXPECT_TRUE(absl::IsUnavailable(missing.status())) << missing.status();
  EXPECT_FALSE(std::filesystem::exists(directory_ + "/other"));
}

TEST_F(SqliteConnectionTest, AFileThatWasReplacedIsNotTheDatabaseAnyMore) {
  auto connection = SqliteConnection::Open(path_);
  std::filesystem::rename(path_, path_ + ".old");
  EXPECT_TRUE(absl::IsUnavailable((*connection)->Execute("SELECT 1", {}).status()));
  std::ofstream(path_) << "";
  EXPECT_TRUE(absl::IsUnavailable((*connection)->Execute("SELECT 1", {}).status()));
  std::filesystem::rename(path_ + ".old", path_);
  EXPECT_TRUE((*connection)->Execute("SELECT 1", {}).ok());
}

TEST_F(SqliteConnectionTest, ValuesAreBoundInTheirOrder) {
  auto connection = SqliteConnection::Open(path_);
  const std::vector<std::string> values = {"'one'", "two"};
  const auto result = (*connection)->Execute("SELECT $2, $1", values);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->rows[0], (std::vector<std::string>{"two", "'one'"}));
  EXPECT_FALSE((*connection)->Execute("SELECT nonsense(", {}).ok());
}

}  // namespace
}  // namespace koeru::server
