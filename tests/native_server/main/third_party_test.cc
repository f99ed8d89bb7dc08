// koeru-relay with third-party authorization (RFC 7635): keys in a database, tokens of coturn's
// turnutils_oauth, and coturn's client.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdio>
#include <fstream>

#include "core/bytes/hex.h"
#include "core/crypto/base64.h"
#include "core/relay/access_token.h"
#include "native_server/io/clock.h"
#include "tests/native_server/main/program.h"
#include "tests/native_server/main/user_client.h"
#include "tests/native_server/users/database_server.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Debian's turnutils_uclient has these keys built in.
const OauthKey kNorth{
    .kid = "north", .ikm_key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEK", .realm = {}};
const OauthKey kUnion{
    .kid = "union", .ikm_key = "MTIzNDU2Nzg5MDEyMzQ1Ngo=", .algorithm = "A128GCM", .realm = {}};
const OauthKey kOldEmpire{
    .kid = "oldempire", .ikm_key = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIK", .realm = {}};

std::string OutputOf(const std::string& command) {
  std::FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  std::string output;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
  ::pclose(pipe);
  return output;
}

constexpr std::string_view kServerName = "turn.example.org";

// An authorization server that is coturn's turnutils_oauth.
struct Grant {
  relay::LongTermKey session_key;
  std::vector<uint8_t> token;  // the value of ACCESS-TOKEN
};
std::optional<Grant> AskCoturn(const OauthKey& key, const std::string& server_name) {
  // It reads keys without a line's end.
  std::vector<uint8_t> bytes = *crypto::FromBase64(key.ikm_key);
  bytes.resize(*OauthKeySize(key.algorithm));
  const std::string mac_key = "01234567890123456789";
  const std::string output =
      OutputOf("turnutils_oauth -e -i " + server_name + " -j " + key.kid + " -k " +
               crypto::ToBase64(bytes) + " -l 1 -m 4000000000 -n " + key.algorithm + " -p " +
               crypto::ToBase64(AsBytes(mac_key)) + " -r 3600");
  const std::string_view mark = "\"access_token\":\"";
  const size_t begin = output.find(mark);
  if (begin == std::string::npos) return std::nullopt;
  const size_t at = begin + mark.size();
  const auto token = crypto::FromBase64(output.substr(at, output.find('"', at) - at));
  if (!token.ok()) return std::nullopt;
  return Grant{*relay::LongTermKey::OfToken(AsBytes(mac_key)), *token};
}

class ThirdPartyTest : public ::testing::TestWithParam<Database::Kind> {
 protected:
  std::string Config(const std::string& more) {
    const std::string path = database_.directory() + "/turn.conf";
    std::ofstream(path) << "listening-ip=127.0.0.1\nrelay-ip=127.0.0.1\nlistening-port=" << port_
                        << "\nrealm=r\nuserdb-refresh=1\nallow-loopback-peers\nno-tls\noauth\n"
                        << "server-name=" << kServerName << "\nrfc5766-channel-numbers\n"
                        << database_.Option() << "\n"
                        << more;
    ::chmod(path.c_str(), 0600);
    return path;
  }
  void Put(const OauthKey& key) {
    const absl::Status put = database_.Open()->PutOauthKey(key);
    ASSERT_TRUE(put.ok()) << put;
  }
  std::string Uclient(const std::string& flags) {
    return OutputOf("timeout 60 turnutils_uclient -X -g -y -n 5 -m 2 " + flags + " -p " +
                    std::to_string(port_) + " 127.0.0.1");
  }
  int Allocate(const OauthKey& key, const std::string& server_name) {
    const auto grant = AskCoturn(key, server_name);
    if (!grant) return -3;
    return UserClient(port_, key.kid, grant->session_key, grant->token).Allocate();
  }

  TestDatabase database_{GetParam()};
  const uint16_t port_ = FreePort();
};

TEST_P(ThirdPartyTest, CoturnsTokensAreTakenByTheKeysOfTheDatabaseWhichChangeAndGoDown) {
  Put(kNorth);
  Program program({"-c", Config("lt-cred-mech\nuser=filed:secret\n")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  const std::string name(kServerName);
  EXPECT_EQ(Allocate(kNorth, name), 0);
  EXPECT_EQ(Allocate(kNorth, "turn.example.com"), 401);
  EXPECT_EQ(Allocate(kUnion, name), 401);
  EXPECT_EQ(UserClient(port_, "filed", "secret").Allocate(), 0);
  ASSERT_TRUE(program.WaitFor("no key for access tokens has the name")) << program.printed();
  ASSERT_TRUE(program.WaitFor("for another server-name, or damaged") ||
              program.printed().find("for another server-name, or damaged") != std::string::npos);

  Put(kUnion);
  ASSERT_TRUE(program.WaitFor("2 keys of authorization servers")) << program.printed();
  EXPECT_EQ(Allocate(kUnion, name), 0);
  database_.Stop();
  ASSERT_TRUE(program.WaitFor("the database of users is down")) << program.printed();
  EXPECT_EQ(Allocate(kUnion, name), 0) << "what was read last counts on";
  database_.Start();
  ASSERT_TRUE(program.WaitFor("the database of users is up again")) << program.printed();
  ASSERT_TRUE(*database_.Open()->RemoveOauthKey("north"));
  ASSERT_TRUE(program.WaitFor("1 keys of authorization servers")) << program.printed();
  EXPECT_EQ(Allocate(kNorth, name), 401);
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
  EXPECT_THAT(program.printed(), Not(HasSubstr(kUnion.ikm_key.substr(0, 8))));
}

TEST_P(ThirdPartyTest, CoturnsClientComesWithTokensOfItsBuiltInKeys) {
  for (const OauthKey& key : {kNorth, kUnion, kOldEmpire}) Put(key);
  Program program({"-c", Config("")});
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  EXPECT_THAT(Uclient("-J"), HasSubstr("Total lost packets 0"));
  EXPECT_THAT(Uclient("-J -t"), HasSubstr("Total lost packets 0"));
  EXPECT_THAT(Uclient("-u north -w guess"), Not(HasSubstr("Total lost packets 0")));
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait(), 0);
}

INSTANTIATE_TEST_SUITE_P(Databases, ThirdPartyTest,
                         ::testing::Values(Database::Kind::kSqlite, Database::Kind::kPostgres,
                                           Database::Kind::kRedis),
                         [](const auto& kind) { return NameOf(kind.param); });

TEST(ThirdParty, CoturnReadsOurTokens) {
  const std::vector<uint8_t> nonce(12, 7), key(32, 'k');
  const auto session_key = *relay::LongTermKey::OfToken(AsBytes("01234567890123456789"));
  const auto block = relay::SealAccessToken({session_key, WallNow(), 600}, nonce, key, kServerName);
  std::vector<uint8_t> token = {0, 12};
  token.insert(token.end(), nonce.begin(), nonce.end());
  token.insert(token.end(), block.begin(), block.end());
  const auto read = [&](std::string_view server_name) {
    return OutputOf("turnutils_oauth -v -d -j k -l 1 -m 4000000000 -n A256GCM -i " +
                    std::string(server_name) + " -k " + crypto::ToBase64(key) + " -t " +
                    crypto::ToBase64(token));
  };
  EXPECT_THAT(read(kServerName), HasSubstr("Valid token"));
  EXPECT_THAT(read(kServerName), HasSubstr("mac key: 01234567890123456789"));
  EXPECT_THAT(read(kServerName), HasSubstr("lifetime: 600"));
  EXPECT_THAT(read("another.server"), Not(HasSubstr("Valid token")));
}

TEST(ThirdParty, WithoutADatabaseItDoesNotStartAndSaysWhatToWrite) {
  Program program({"--oauth", "--realm=r"});
  EXPECT_EQ(program.Wait(), 1);
  EXPECT_THAT(program.printed(), HasSubstr("koeru oauth-key add"));
}

}  // namespace
}  // namespace koeru::server
