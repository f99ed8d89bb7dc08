// koeru-relay with several realms in a database, over real sockets.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdio>
#include <fstream>

#include "core/relay/shared_secret.h"
#include "native_server/io/clock.h"
#include "tests/native_server/main/program.h"
#include "tests/native_server/main/user_client.h"
#include "tests/native_server/users/database_server.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RealmsTest : public ::testing::TestWithParam<Database::Kind> {
 protected:
  // coturn's example rows: two realms, and an origin that leads to the second.
  RealmsTest() {
    Put(Table::kOrigins, {"crinna.org", "http://crinna.org:80", ""});
    Put(Table::kUsers, {"r", "gorst", KeyText("r", "gorst", "hero")});
    Put(Table::kUsers, {"crinna.org", "whirrun", KeyText("crinna.org", "whirrun", "sword")});
  }
  void Put(Table table, const Record& record) {
    const absl::Status put = store_->Put(table, record);
    ASSERT_TRUE(put.ok()) << put;
  }
  std::string Config(const std::string& more) {
    const std::string path = database_.directory() + "/turn.conf";
    std::ofstream(path) << "listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nlistening-port=" << port_
                        << "\nrealm=r\nuserdb-refresh=1\nallow-loopback-peers\nno-tls\n"
                        << "lt-cred-mech\nrfc5766-channel-numbers\n"
                        << database_.Option() << "\n"
                        << more;
    ::chmod(path.c_str(), 0600);
    return path;
  }
  UserClient Crinna(const std::string& name, const std::string& password) {
    UserClient client(port_, name, password);
    client.Of("http://crinna.org", "crinna.org");
    return client;
  }

  TestDatabase database_{GetParam()};
  std::unique_ptr<UserStore> store_ = database_.Open();
  const uint16_t port_ = FreePort();
};

TEST_P(RealmsTest, OriginLeadsToARealmWithUsersPeersAndQuotasOfItsOwn) {
  Program program({"-c", Config("")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  UserClient whirrun = Crinna("whirrun", "sword");
  EXPECT_EQ(whirrun.Allocate(), 0);
  EXPECT_EQ(whirrun.challenged_in(), "crinna.org");
  UserClient gorst(port_, "gorst", "hero");
  EXPECT_EQ(gorst.Allocate(), 0);
  EXPECT_EQ(gorst.challenged_in(), "r");
  EXPECT_EQ(Crinna("gorst", "hero").Allocate(), 401);
  EXPECT_EQ(UserClient(port_, "whirrun", "sword").Allocate(), 401);
  UserClient stranger(port_, "gorst", "hero");
  EXPECT_EQ(stranger.Of("https://nobody.example", "r").Allocate(), 0) << "the default realm";

  const net::Address five = net::Address::V4(127, 0, 0, 5);
  EXPECT_EQ(whirrun.Permit(five), 0);
  Put(Table::kDeniedPeers, {"crinna.org", "127.0.0.5", ""});
  Put(Table::kRealmOptions, {"crinna.org", "user-quota", "1"});
  Put(Table::kOrigins, {"crinna.org", "https://bligh.edu:443", ""});
  ASSERT_TRUE(program.WaitFor("2 origins, 1 further realms")) << program.printed();
  EXPECT_EQ(whirrun.Permit(five), 403);
  EXPECT_EQ(gorst.Permit(five), 0);
  EXPECT_EQ(Crinna("whirrun", "sword").Allocate(), 486);
  EXPECT_EQ(UserClient(port_, "gorst", "hero").Allocate(), 0);
  EXPECT_EQ(whirrun.Refresh(), 0);

  database_.Stop();
  ASSERT_TRUE(program.WaitFor("the database of users is down")) << program.printed();
  EXPECT_EQ(whirrun.Refresh(), 0) << "realms and origins stay as they were";
  EXPECT_EQ(Crinna("whirrun", "sword").Allocate(), 486);
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

TEST_P(RealmsTest, WithNoDynamicRealmsThereIsOneRealm) {
  Program program({"-c", Config("no-dynamic-realms\n")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  UserClient whirrun = Crinna("whirrun", "sword");
  EXPECT_EQ(whirrun.Allocate(), 401);
  EXPECT_EQ(whirrun.challenged_in(), "r");
  EXPECT_EQ(UserClient(port_, "gorst", "hero").Allocate(), 0);
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

TEST_P(RealmsTest, CoturnsClientComesFromAnOrigin) {
  Program program({"-c", Config("")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  const auto uclient = [&](const std::string& flags) {
    std::FILE* const pipe = ::popen(("timeout 60 turnutils_uclient -X -g -y -n 5 -m 2 -p " +
                                     std::to_string(port_) + " " + flags + " 127.0.0.1 2>&1")
                                        .c_str(),
                                    "r");
    std::string output;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
    ::pclose(pipe);
    return output;
  };
  EXPECT_THAT(uclient("-o http://crinna.org -u whirrun -w sword"),
              HasSubstr("Total lost packets 0"));
  EXPECT_THAT(uclient("-u gorst -w hero"), HasSubstr("Total lost packets 0"));
  EXPECT_THAT(uclient("-u whirrun -w sword"), Not(HasSubstr("Total lost packets 0")));
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

INSTANTIATE_TEST_SUITE_P(Databases, RealmsTest,
                         ::testing::Values(Database::Kind::kSqlite, Database::Kind::kPostgres,
                                           Database::Kind::kRedis),
                         [](const auto& kind) { return NameOf(kind.param); });

}  // namespace
}  // namespace koeru::server
