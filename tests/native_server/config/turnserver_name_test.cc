// Started as turnserver: which configuration file counts.

#include "native_server/config/turnserver_name.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace koeru::server {
namespace {

TEST(IsTurnserver, GoesByTheProgramsName) {
  EXPECT_TRUE(IsTurnserver("turnserver"));
  EXPECT_TRUE(IsTurnserver("/usr/bin/turnserver"));
  EXPECT_FALSE(IsTurnserver("koeru-relay"));
  EXPECT_FALSE(IsTurnserver("/opt/turnserver/koeru-relay"));
}

class TurnserverConfig : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "koeru-name-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    for (const char* name : {"/one", "/two"}) std::filesystem::create_directory(directory_ + name);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string Found(CommandLine line) const {
    FindTurnserverConfig({directory_ + "/one", directory_ + "/two"}, line);
    return line.config_file.value_or("none");
  }
  std::string directory_;
};

TEST_F(TurnserverConfig, IsLookedForInOrder) {
  EXPECT_EQ(Found({}), "none");
  std::ofstream(directory_ + "/two/turnserver.conf") << "x";
  EXPECT_EQ(Found({}), directory_ + "/two/turnserver.conf");
  std::ofstream(directory_ + "/one/turnserver.conf") << "x";
  EXPECT_EQ(Found({}), directory_ + "/one/turnserver.conf");
}

TEST_F(TurnserverConfig, OfMinusCIsLookedForUnlessItIsAbsoluteAndMinusNReadsNone) {
  std::ofstream(directory_ + "/two/my.conf") << "x";
  std::ofstream(directory_ + "/one/turnserver.conf") << "x";
  EXPECT_EQ(Found({.config_file = "my.conf"}), directory_ + "/two/my.conf");
  EXPECT_EQ(Found({.config_file = "/nowhere/my.conf"}), "/nowhere/my.conf");
  EXPECT_EQ(Found({.config_file = "missing.conf"}), "missing.conf") << "an error later";
  EXPECT_EQ(Found({.no_config_file = true}), "none");
}

TEST_F(TurnserverConfig, CoturnsDefaultDatabaseCountsWithCredentialsAndWithoutAnother) {
  const std::string path = directory_ + "/turndb";
  const auto added = [&](std::vector<RawOption> raw) {
    const size_t before = raw.size();
    AddDefaultDatabase(path, raw);
    return raw.size() > before && raw.back().name == "userdb" && raw.back().value == path;
  };
  const RawOption mechanism{"lt-cred-mech", std::nullopt, "here", false};
  EXPECT_FALSE(added({mechanism})) << "there is no such file";
  std::ofstream(path) << "x";
  EXPECT_TRUE(added({mechanism}));
  EXPECT_TRUE(added({{"use-auth-secret", std::nullopt, "here", false}}));
  EXPECT_FALSE(added({}));
  EXPECT_FALSE(added({{"no-auth", std::nullopt, "here", false}}));
  for (const char* other : {"userdb", "db", "psql-userdb", "redis-userdb", "mysql-userdb"}) {
    EXPECT_FALSE(added({mechanism, {other, "x", "here", false}})) << other;
  }
}

}  // namespace
}  // namespace koeru::server
