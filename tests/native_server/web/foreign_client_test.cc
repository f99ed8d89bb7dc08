// The server as seen by clients that are not ours: curl and OpenSSL. Skipped where they are not
// installed; the other tests of this folder do not need them.
#include <gmock/gmock.h>

#include <array>
#include <cstdio>

#include "tests/native_server/web/web_test_server.h"

namespace koeru::server::web {
namespace {

using testing::HasSubstr;
using testing::Not;

class ForeignClient : public WebServerTest {
 protected:
  // What a shell command prints, errors included; it gets ten seconds.
  static std::string Run(const std::string& command) {
    FILE* pipe = popen(("{ timeout 10 " + command + "; } 2>&1 </dev/null").c_str(), "r");
    std::string output;
    std::array<char, 4096> some{};
    for (size_t n = 0; (n = fread(some.data(), 1, some.size(), pipe)) > 0;) {
      output.append(some.data(), n);
    }
    pclose(pipe);
    return output;
  }
  static bool Has(const std::string& program) {
    return !Run("sh -c 'command -v " + program + "'").empty();
  }
  std::string Address() const { return "localhost:" + std::to_string(port_); }
  // curl that trusts exactly the server's own certificate.
  std::string Curl(const std::string& rest) const {
    return Run("curl -sS --noproxy '*' --cacert " + door_options_.certificate_file + " -4 " + rest);
  }
  std::string OpenSsl(const std::string& rest) const {
    return Run("openssl s_client -connect " + Address() + " -CAfile " +
               door_options_.certificate_file + " -verify_return_error " + rest);
  }
};

TEST_F(ForeignClient, CurlTrustsTheSelfSignedCertificateByNameAndGetsThePage) {
  if (!Has("curl")) GTEST_SKIP() << "curl is not installed";
  Start();
  EXPECT_EQ(Curl("https://" + Address() + "/"), "<!doctype html>demo");
  EXPECT_EQ(Curl("https://127.0.0.1:" + std::to_string(port_) + "/koeru.js"), "var Koeru;");
  EXPECT_THAT(Curl("-I https://" + Address() + "/koeru.wasm"), HasSubstr("application/wasm"));
}

TEST_F(ForeignClient, CurlSpeaksTheProxyProtocolAsALoadBalancerWould) {
  if (!Has("curl")) GTEST_SKIP() << "curl is not installed";
  for (DoorEndpoint& endpoint : door_options_.endpoints) {
    endpoint.lets_in.behind_proxy = endpoint.lets_in.https;
  }
  door_options_.proxies = {*net::Prefix::Parse("127.0.0.1")};
  Start();
  const std::string url = "https://" + Address() + "/koeru.js";
  EXPECT_EQ(Curl("--haproxy-protocol " + url), "var Koeru;");
  EXPECT_THAT(Curl(url), Not(HasSubstr("var Koeru;")));
}

TEST_F(ForeignClient, CurlFollowsTheRedirectsFromPlainHttp) {
  if (!Has("curl")) GTEST_SKIP() << "curl is not installed";
  Start();
  const std::string plain = std::to_string(redirect_port_);
  EXPECT_EQ(Curl("-L http://localhost:" + plain + "/koeru.js"), "var Koeru;");
  EXPECT_EQ(Curl("-L http://" + Address() + "/call"), "<!doctype html>call");
}

TEST_F(ForeignClient, CurlGetsNoFileAboveTheRoots) {
  if (!Has("curl")) GTEST_SKIP() << "curl is not installed";
  Start();
  for (const char* path : {"/../secret.txt", "/%2e%2e/secret.txt", "/call/../../secret.txt"}) {
    EXPECT_THAT(Curl("--path-as-is https://" + Address() + path),
                Not(HasSubstr("not for the web")));
  }
}

TEST_F(ForeignClient, CurlWithOldVersionsOfTlsIsRefused) {
  if (!Has("curl")) GTEST_SKIP() << "curl is not installed";
  Start();
  EXPECT_THAT(
      Curl("--tlsv1.0 --tls-max 1.1 --ciphers DEFAULT@SECLEVEL=0 https://" + Address() + "/"),
      HasSubstr("curl: ("));
}

TEST_F(ForeignClient, OpenSslAgreesOnBothVersionsAndOnAlpn) {
  if (!Has("openssl")) GTEST_SKIP() << "openssl is not installed";
  Start();
  const std::string tls13 = OpenSsl("-tls1_3 -alpn h2,http/1.1");
  EXPECT_THAT(tls13, HasSubstr("TLSv1.3"));
  EXPECT_THAT(tls13, HasSubstr("ALPN protocol: http/1.1"));
  EXPECT_THAT(tls13, HasSubstr("Verify return code: 0 (ok)"));
  const std::string tls12 = OpenSsl("-tls1_2");
  EXPECT_THAT(tls12, HasSubstr("TLSv1.2"));
  EXPECT_THAT(tls12, HasSubstr("ECDHE-ECDSA-AES"));
}

TEST_F(ForeignClient, OpenSslGetsNoCipherWithoutForwardSecrecy) {
  if (!Has("openssl")) GTEST_SKIP() << "openssl is not installed";
  Start();
  EXPECT_THAT(OpenSsl("-tls1_2 -cipher AES128-SHA:ECDHE-ECDSA-AES128-SHA"),
              HasSubstr("handshake failure"));
}

TEST_F(ForeignClient, Rfc5077_OpenSslResumesWithItsTicket) {
  if (!Has("openssl")) GTEST_SKIP() << "openssl is not installed";
  Start();
  EXPECT_THAT(OpenSsl("-tls1_2 -reconnect"), HasSubstr("Reused, TLSv1.2"));
}

TEST_F(ForeignClient, Rfc8446_2_2_OpenSslResumesWithItsTicket) {
  if (!Has("openssl")) GTEST_SKIP() << "openssl is not installed";
  Start();
  const std::string session = directory_ / "session.pem";
  const std::string request =
      "printf 'GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\n"
      "Connection: close\\r\\n\\r\\n' | ";
  const std::string client =
      "timeout 10 openssl s_client -connect " + Address() + " -tls1_3 -ign_eof";
  EXPECT_THAT(Run("sh -c \"" + request + client + " -sess_out " + session + "\""),
              HasSubstr("New, TLSv1.3"));
  EXPECT_THAT(Run("sh -c \"" + request + client + " -sess_in " + session + "\""),
              HasSubstr("Reused, TLSv1.3"));
}

}  // namespace
}  // namespace koeru::server::web
