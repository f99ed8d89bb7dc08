#include "native_server/web/router.h"

#include <gmock/gmock.h>

#include "native_server/web/ice_servers.h"
#include "native_server/door/log_text.h"
#include "native_server/web/redirect.h"
#include "native_server/web/security_headers.h"

namespace koeru::server::web {
namespace {

namespace http = boost::beast::http;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

RequestHeader Get(const char* target, const char* host = "relay.example.org:8443") {
  RequestHeader header;
  header.method(http::verb::get);
  header.target(target);
  header.version(11);
  header.set(http::field::host, host);
  return header;
}

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    options_.serve_page = false;
    options_.ice_servers = [](const RequestInfo& info) -> std::optional<std::string> {
      return BuildIceServersJson({.host = info.host,
                                  .udp_port = 3478,
                                  .username = "1790000000:x",
                                  .credential = "c2VjcmV0",
                                  .ttl_s = 600});
    };
    options_.stats = [](const RequestInfo&) { return std::optional<std::string>("{\"n\":1}"); };
  }
  Reply Handle(const RequestHeader& header) {
    if (!router_) router_.emplace(options_);
    return router_->Handle(header, context_);
  }
  std::string Field(const Reply& reply, const char* name) {
    const auto value = reply.fields[name];
    return {value.data(), value.size()};
  }

  WebOptions options_;
  RequestContext context_{.source = boost::asio::ip::make_address("192.0.2.1"),
                          .local_port = 8443,
                          .now = TimePoint(1h)};
  std::optional<Router> router_;
};

TEST_F(RouterTest, IceServersUseTheHostThatThePageUsed) {
  EXPECT_EQ(Handle(Get("/ice-servers")).body,
            R"({"iceServers":[{"urls":["stun:relay.example.org:3478"]},)"
            R"({"urls":["turn:relay.example.org:3478?transport=udp"],)"
            R"("username":"1790000000:x","credential":"c2VjcmV0"}],"ttl":600})");
  EXPECT_THAT(Handle(Get("/ice-servers", "[FD00::7]:8443")).body,
              HasSubstr("\"turn:[fd00::7]:3478?transport=udp\""));
  EXPECT_EQ(Handle(Get("/ice-servers", "evil\" host")).status_code(), 400u);
}

TEST_F(RouterTest, CredentialsAreNeverStoredOrShared) {
  const Reply reply = Handle(Get("/ice-servers"));
  EXPECT_EQ(Field(reply, "Cache-Control"), "no-store");
  EXPECT_EQ(Field(reply, "Access-Control-Allow-Origin"), "");
  EXPECT_EQ(Field(reply, "Cross-Origin-Resource-Policy"), "same-origin");
}

TEST_F(RouterTest, CredentialsAreOnlyForPagesOfThisServer) {
  for (const char* site : {"cross-site", "same-site"}) {
    RequestHeader header = Get("/ice-servers");
    header.set("Sec-Fetch-Site", site);
    EXPECT_EQ(Handle(header).status_code(), 403u) << site;
  }
  RequestHeader foreign = Get("/ice-servers");
  foreign.set(http::field::origin, "https://evil.example");
  EXPECT_EQ(Handle(foreign).status_code(), 403u);
  RequestHeader own = Get("/ice-servers");
  own.set("Sec-Fetch-Site", "same-origin");
  EXPECT_EQ(Handle(own).status_code(), 200u);
}

TEST_F(RouterTest, AllowedOriginGetsCredentialsWithCors) {
  options_.allowed_origins = {"https://app.example.org"};
  RequestHeader header = Get("/ice-servers");
  header.set(http::field::origin, "https://app.example.org");
  header.set("Sec-Fetch-Site", "same-site");
  const Reply reply = Handle(header);
  EXPECT_EQ(reply.status_code(), 200);
  EXPECT_EQ(Field(reply, "Access-Control-Allow-Origin"), "https://app.example.org");
  EXPECT_EQ(Field(reply, "Vary"), "Origin");
}

TEST_F(RouterTest, FloodOfCredentialRequestsIs429) {
  for (int i = 0; i < 60; ++i) EXPECT_EQ(Handle(Get("/ice-servers")).status_code(), 200u);
  const Reply refused = Handle(Get("/ice-servers"));
  EXPECT_EQ(refused.status_code(), 429);
  EXPECT_EQ(Field(refused, "Retry-After"), "2");
  context_.now += 2s;
  EXPECT_EQ(Handle(Get("/ice-servers")).status_code(), 200u);
  EXPECT_EQ(Handle(Get("/ice-servers")).status_code(), 429u);
  context_.source = boost::asio::ip::make_address("192.0.2.2");
  EXPECT_EQ(Handle(Get("/ice-servers")).status_code(), 200u) << "others are not slowed";
}

TEST_F(RouterTest, NoCredentialAtTheMomentIs503) {
  options_.ice_servers = [](const RequestInfo&) { return std::optional<std::string>(); };
  EXPECT_EQ(Handle(Get("/ice-servers")).status_code(), 503u);
}

TEST_F(RouterTest, StatsAreForThisMachineOnly) {
  EXPECT_EQ(Handle(Get("/stats.json")).status_code(), 404u);
  for (const char* local : {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"}) {
    context_.source = boost::asio::ip::make_address(local);
    EXPECT_EQ(Handle(Get("/stats.json")).body, "{\"n\":1}") << local;
  }
  context_.source = boost::asio::ip::make_address("::ffff:192.0.2.1");
  EXPECT_EQ(Handle(Get("/stats.json")).status_code(), 404u);
}

TEST_F(RouterTest, StatsCanBeAllowed) {
  options_.may_see_stats = [](const RequestInfo& info) { return info.source == "192.0.2.1"; };
  EXPECT_EQ(Handle(Get("/stats.json")).status_code(), 200u);
  context_.source = boost::asio::ip::make_address("192.0.2.2");
  EXPECT_EQ(Handle(Get("/stats.json")).status_code(), 404u);
}

TEST_F(RouterTest, HealthIsTold) {
  bool healthy = true;
  options_.healthy = [&] { return healthy; };
  EXPECT_EQ(Handle(Get("/healthz")).status_code(), 200u);
  healthy = false;
  EXPECT_EQ(Handle(Get("/healthz")).status_code(), 503u);
}

TEST_F(RouterTest, ReadinessIsToldApartFromHealth) {
  bool ready = true;
  options_.ready = [&] { return ready; };
  EXPECT_EQ(Handle(Get("/readyz")).status_code(), 200u);
  ready = false;
  EXPECT_EQ(Handle(Get("/readyz")).status_code(), 503u);
  EXPECT_EQ(Handle(Get("/healthz")).status_code(), 200u);
}

TEST_F(RouterTest, EachServiceIsSwitchedByItself) {
  options_.serve_signalling = false;
  options_.serve_ice_servers = false;
  EXPECT_EQ(Handle(Get("/signal")).status_code(), 404u);
  EXPECT_EQ(Handle(Get("/ice-servers")).status_code(), 404u);
  EXPECT_EQ(Handle(Get("/")).status_code(), 404u);
  EXPECT_EQ(Handle(Get("/healthz")).status_code(), 200u);
}

TEST_F(RouterTest, PlainRequestToTheWebSocketIs426) {
  const Reply reply = Handle(Get("/signal"));
  EXPECT_EQ(reply.status_code(), 426);
  EXPECT_EQ(Field(reply, "Upgrade"), "websocket");
}

TEST_F(RouterTest, HstsOnlyWithACertificateThatBrowsersTrust) {
  EXPECT_EQ(Field(Handle(Get("/healthz")), "Strict-Transport-Security"), "");
  context_.hsts = true;
  EXPECT_EQ(Field(Handle(Get("/healthz")), "Strict-Transport-Security"), "max-age=31536000");
}

class UpgradeTest : public RouterTest {
 protected:
  int Upgrade(const char* origin, const char* protocol, const char* target = "/signal") {
    RequestHeader header = Get(target);
    if (*origin != '\0') header.set(http::field::origin, origin);
    if (*protocol != '\0') header.set(http::field::sec_websocket_protocol, protocol);
    if (!router_) router_.emplace(options_);
    const auto refusal = router_->CheckUpgrade(header, context_);
    return refusal ? static_cast<int>(refusal->status_code()) : 101;
  }
};

TEST_F(UpgradeTest, OriginMustMatchHost) {
  EXPECT_EQ(Upgrade("https://relay.example.org:8443", "koeru.signal.v1"), 101);
  EXPECT_EQ(Upgrade("https://evil.example", "koeru.signal.v1"), 403);
  EXPECT_EQ(Upgrade("http://relay.example.org:8443", "koeru.signal.v1"), 403);
  EXPECT_EQ(Upgrade("null", "koeru.signal.v1"), 403);
  EXPECT_EQ(Upgrade("", "koeru.signal.v1"), 403);
}

TEST_F(UpgradeTest, AllowedOriginMayConnect) {
  options_.allowed_origins = {"https://app.example.org"};
  EXPECT_EQ(Upgrade("https://app.example.org", "koeru.signal.v1"), 101);
}

TEST_F(UpgradeTest, SubprotocolMustBeAskedFor) {
  EXPECT_EQ(Upgrade("https://relay.example.org:8443", ""), 400);
  EXPECT_EQ(Upgrade("https://relay.example.org:8443", "chat"), 400);
  EXPECT_EQ(Upgrade("https://relay.example.org:8443", "chat, koeru.signal.v1"), 101);
}

TEST_F(UpgradeTest, OtherPathsAreNoWebSockets) {
  EXPECT_EQ(Upgrade("https://relay.example.org:8443", "koeru.signal.v1", "/"), 404);
  EXPECT_EQ(Upgrade("https://relay.example.org:8443", "koeru.signal.v1", "/x/../signal"), 404);
}

TEST_F(UpgradeTest, FloodOfUpgradesIs429) {
  for (int i = 0; i < 60; ++i) Upgrade("https://relay.example.org:8443", "koeru.signal.v1");
  EXPECT_EQ(Upgrade("https://relay.example.org:8443", "koeru.signal.v1"), 429);
}

TEST(Redirect, KeepsThePathAndChangesSchemeAndPort) {
  const Reply reply = RedirectToHttps(Get("/call/?x=1", "192.168.1.20:8080"), {}, 8443);
  EXPECT_EQ(reply.fields[http::field::location], "https://192.168.1.20:8443/call/?x=1");
  EXPECT_EQ(RedirectToHttps(Get("/", "[fd00::7]"), {}, 443).fields[http::field::location],
            "https://[fd00::7]/");
}

TEST(Redirect, HostThatIsNoHostGoesNowhere) {
  for (const char* host : {"a b", "evil.example/", "a@evil.example", "a\"b", ""}) {
    const Reply reply = RedirectToHttps(Get("/", host), {}, 443);
    EXPECT_EQ(reply.status_code(), 400) << host;
    EXPECT_EQ(reply.fields.count(http::field::location), 0u) << host;
  }
  EXPECT_EQ(RedirectToHttps(Get("http://evil.example/", "a"), {}, 443).status_code(), 400);
  EXPECT_EQ(RedirectToHttps(Get("/\"><script>", "a"), {}, 443).status_code(), 400);
}

TEST(ContentSecurityPolicy, AllowsNeitherEvalNorInline) {
  const std::string policy = ContentSecurityPolicy("a:1");
  EXPECT_THAT(policy, HasSubstr("connect-src 'self' wss://a:1;"));
  EXPECT_THAT(policy, Not(HasSubstr("'unsafe-eval'")));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe-inline")));
}

TEST(IceServers, OffersWhatIsThere) {
  EXPECT_EQ(BuildIceServersJson({.host = "h", .ttl_s = 1}), R"({"iceServers":[],"ttl":1})");
  const std::string all = BuildIceServersJson({.host = "2001:db8::1",
                                               .udp_port = 1,
                                               .tcp_port = 2,
                                               .tls_port = 3,
                                               .username = "u\"",
                                               .credential = "c"});
  EXPECT_THAT(all, HasSubstr("\"turn:[2001:db8::1]:1?transport=udp\","
                             "\"turn:[2001:db8::1]:2?transport=tcp\","
                             "\"turns:[2001:db8::1]:3?transport=tcp\""));
  EXPECT_THAT(all, HasSubstr("\"username\":\"u\\\"\""));
}

TEST(LogText, IsOneLineOfAsciiWhateverComes) {
  EXPECT_EQ(Escaped("a\r\n\"b'\\\x1b[31m\xff"), R"(a\r\n\"b\'\\\x1b[31m\xff)");
  EXPECT_EQ(Escaped(std::string(500, 'a')).size(), 123u);
}

}  // namespace
}  // namespace koeru::server::web
