// Asked by curl.

#include "native_server/http/small_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace koeru::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Curl(const std::string& arguments) {
  FILE* curl = ::popen(("curl -s -i --max-time 10 " + arguments + " 2>&1").c_str(), "r");
  std::string said;
  std::array<char, 4096> chunk{};
  while (const size_t got = std::fread(chunk.data(), 1, chunk.size(), curl)) {
    said.append(chunk.data(), got);
  }
  ::pclose(curl);
  return said;
}

SmallReply Echo(const SmallRequest& request) {
  return {.status = request.authorization == "Bearer no" ? 401 : 200,
          .body = std::string(request.method) + " " + std::string(request.target) + "\n"};
}

class UnixServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "koeru-http-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    path_ = directory_ + "/s";
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  std::string directory_, path_;
};

TEST(SmallServer, AnswersOverTcpOneRequestForEachConnection) {
  const auto server = SmallServer::ListenTcp("127.0.0.1", 0, Echo);
  ASSERT_TRUE(server.ok()) << server.status();
  const std::string url = "http://127.0.0.1:" + std::to_string((*server)->port());
  EXPECT_THAT(Curl(url + "/a?b"), AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("\r\n\r\nGET /a?b\n"),
                                        HasSubstr("no-store"), HasSubstr("Connection: close")));
  EXPECT_THAT(Curl("-X DELETE " + url + "/x"), HasSubstr("\r\n\r\nDELETE /x\n"));
  EXPECT_THAT(Curl("-I " + url + "/x"), Not(HasSubstr("HEAD /x")));
  EXPECT_THAT(Curl("-H 'Authorization: Bearer no' " + url),
              AllOf(StartsWith("HTTP/1.1 401"), HasSubstr("WWW-Authenticate: Bearer")));
  EXPECT_EQ(Curl("-H 'X: " + std::string(9000, 'x') + "' " + url), "") << "8 KB of header";
  const auto second = SmallServer::ListenTcp("127.0.0.1", (*server)->port(), Echo);
  EXPECT_EQ(second.status().message(), "Address already in use");
  EXPECT_FALSE(SmallServer::ListenTcp("nowhere", 0, Echo).ok());
}

TEST_F(UnixServerTest, TheSocketIsItsOwnersOnlyAndGoesAwayAtTheEnd) {
  {
    const auto server = SmallServer::ListenUnix(path_, Echo);
    ASSERT_TRUE(server.ok()) << server.status();
    struct stat info = {};
    ASSERT_EQ(::stat(path_.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777u, 0600u);
    EXPECT_THAT(Curl("--unix-socket " + path_ + " http://relay/a"), HasSubstr("GET /a\n"));
    EXPECT_EQ((*server)->port(), 0);
  }
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(UnixServerTest, ASocketLeftByAServerThatWasKilledIsReplaced) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path_.copy(address.sun_path, sizeof(address.sun_path) - 1);
  const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  ::close(left);
  const auto server = SmallServer::ListenUnix(path_, Echo);
  ASSERT_TRUE(server.ok()) << server.status();
  EXPECT_THAT(Curl("--unix-socket " + path_ + " http://relay/a"), HasSubstr("GET /a\n"));
}

TEST_F(UnixServerTest, AServerThatLivesAndFilesOfOthersStay) {
  const auto server = SmallServer::ListenUnix(path_, Echo);
  ASSERT_TRUE(server.ok());
  EXPECT_EQ(SmallServer::ListenUnix(path_, Echo).status().message(),
            "another server listens there");
  std::ofstream(directory_ + "/file") << "text";
  EXPECT_EQ(SmallServer::ListenUnix(directory_ + "/file", Echo).status().message(),
            "there is a file of that name");
  EXPECT_TRUE(std::filesystem::exists(directory_ + "/file"));
  EXPECT_FALSE(SmallServer::ListenUnix(directory_ + "/no/such/folder", Echo).ok());
  EXPECT_THAT(std::string(SmallServer::ListenUnix(std::string(200, 'x'), Echo).status().message()),
              HasSubstr("107 bytes"));
  EXPECT_THAT(Curl("--unix-socket " + path_ + " http://relay/a"), HasSubstr("GET /a\n"));
}

}  // namespace
}  // namespace koeru::server
