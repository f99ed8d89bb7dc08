// The listener, asked by curl.

#include "native_server/metrics/metrics_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace koeru::server {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string Curl(uint16_t port, const std::string& path, const std::string& more = "") {
  FILE* curl = ::popen(("curl -s -i --max-time 10 " + more +
                        " http://127.0.0.1:" + std::to_string(port) + path + " 2>&1")
                           .c_str(),
                       "r");
  std::string said;
  std::array<char, 4096> chunk{};
  while (const size_t got = std::fread(chunk.data(), 1, chunk.size(), curl)) {
    said.append(chunk.data(), got);
  }
  ::pclose(curl);
  return said;
}

class MetricsServerTest : public ::testing::Test {
 protected:
  void Start(const std::string& token = "") {
    MetricsOptions options;
    options.port = 0;
    options.token = token;
    options.metrics = [] { return std::string("koeru_x 1\n"); };
    options.load = [] { return std::string("{\"allocations\":1}\n"); };
    options.ready = [this] { return ready_.load(); };
    auto server = StartMetricsServer(std::move(options));
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }
  std::atomic<bool> ready_{true};
  std::unique_ptr<SmallServer> server_;
};

TEST_F(MetricsServerTest, ServesMetricsHealthAndReadiness) {
  Start();
  const std::string metrics = Curl(server_->port(), "/metrics");
  EXPECT_THAT(metrics, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(metrics, HasSubstr("text/plain; version=0.0.4"));
  EXPECT_THAT(metrics, HasSubstr("\r\n\r\nkoeru_x 1\n"));
  EXPECT_THAT(Curl(server_->port(), "/load"), HasSubstr("\r\n\r\n{\"allocations\":1}\n"));
  for (const char* path : {"/healthz", "/"}) {
    EXPECT_THAT(Curl(server_->port(), path), StartsWith("HTTP/1.1 200")) << path;
  }
  EXPECT_THAT(Curl(server_->port(), "/readyz"), StartsWith("HTTP/1.1 200"));
  ready_ = false;
  EXPECT_THAT(Curl(server_->port(), "/readyz"), StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(Curl(server_->port(), "/healthz"), StartsWith("HTTP/1.1 200"));
}

TEST_F(MetricsServerTest, RefusesWhatItDoesNotServe) {
  Start();
  EXPECT_THAT(Curl(server_->port(), "/etc/passwd"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(Curl(server_->port(), "/metrics", "-X DELETE"), StartsWith("HTTP/1.1 405"));
  EXPECT_THAT(Curl(server_->port(), "/metrics", "-H 'X: " + std::string(9000, 'x') + "'"),
              ::testing::Not(HasSubstr("koeru_x")));
  const std::string head = Curl(server_->port(), "/metrics", "-I");
  EXPECT_THAT(head, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(head, ::testing::Not(HasSubstr("koeru_x")));
}

TEST_F(MetricsServerTest, WithATokenOnlyWhoSendsItReadsTheMetrics) {
  Start("open-sesame");
  EXPECT_THAT(Curl(server_->port(), "/metrics"), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(Curl(server_->port(), "/load"), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(Curl(server_->port(), "/metrics", "-H 'Authorization: Bearer open'"),
              StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(Curl(server_->port(), "/metrics", "-H 'Authorization: Bearer open-sesame'"),
              StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(Curl(server_->port(), "/healthz"), StartsWith("HTTP/1.1 200")) << "probes have none";
}

TEST_F(MetricsServerTest, ManySilentConnectionsDoNotKeepItFromStopping) {
  Start();
  std::vector<int> silent;
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(server_->port());
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int i = 0; i < 100; ++i) {
    silent.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ::connect(silent.back(), reinterpret_cast<const sockaddr*>(&to), sizeof(to));
  }
  server_.reset();
  for (const int fd : silent) ::close(fd);
}

TEST_F(MetricsServerTest, APortInUseIsAnErrorThatNamesTheOption) {
  Start();
  MetricsOptions options;
  options.port = server_->port();
  const auto second = StartMetricsServer(options);
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("prometheus-port"));
}

}  // namespace
}  // namespace koeru::server
