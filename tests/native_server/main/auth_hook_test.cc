// koeru-relay whose users an HTTP endpoint knows.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/native_server/main/program.h"
#include "tests/native_server/main/user_client.h"
#include "tests/native_server/users/hook_server.h"

namespace koeru::server {
namespace {

using ::testing::HasSubstr;

std::vector<std::string> Arguments(const std::string& url, uint16_t port) {
  return {"--auth-hook=" + url,
          "--realm=r",
          "--user=filed:secret",
          "--listening-ip=127.0.0.1",
          "--relay-ip=127.0.0.1",
          "--allow-loopback-peers",
          "--listening-port=" + std::to_string(port)};
}

TEST(AuthHook, UsersComeFromTheEndpointAndKnownOnesGoOnWithoutIt) {
  HookServer hook;
  const uint16_t port = FreePort();
  Program program(Arguments(hook.Url(), port));
  ASSERT_TRUE(program.WaitFor("ready\n")) << program.printed();
  UserClient alice(port, "alice", "pass \"word\" \xC3\xA9");
  EXPECT_EQ(alice.Allocate(), 0);
  EXPECT_EQ(UserClient(port, "alice", "guess").Allocate(), 401);
  EXPECT_EQ(UserClient(port, "nobody", "x").Allocate(), 401);
  EXPECT_EQ(UserClient(port, "broken", "x").Allocate(), 500);
  EXPECT_EQ(UserClient(port, "filed", "secret").Allocate(), 0);
  hook.Stop();
  EXPECT_EQ(alice.Refresh(), 0);
  EXPECT_EQ(UserClient(port, "key", "x").Allocate(), 500);
  EXPECT_EQ(UserClient(port, "filed", "secret").Allocate(), 0);
  EXPECT_THAT(program.printed(), HasSubstr("ready"));
  ASSERT_TRUE(program.WaitFor("users who are known go on, others get 500"));
}

TEST(AuthHook, AnAddressOverWhichPasswordsWouldBeReadStopsTheStart) {
  Program program({"--auth-hook=http://example.org/turn", "--realm=r"});
  EXPECT_EQ(program.Wait(), 1);
  EXPECT_THAT(program.printed(), HasSubstr("write an https:// address"));
  Program both({"--auth-hook=https://example.org/turn", "--realm=r", "--lt-cred-mech",
                "--redis-userdb=port=1"});
  EXPECT_EQ(both.Wait(), 1);
  EXPECT_THAT(both.printed(), HasSubstr("keep one of them"));
}

}  // namespace
}  // namespace koeru::server
