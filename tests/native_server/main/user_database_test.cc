// koeru-relay with users in a database: SQLite, PostgreSQL and Redis, which go down and come back.

#include "native_server/main/user_database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "core/relay/shared_secret.h"
#include "core/stun/attributes/error_code.h"
#include "core/turn/attributes.h"
#include "native_server/io/clock.h"
#include "tests/core/relay/support/scripted_client.h"
#include "tests/native_server/main/program.h"
#include "tests/native_server/main/user_client.h"
#include "tests/native_server/users/database_server.h"
#include "tests/native_server/worker/turn_test_client.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class UserDatabaseTest : public ::testing::TestWithParam<Database::Kind> {
 protected:
  // A configuration file with the database in it; a password of a database has no place elsewhere.
  std::string Config(const std::string& more) {
    const std::string path = database_.directory() + "/turn.conf";
    std::ofstream(path) << "listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nlistening-port=" << port_
                        << "\nrealm=r\nuserdb-refresh=1\nallow-loopback-peers\nno-tls\n"
                        << database_.Option() << "\n"
                        << more;
    ::chmod(path.c_str(), 0600);
    return path;
  }
  void AddUser(const std::string& name, const std::string& password) {
    const absl::Status put =
        database_.Open()->Put(Table::kUsers, {"r", name, KeyText("r", name, password)});
    EXPECT_TRUE(put.ok()) << put;
  }
  int Allocate(const std::string& name, const std::string& password) {
    return UserClient(port_, name, password).Allocate();
  }

  TestDatabase database_{GetParam()};
  const uint16_t port_ = FreePort();
};

TEST_P(UserDatabaseTest, KnownUsersGoOnWhileTheDatabaseIsDownAndAllWhenItIsBack) {
  AddUser("dora", "stored");
  Program program({"-c", Config("lt-cred-mech\nuser=filed:secret\n")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  UserClient dora(port_, "dora", "stored");
  EXPECT_EQ(dora.Allocate(), 0);
  EXPECT_EQ(Allocate("dora", "guess"), 401);
  EXPECT_EQ(Allocate("nobody", "stored"), 401);
  EXPECT_EQ(Allocate("o'brien\"; --%s", "x"), 401);
  EXPECT_EQ(Allocate(std::string(508, 'x'), "x"), 401);
  EXPECT_EQ(Allocate("filed", "secret"), 0);

  database_.Stop();
  ASSERT_TRUE(program.WaitFor("the database of users is down")) << program.printed();
  EXPECT_EQ(dora.Refresh(), 0);
  EXPECT_EQ(Allocate("dora", "stored"), 0);
  EXPECT_EQ(Allocate("filed", "secret"), 0);
  EXPECT_EQ(Allocate("emil", "stored"), 500);

  database_.Start();
  AddUser("emil", "stored");
  ASSERT_TRUE(program.WaitFor("the database of users is up again")) << program.printed();
  EXPECT_EQ(Allocate("emil", "stored"), 0);
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
  EXPECT_THAT(program.printed(), Not(HasSubstr(TestDatabase::kPassword)));
}

TEST_P(UserDatabaseTest, CoturnsClientLogsInWithAStoredUser) {
  AddUser("dora", "stored");
  Program program({"-c", Config("lt-cred-mech\nrfc5766-channel-numbers\n")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  const auto uclient = [&](const std::string& password) {
    std::FILE* const pipe = ::popen(("timeout 60 turnutils_uclient -X -g -y -n 5 -m 2 -u dora -w " +
                                     password + " -p " + std::to_string(port_) + " 127.0.0.1 2>&1")
                                        .c_str(),
                                    "r");
    std::string output;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
    ::pclose(pipe);
    return output;
  };
  EXPECT_THAT(uclient("stored"), HasSubstr("Total lost packets 0"));
  EXPECT_THAT(uclient("guess"), Not(HasSubstr("Total lost packets 0")));
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

TEST_P(UserDatabaseTest, SecretsPeersAndQuotasAreTakenUpWhileTheServerRuns) {
  const auto store = database_.Open();
  ASSERT_TRUE(store->Put(Table::kSecrets, {"r", "north", ""}).ok());
  Program program({"-c", Config("use-auth-secret\n")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  std::vector<std::unique_ptr<UserClient>> clients;
  const auto allocate = [&](std::string_view secret, UserClient** keep = nullptr) {
    const auto minted =
        relay::MintCredential(secret, "anna", {WallNow().seconds + 600});
    auto client = std::make_unique<UserClient>(port_, minted.username, minted.password);
    const int code = client->Allocate();
    clients.push_back(std::move(client));
    if (keep != nullptr) *keep = clients.back().get();
    return code;
  };
  UserClient* anna = nullptr;
  EXPECT_EQ(allocate("north", &anna), 0);
  EXPECT_EQ(allocate("south"), 401);
  EXPECT_EQ(anna->Permit(net::Address::V4(127, 0, 0, 5)), 0);

  ASSERT_TRUE(store->Put(Table::kDeniedPeers, {"", "127.0.0.5", ""}).ok());
  ASSERT_TRUE(program.WaitFor("0 allowed and 1 denied peer ranges, 0 options"))
      << program.printed();
  ASSERT_TRUE(store->Put(Table::kSecrets, {"r", "south", ""}).ok());
  ASSERT_TRUE(program.WaitFor("from the database: 2 secrets, 0 allowed and 1 denied"));
  EXPECT_EQ(allocate("south"), 0);
  EXPECT_EQ(anna->Permit(net::Address::V4(127, 0, 0, 5)), 403);
  EXPECT_EQ(anna->Permit(net::Address::V4(127, 0, 0, 6)), 0);

  ASSERT_TRUE(store->Put(Table::kRealmOptions, {"r", "user-quota", "2"}).ok());
  ASSERT_TRUE(program.WaitFor("1 options of the realm"));
  EXPECT_EQ(allocate("south"), 486) << "anna has two";
  ASSERT_TRUE(*store->Remove(Table::kSecrets, "r", "north"));
  ASSERT_TRUE(program.WaitFor("1 secrets, 0 allowed and 1 denied peer ranges, 1 options"));
  EXPECT_EQ(allocate("north"), 401);

  // A range that is none changes nothing, and is said.
  ASSERT_TRUE(store->Put(Table::kDeniedPeers, {"r", "127.0.0.0/99", ""}).ok());
  ASSERT_TRUE(program.WaitFor("what the database says does not count: denied_peer_ip of realm"))
      << program.printed();
  EXPECT_EQ(anna->Permit(net::Address::V4(127, 0, 0, 5)), 403);
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

INSTANTIATE_TEST_SUITE_P(Databases, UserDatabaseTest,
                         ::testing::Values(Database::Kind::kSqlite, Database::Kind::kPostgres,
                                           Database::Kind::kRedis),
                         [](const auto& kind) { return NameOf(kind.param); });

class HangingDatabaseTest : public UserDatabaseTest {};

TEST_P(HangingDatabaseTest, NobodyWaitsForADatabaseThatHangs) {
  AddUser("dora", "stored");
  AddUser("emil", "stored");
  Program program({"-c", Config("lt-cred-mech\n")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  UserClient dora(port_, "dora", "stored");
  EXPECT_EQ(dora.Allocate(), 0);
  database_.Pause();
  EXPECT_EQ(Allocate("emil", "stored"), 500);
  EXPECT_EQ(dora.Refresh(), 0);
  ASSERT_TRUE(program.WaitFor("the database of users is down")) << program.printed();
  EXPECT_EQ(Allocate("dora", "stored"), 0);
  database_.Resume();
  ASSERT_TRUE(program.WaitFor("the database of users is up again")) << program.printed();
  EXPECT_EQ(Allocate("emil", "stored"), 0);
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

INSTANTIATE_TEST_SUITE_P(Databases, HangingDatabaseTest, ::testing::Values(Database::Kind::kRedis),
                         [](const auto& kind) { return NameOf(kind.param); });

TEST(UserDatabase, AFileThatEverybodyCanReadStopsTheStart) {
  TestDatabase database(Database::Kind::kSqlite);
  database.Open();
  ::chmod(database.target().where.c_str(), 0644);
  Program program({"--lt-cred-mech", "--realm=r", "--" + database.Option()});
  EXPECT_EQ(program.Wait(), 1);
  EXPECT_THAT(program.printed(), HasSubstr("chmod o-rwx"));
  Program check({"--check-config", "--lt-cred-mech", "--realm=r", "--" + database.Option()});
  EXPECT_EQ(check.Wait(), 1);
  EXPECT_THAT(check.printed(), HasSubstr("chmod o-rwx"));
}

TEST(UserDatabase, AConnectionStringThatIsNoneStopsTheStartAndIsNotShown) {
  for (const char* option : {"--redis-userdb=port=hidden", "--psql-userdb=hidden = 'x"}) {
    Program program({"--lt-cred-mech", "--realm=r", option});
    EXPECT_EQ(program.Wait(), 1);
    EXPECT_THAT(program.printed(), HasSubstr("userdb: "));
    EXPECT_THAT(program.printed(), Not(HasSubstr("hidden")));
  }
}

TEST(UserDatabase, ADatabaseThatIsDownAtTheStartDoesNotKeepUsersOfTheFileAway) {
  const uint16_t port = FreePort();
  Program program({"--lt-cred-mech", "--realm=r", "--user=filed:secret", "--listening-ip=127.0.0.1",
                   "--relay-ip=127.0.0.1", "--listening-port=" + std::to_string(port),
                   "--redis-userdb=port=1"});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  EXPECT_THAT(program.printed(), HasSubstr("the database of users is down"));
  EXPECT_EQ(UserClient(port, "filed", "secret").Allocate(), 0);
  EXPECT_EQ(UserClient(port, "dora", "stored").Allocate(), 500);
}

}  // namespace
}  // namespace koeru::server
