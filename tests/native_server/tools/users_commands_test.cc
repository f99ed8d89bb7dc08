// koeru user, secret, realm, peer, origin, admin, oauth-key: on a SQLite file.

#include "native_server/tools/users_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "native_server/users/admin_password.h"
#include "tests/native_server/tools/command_run.h"
#include "tests/native_server/users/database_server.h"

namespace koeru::tools {
namespace {

using server::Database;
using server::Table;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class UsersCommandsTest : public ::testing::Test {
 protected:
  // `koeru` with these words, on the test's database.
  CommandOutcome Run(std::vector<std::string> words, std::string_view input = {}) {
    words.push_back("--" + database_.Option());
    return RunCommand(RunKoeru, words, input);
  }
  server::TestDatabase database_{Database::Kind::kSqlite};
};

TEST_F(UsersCommandsTest, AUserIsAddedListedChangedAndRemoved) {
  CommandOutcome outcome = Run({"user", "add", "o'brien %s", "--realm", "r"}, "se cret\r\nmore");
  EXPECT_EQ(outcome.code, kExitOk) << outcome.err;
  EXPECT_THAT(outcome.out + outcome.err, IsEmpty());
  EXPECT_EQ(Run({"user", "list"}).out, "r\to'brien %s\n");
  EXPECT_EQ(Run({"user", "list", "--realm=other"}).out, "");
  const auto store = database_.Open();
  EXPECT_EQ((*store->Find(Table::kUsers, "r", "o'brien %s"))->value,
            server::KeyText("r", "o'brien %s", "se cret"));
  EXPECT_EQ(Run({"user", "add", "o'brien %s", "--realm", "r"}, "new\n").code, kExitOk);
  EXPECT_EQ((*store->Find(Table::kUsers, "r", "o'brien %s"))->value,
            server::KeyText("r", "o'brien %s", "new"));
  EXPECT_EQ(Run({"user", "remove", "o'brien %s", "--realm", "r"}).code, kExitOk);
  outcome = Run({"user", "remove", "o'brien %s", "--realm", "r"});
  EXPECT_EQ(outcome.code, kExitNothingFound);
  EXPECT_EQ(outcome.err, "koeru user: there is no o'brien %s in realm r\n");
}

TEST_F(UsersCommandsTest, APasswordComesFromAFileOrWithAWarningFromTheCommandLine) {
  const std::string file = database_.directory() + "/password";
  std::ofstream(file) << "from a file\n";
  EXPECT_EQ(Run({"user", "add", "anna", "--realm=r", "--password-file", file}).code, kExitOk);
  const auto store = database_.Open();
  EXPECT_EQ((*store->Find(Table::kUsers, "r", "anna"))->value,
            server::KeyText("r", "anna", "from a file"));
  const CommandOutcome outcome = Run({"user", "add", "anna", "seen", "--realm=r"});
  EXPECT_EQ(outcome.code, kExitOk);
  EXPECT_THAT(outcome.err, HasSubstr("process list"));
  EXPECT_EQ((*store->Find(Table::kUsers, "r", "anna"))->value,
            server::KeyText("r", "anna", "seen"));
  EXPECT_THAT(Run({"user", "add", "anna", "--realm=r"}, "").err,
              HasSubstr("the first line is empty"));
  EXPECT_THAT(Run({"user", "add", "anna", "--realm=r", "--password-file=/nowhere"}).err,
              HasSubstr("--password-file /nowhere"));
}

TEST_F(UsersCommandsTest, KeysOfAuthorizationServersAreAddedMadeListedAndRemoved) {
  const std::string key = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
  CommandOutcome outcome = Run({"oauth-key", "add", "north"}, key + "\n");
  EXPECT_EQ(outcome.code, kExitOk) << outcome.err;
  outcome = Run({"oauth-key", "make", "union", "A128GCM", "3600", "--realm=r"});
  EXPECT_EQ(outcome.code, kExitOk) << outcome.err;
  EXPECT_EQ(outcome.out.size(), 25u) << "16 bytes in base64, and the end of the line";
  const auto keys = *database_.Open()->ListOauthKeys();
  ASSERT_EQ(keys.size(), 2u);
  EXPECT_EQ(keys[0].ikm_key, key);
  EXPECT_EQ(keys[1].ikm_key + "\n", outcome.out);
  EXPECT_EQ(keys[1].lifetime_s, 3600);
  EXPECT_EQ(Run({"oauth-key", "list"}).out,
            "\tnorth\tA256GCM\tfor ever\nr\tunion\tA128GCM\tuntil " +
                std::to_string(keys[1].timestamp + 3600) + "\n");
  EXPECT_EQ(Run({"oauth-key", "list", "--realm=other"}).out, "\tnorth\tA256GCM\tfor ever\n");
  EXPECT_THAT(Run({"oauth-key", "add", "x"}, "c2hvcnQ=\n").err,
              HasSubstr("the key has 5 bytes, and its algorithm needs 32"));
  EXPECT_THAT(Run({"oauth-key", "make", "x", "ROT13"}).err, HasSubstr("A256GCM or A128GCM"));
  EXPECT_THAT(Run({"oauth-key", "make", "x", "A128GCM", "0"}).err, HasSubstr("no lifetime"));
  EXPECT_EQ(Run({"oauth-key", "remove", "north"}).code, kExitOk);
  EXPECT_EQ(Run({"oauth-key", "remove", "north"}).code, kExitNothingFound);
}

TEST_F(UsersCommandsTest, SecretsPeersOptionsOriginsAndAdmins) {
  EXPECT_EQ(Run({"secret", "add", "--realm=r"}, "north\n").code, kExitOk);
  EXPECT_EQ(Run({"secret", "list"}).out, "r\tnorth\n");
  EXPECT_EQ(Run({"secret", "remove", "--realm=r"}, "south\n").code, kExitNothingFound);
  EXPECT_EQ(Run({"secret", "remove", "--realm=r"}, "north\n").code, kExitOk);
  EXPECT_EQ(Run({"secret", "list"}).out, "");

  EXPECT_EQ(Run({"peer", "allow", "10.0.0.0/8"}).code, kExitOk);
  EXPECT_EQ(Run({"peer", "deny", "192.0.2.1-192.0.2.9", "--realm=r"}).code, kExitOk);
  EXPECT_EQ(Run({"peer", "list"}).out, "\t10.0.0.0/8\tallowed\nr\t192.0.2.1-192.0.2.9\tdenied\n");
  EXPECT_THAT(Run({"peer", "deny", "10.0.0.0/99"}).err, HasSubstr("prefix length"));
  EXPECT_EQ(Run({"peer", "remove", "192.0.2.1-192.0.2.9"}).code, kExitNothingFound);
  EXPECT_EQ(Run({"peer", "remove", "192.0.2.1-192.0.2.9", "--realm=r"}).code, kExitOk);
  EXPECT_EQ(Run({"peer", "remove", "10.0.0.0/8"}).code, kExitOk);

  EXPECT_EQ(Run({"realm", "set", "user-quota", "12", "--realm=r"}).code, kExitOk);
  EXPECT_EQ(Run({"realm", "list"}).out, "r\tuser-quota\t12\n");
  EXPECT_EQ(Run({"realm", "set", "colour", "12", "--realm=r"}).code, kExitBadInput);
  EXPECT_EQ(Run({"realm", "remove", "user-quota", "--realm=r"}).code, kExitOk);

  EXPECT_EQ(Run({"origin", "add", "http://a.example", "--realm=r"}).code, kExitOk);
  EXPECT_EQ(Run({"origin", "list"}).out, "r\thttp://a.example:80\n");
  EXPECT_EQ(Run({"origin", "remove", "http://a.example"}).code, kExitOk);

  EXPECT_EQ(Run({"admin", "add", "root"}, "hello\n").code, kExitOk);
  EXPECT_EQ(Run({"admin", "list"}).out, "\troot\n");
  EXPECT_TRUE(server::IsAdminPassword(
      "hello", (*database_.Open()->Find(Table::kAdmins, "", "root"))->value));
  EXPECT_EQ(Run({"admin", "remove", "root"}).code, kExitOk);
}

TEST_F(UsersCommandsTest, DatabaseAndRealmComeFromTheRelaysConfiguration) {
  const std::string file = database_.directory() + "/turn.conf";
  std::ofstream(file) << "lt-cred-mech\nrealm=r\n" << database_.Option() << "\nno-such-option\n";
  ::chmod(file.c_str(), 0600);
  const std::vector<std::string> add = {"user", "add", "anna", "--config", file};
  EXPECT_EQ(RunCommand(RunKoeru, add, "x\n").code, kExitOk);
  EXPECT_EQ(Run({"user", "list"}).out, "r\tanna\n");
  EXPECT_THAT(Run({"user", "list", "--config", file}).err, HasSubstr("two databases are given"));
  std::ofstream(file) << "realm=r\n";
  EXPECT_THAT(RunCommand(RunKoeru, add, "x\n").err, HasSubstr("no database: write userdb="));
}

TEST_F(UsersCommandsTest, ADatabasesPasswordOnTheCommandLineIsWarnedAboutAndNotRepeated) {
  const CommandOutcome outcome =
      RunCommand(RunKoeru, {"user", "list", "--redis-userdb", "port=1 password=hidden"});
  EXPECT_EQ(outcome.code, kExitBadInput);
  EXPECT_THAT(outcome.err, HasSubstr("use --config FILE"));
  EXPECT_THAT(outcome.err, HasSubstr("redis-userdb 127.0.0.1:1/0: Connection refused"));
  EXPECT_EQ(outcome.err.find("hidden"), std::string::npos);
}

TEST_F(UsersCommandsTest, WhatIsMissingOrUnknownIsSaid) {
  EXPECT_THAT(Run({"user", "add", "anna"}).err, HasSubstr("write --realm REALM"));
  EXPECT_THAT(Run({"user", "add", "--realm=r"}).err, HasSubstr("koeru user add NAME"));
  EXPECT_THAT(Run({"user"}).err, HasSubstr("say what to do"));
  EXPECT_THAT(Run({"user", "fly"}).err, HasSubstr("there is no fly"));
  EXPECT_THAT(Run({"user", "list", "--colour", "x"}).err, HasSubstr("there is no option --colour"));
  EXPECT_THAT(Run({"user", "--help"}).out, HasSubstr("koeru user add NAME --realm REALM"));
  EXPECT_EQ(Run({"user", "list", "--", "--realm"}).code, kExitBadInput);
}

}  // namespace
}  // namespace koeru::tools
