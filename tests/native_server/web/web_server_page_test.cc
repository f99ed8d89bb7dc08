// The page over a real TLS connection: what is served, and what is refused.
#include <gmock/gmock.h>

#include <thread>
#include <vector>

#include "tests/native_server/web/web_test_server.h"

namespace koeru::server::web {
namespace {

using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

using WebPage = WebServerTest;

TEST_F(WebPage, ServesFilesOfAllRootsWithTheirTypes) {
  Start();
  auto client = Client();
  const HttpAnswer page = client->Get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "<!doctype html>demo");
  EXPECT_EQ(page.Field("content-type"), "text/html; charset=utf-8");
  const HttpAnswer wasm = client->Get("/koeru.wasm");
  EXPECT_EQ(wasm.status, 200);
  EXPECT_EQ(wasm.Field("content-type"), "application/wasm");
  EXPECT_EQ(wasm.body, std::string("\0asm", 4));
}

TEST_F(WebPage, CarriesTheSecurityHeaders) {
  Start();
  const HttpAnswer page = Client()->Get("/");
  EXPECT_EQ(page.Field("content-security-policy"),
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
            "connect-src 'self' wss://localhost:" +
                std::to_string(port_) +
                "; media-src 'self' blob:; img-src 'self' data: blob:; object-src 'none'; "
                "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  EXPECT_EQ(page.Field("x-content-type-options"), "nosniff");
  EXPECT_EQ(page.Field("referrer-policy"), "no-referrer");
  EXPECT_THAT(page.Field("permissions-policy"), HasSubstr("camera=(self), microphone=(self)"));
  EXPECT_EQ(page.Field("cross-origin-opener-policy"), "same-origin");
  // RFC 6797 §8.4: not with a certificate that browsers do not trust.
  EXPECT_EQ(page.Field("strict-transport-security"), "");
}

TEST_F(WebPage, ErrorsCarryTheSecurityHeadersToo) {
  Start();
  auto client = Client();
  EXPECT_EQ(client->Get("/nothing").Field("x-content-type-options"), "nosniff");
  client->Send("NONSENSE\r\n\r\n");
  EXPECT_EQ(client->ReadAnswer().Field("x-content-type-options"), "nosniff");
}

TEST_F(WebPage, AnswersConditionsAndHead) {
  Start();
  auto client = Client();
  const HttpAnswer first = client->Get("/koeru.js");
  ASSERT_NE(first.Field("etag"), "");
  EXPECT_EQ(client->Get("/koeru.js", "If-None-Match: " + first.Field("etag") + "\r\n").status, 304);
  EXPECT_EQ(client->Get("/koeru.js", "If-None-Match: \"other\"\r\n").status, 200);
  EXPECT_EQ(client->Get("/koeru.js", "If-Modified-Since: " + first.Field("last-modified") + "\r\n")
                .status,
            304);
  client->Send(client->Request("HEAD", "/koeru.js"));
  const HttpAnswer head = client->ReadAnswer(/*head=*/true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.Field("content-length"), "10");
  EXPECT_EQ(client->Get("/").status, 200) << "the connection is still in step";
}

TEST_F(WebPage, LargeFilesArriveWholeAndInRanges) {
  std::string large(3'000'000, ' ');
  for (size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>('a' + i % 23);
  directory_.Write("dist/large.bin", large);
  Start();
  auto client = Client();
  EXPECT_EQ(client->Get("/large.bin").body, large);
  const HttpAnswer part = client->Get("/large.bin", "Range: bytes=1000000-1999999\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.Field("content-range"), "bytes 1000000-1999999/3000000");
  EXPECT_EQ(part.body, large.substr(1'000'000, 1'000'000));
  EXPECT_EQ(client->Get("/large.bin", "Range: bytes=3000000-\r\n").status, 416);
}

TEST_F(WebPage, AnswersRequestsThatComeTogetherInOrder) {
  Start();
  auto client = Client();
  client->Send(client->Request("GET", "/") + client->Request("GET", "/koeru.js"));
  EXPECT_EQ(client->ReadAnswer().body, "<!doctype html>demo");
  EXPECT_EQ(client->ReadAnswer().body, "var Koeru;");
}

TEST_F(WebPage, TraversalIsRefusedInEveryForm) {
  std::filesystem::create_symlink(directory_ / "secret.txt", directory_ / "dist/link.txt");
  std::filesystem::create_directory_symlink(directory_.path(), directory_ / "dist/up");
  Start();
  for (const char* target : {"/../secret.txt",
                             "/call/../../secret.txt",
                             "/%2e%2e/secret.txt",
                             "/%2E%2E%2Fsecret.txt",
                             "/..%2fsecret.txt",
                             "/..%5csecret.txt",
                             "/..\\secret.txt",
                             "/%252e%252e/secret.txt",
                             "/%c0%ae%c0%ae/secret.txt",
                             "/.%00./secret.txt",
                             "/koeru.js%00.html",
                             "/./secret.txt",
                             "//secret.txt",
                             "/call//../../secret.txt",
                             "/%uff0e%uff0e/secret.txt",
                             "/..;/secret.txt",
                             "/....//secret.txt",
                             "/link.txt",
                             "/up/secret.txt",
                             "/.env",
                             "/%2eenv",
                             "/call/..%00/",
                             "https://localhost/../secret.txt",
                             "/%",
                             "/%4",
                             "/%zz"}) {
    const HttpAnswer answer = Client()->Get(target);
    EXPECT_TRUE(answer.status == 400 || answer.status == 404) << target << ": " << answer.status;
    EXPECT_THAT(answer.body, Not(HasSubstr("not for the web"))) << target;
    EXPECT_THAT(answer.body, Not(HasSubstr("password"))) << target;
  }
}

TEST_F(WebPage, OversizedHeaderIs431) {
  Start();
  auto one = Client();
  EXPECT_EQ(one->Get("/", "X-Large: " + std::string(20'000, 'x') + "\r\n").status, 431);
  std::string many;
  for (int i = 0; i < 100; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";
  EXPECT_EQ(Client()->Get("/", many).status, 431);
}

TEST_F(WebPage, LongTargetIs414) {
  Start();
  EXPECT_EQ(Client()->Get("/" + std::string(5000, 'a')).status, 414);
}

TEST_F(WebPage, BodiesAreRefusedAndEndTheConnection) {
  Start();
  for (const char* body : {"Content-Length: 10\r\n", "Transfer-Encoding: chunked\r\n",
                           "Content-Length: 999999999999\r\n"}) {
    auto client = Client();
    const HttpAnswer answer = client->Get("/", body);
    EXPECT_EQ(answer.status, 413) << body;
    EXPECT_EQ(answer.Field("connection"), "close");
    EXPECT_TRUE(client->IsClosedWithin(5s));
  }
}

TEST_F(WebPage, Rfc9112_6_1_TwoLengthsAreNoRequest) {
  Start();
  auto client = Client();
  const HttpAnswer answer = client->Get("/", "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n");
  EXPECT_TRUE(answer.status == 400 || answer.status == 413) << answer.status;
  EXPECT_TRUE(client->IsClosedWithin(5s));
}

TEST_F(WebPage, Rfc9112_3_2_HostMustBeOneAndGood) {
  Start();
  for (const char* head :
       {"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a'; wss://evil.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n"}) {
    auto client = Client();
    client->Send(head);
    EXPECT_EQ(client->ReadAnswer().status, 400) << head;
  }
}

TEST_F(WebPage, OtherMethodsAre405) {
  Start();
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"}) {
    auto client = Client();
    client->Send(client->Request(method, "/"));
    const HttpAnswer answer = client->ReadAnswer();
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.Field("allow"), "GET, HEAD");
  }
}

TEST_F(WebPage, SlowHeaderIsCutOff) {
  options_.limits.header_time = 300ms;
  Start();
  auto client = Client();
  const auto begin = std::chrono::steady_clock::now();
  bool cut = false;
  for (const char c : client->Request("GET", "/")) {
    if (!client->Send(std::string_view(&c, 1)) || client->IsClosedWithin(50ms)) {
      cut = true;
      break;
    }
  }
  EXPECT_TRUE(cut);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

TEST_F(WebPage, SilentConnectionsAreCutOff) {
  door_options_.limits.handshake_time = 2s;
  options_.limits.header_time = 2s;
  options_.limits.idle_time = 2s;
  Start();
  WebTestClient before_tls(port_, WebTestClient::Kind::kPlain);
  EXPECT_TRUE(before_tls.IsClosedWithin(20s));
  WebTestClient inside_tls(port_, WebTestClient::Kind::kPlain);
  inside_tls.Send("\x16\x03\x01");
  EXPECT_TRUE(inside_tls.IsClosedWithin(20s));
  auto before_request = Client();
  EXPECT_TRUE(before_request->IsClosedWithin(20s));
  auto between_requests = Client();
  EXPECT_EQ(between_requests->Get("/").status, 200);
  EXPECT_TRUE(between_requests->IsClosedWithin(20s));
}

TEST_F(WebPage, ReaderThatStopsIsCutOff) {
  directory_.Write("dist/large.bin", std::string(64'000'000, 'x'));
  options_.limits.write_time = 500ms;
  Start();
  auto client = Client();
  client->Send(client->Request("GET", "/large.bin"));
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (door_->counts().connections != 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_EQ(door_->counts().connections, 0u);
}

TEST_F(WebPage, HalfOpenHandshakesOfOneSourceAreCapped) {
  door_options_.limits.half_open_per_source = 4;
  Start();
  std::vector<std::unique_ptr<WebTestClient>> idle;
  for (int i = 0; i < 4; ++i) {
    idle.push_back(std::make_unique<WebTestClient>(port_, WebTestClient::Kind::kPlain));
  }
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (door_->counts().half_open != 4 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_FALSE(Client()->connected());
  idle.clear();
  while (door_->counts().half_open != 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_TRUE(Client()->connected());
}

TEST_F(WebPage, ConnectionsOfOneSourceAreCapped) {
  door_options_.limits.connections_per_source = 3;
  Start();
  std::vector<std::unique_ptr<WebTestClient>> open;
  for (int i = 0; i < 3; ++i) open.push_back(Client());
  EXPECT_EQ(open.back()->Get("/").status, 200);
  EXPECT_FALSE(Client()->connected());
}

TEST_F(WebPage, FloodOfConnectionsIsSlowed) {
  door_options_.limits.connects_per_source_burst = 5;
  door_options_.limits.connects_per_source_per_s = 0.1;
  Start();
  int admitted = 0;
  for (int i = 0; i < 20; ++i) admitted += Client()->connected() ? 1 : 0;
  EXPECT_GE(admitted, 5);
  EXPECT_LE(admitted, 7);
}

TEST_F(WebPage, ConnectionEndsAfterItsRequests) {
  options_.limits.requests_per_connection = 3;
  Start();
  auto client = Client();
  EXPECT_EQ(client->Get("/").Field("connection"), "");
  EXPECT_EQ(client->Get("/").Field("connection"), "");
  EXPECT_EQ(client->Get("/").Field("connection"), "close");
  EXPECT_TRUE(client->IsClosedWithin(5s));
}

TEST_F(WebPage, PlainHttpOnTheTlsPortIsSentToHttps) {
  Start();
  WebTestClient client(port_, WebTestClient::Kind::kPlain);
  const HttpAnswer answer = client.Get("/call/?a=b");
  EXPECT_EQ(answer.status, 308);
  EXPECT_EQ(answer.Field("location"), "https://localhost:" + std::to_string(port_) + "/call/?a=b");
  EXPECT_TRUE(client.IsClosedWithin(5s));
}

TEST_F(WebPage, GarbageOnTheTlsPortIsClosed) {
  Start();
  WebTestClient client(port_, WebTestClient::Kind::kPlain);
  client.Send(std::string("\x80\x2e\x01\x00\x02", 5));  // a hello of SSL 2
  EXPECT_TRUE(client.IsClosedWithin(5s));
  WebTestClient alert(port_, WebTestClient::Kind::kPlain);
  alert.Send("\x16GET / HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(alert.IsClosedWithin(5s));
}

TEST_F(WebPage, RedirectPortSendsToHttpsAndServesNothing) {
  Start();
  WebTestClient client(redirect_port_, WebTestClient::Kind::kPlain);
  client.Send("GET /koeru.js HTTP/1.1\r\nHost: relay.example.org:8080\r\n\r\n");
  const HttpAnswer answer = client.ReadAnswer();
  EXPECT_EQ(answer.status, 308);
  EXPECT_EQ(answer.Field("location"),
            "https://relay.example.org:" + std::to_string(port_) + "/koeru.js");
  EXPECT_EQ(answer.Field("cache-control"), "no-store");
}

TEST_F(WebPage, RedirectPortSendsChallengesOfAnAuthorityElsewhere) {
  options_.acme_redirect = "http://acme.example.org/";
  Start();
  WebTestClient client(redirect_port_, WebTestClient::Kind::kPlain);
  client.Send("GET /.well-known/acme-challenge/abc HTTP/1.1\r\nHost: relay.example.org\r\n\r\n");
  EXPECT_EQ(client.ReadAnswer().Field("location"), "http://acme.example.org/abc");
}

TEST_F(WebPage, LogEscapesWhatComesFromOutsideAndKeepsSecretsOut) {
  Start();
  auto client = Client();
  client->Get("/x%0aFAKE\"\xc3\xa9?token=s3cret");
  client->Get("/ok?password=s3cret", "Cookie: s3cret\r\nAuthorization: Basic s3cret\r\n");
  const std::string log = Log();
  EXPECT_THAT(log, HasSubstr("\"/ok\" 404"));
  EXPECT_THAT(log, Not(HasSubstr("s3cret")));
  EXPECT_THAT(log, HasSubstr("/x%0aFAKE\\\"\\xc3\\xa9"));
  EXPECT_THAT(LoudLog(), Not(HasSubstr("127.0.0.1")));
}

TEST_F(WebPage, PageCanBeSwitchedOff) {
  options_.serve_page = false;
  Start();
  EXPECT_EQ(Client()->Get("/").status, 404);
  EXPECT_EQ(Signaller()->ReadText(0ms), "");
}

TEST_F(WebPage, ReloadGivesNewConnectionsTheNewCertificate) {
  const TemporaryDirectory state;
  const SelfSignedCertificate files = MakeCertificate(state.path());
  door_options_.certificate_file = files.certificate_file;
  door_options_.key_file = files.key_file;
  Start();
  auto old = Client();
  std::filesystem::remove(files.certificate_file);
  EXPECT_FALSE(door_->ReloadCertificate().ok());
  EXPECT_TRUE(Client()->connected()) << "the old certificate is still in use";
  MakeCertificate(state.path());
  EXPECT_TRUE(door_->ReloadCertificate().ok());
  EXPECT_EQ(Client()->Get("/").status, 200);
  EXPECT_EQ(old->Get("/").status, 200);
}

TEST_F(WebPage, PortInUseIsAClearError) {
  Start();
  door_options_.endpoints = {{.where = {"127.0.0.1", port_}, .lets_in = {.https = true}}};
  const auto second = Door::Open(door_options_);
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("choose another port"));
}

TEST_F(WebPage, MissingRootIsAClearError) {
  Start();
  options_.roots.push_back("/nowhere/dist");
  const auto server = WebServer::Make(options_, *door_);
  ASSERT_FALSE(server.ok());
  EXPECT_THAT(std::string(server.status().message()), HasSubstr("/nowhere/dist"));
}

}  // namespace
}  // namespace koeru::server::web
