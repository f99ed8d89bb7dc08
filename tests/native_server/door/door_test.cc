// What a connection speaks is found out from its first bytes and from ALPN.

#include "native_server/door/door.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include <thread>

#include "tests/native_server/door/door_test_server.h"

namespace koeru::server {
namespace {

const std::string kGet = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

Bytes AsBytes(const std::string& text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

TEST(Door, Rfc7443_ConnectionsWithTheAlpnOfTurnGoToTheRelay) {
  DoorTestServer server;
  for (const char* name : {"stun.turn", "stun.nat-discovery"}) {
    for (const std::vector<std::string>& offer :
         {std::vector<std::string>{name}, std::vector<std::string>{"http/1.1", name}}) {
      TestClient client = server.NewClient(DoorTestServer::ClientTls(offer));
      ASSERT_TRUE(client.stream().connected());
      EXPECT_EQ(client.stream().tls()->alpn(), name);
      EXPECT_EQ(client.Binding(), 0);
    }
  }
  TestStream web(server.endpoint(), DoorTestServer::ClientTls({"http/1.1"}));
  EXPECT_TRUE(Eventually([&] { return server.https == 1; }));
}

TEST(Door, WithoutAlpnTheFirstByteInsideTlsDecides) {
  DoorTestServer server;
  EXPECT_EQ(server.NewClient(DoorTestServer::ClientTls()).Binding(), 0);
  TestStream web(server.endpoint(), DoorTestServer::ClientTls());
  EXPECT_TRUE(web.Send(AsBytes(kGet)));
  EXPECT_TRUE(Eventually([&] { return server.https == 1; }));
}

TEST(Door, TellsPlainTurnAndPlainHttpApartOnTheTlsPort) {
  DoorTestServer server;
  EXPECT_EQ(server.NewClient().Binding(), 0);
  TestStream web(server.endpoint());
  EXPECT_TRUE(web.Send(AsBytes(kGet)));
  EXPECT_TRUE(Eventually([&] { return server.plain_http == 1; }));
}

TEST(Door, ClosesWhatAPortDoesNotLetIn) {
  DoorTestServer server([](DoorOptions& options) {
    options.endpoints[0].lets_in = {.turn = false, .turn_tls = true, .https = false};
    options.endpoints[1].lets_in = {.turn = false, .turn_tls = false, .https = true};
  });
  EXPECT_EQ(server.NewClient(DoorTestServer::ClientTls()).Binding(), 0);
  TestClient plain = server.NewClient();
  EXPECT_EQ(plain.Binding(), -1);
  EXPECT_TRUE(plain.stream().IsClosedWithin(5000));
  TestClient over_tls = server.NewClient(DoorTestServer::ClientTls(), net::Family::kIpv6);
  EXPECT_EQ(over_tls.Binding(), -1);
  EXPECT_TRUE(over_tls.stream().IsClosedWithin(5000));
  for (const char* first : {"GET", "\x80", "\xff\xff", "\x04"}) {
    TestStream stream(server.endpoint());
    stream.Send(AsBytes(first));
    EXPECT_TRUE(stream.IsClosedWithin(5000)) << first;
  }
}

TEST(Door, ClosesTlsWhereThereIsNoCertificate) {
  DoorTestServer server([](DoorOptions& options) {
    options.endpoints.resize(1);
    options.endpoints[0].lets_in = {.turn = true};
    options.certificate_file.clear();
    options.key_file.clear();
  });
  EXPECT_EQ(server.NewClient().Binding(), 0);
  EXPECT_FALSE(TestStream(server.endpoint(), DoorTestServer::ClientTls()).connected());
}

TEST(Door, MissingCertificateIsAClearError) {
  const auto door =
      Door::Open({.endpoints = {{.where = {"127.0.0.1", 0}, .lets_in = {.turn_tls = true}}},
                  .certificate_file = "/nowhere/cert.pem",
                  .key_file = "/nowhere/key.pem"});
  ASSERT_FALSE(door.ok());
  EXPECT_THAT(std::string(door.status().message()), testing::HasSubstr("/nowhere/"));
}

TEST(Door, ConnectionsThatSayNothingAreCutOffAndCapped) {
  DoorTestServer server([](DoorOptions& options) {
    options.limits.handshake_time = std::chrono::milliseconds(500);
    options.limits.half_open_per_source = 3;
  });
  std::vector<std::unique_ptr<TestStream>> silent;
  for (int i = 0; i < 3; ++i) silent.push_back(std::make_unique<TestStream>(server.endpoint()));
  EXPECT_TRUE(Eventually([&] { return server.door().counts().half_open == 3; }));
  EXPECT_EQ(server.NewClient().Binding(), -1);
  for (const auto& stream : silent) EXPECT_TRUE(stream->IsClosedWithin(10'000));
  EXPECT_EQ(server.NewClient().Binding(), 0);
}

TEST(Door, HandshakesThatAllBeginAtOnceWaitForTheirTurnAndSucceed) {
  DoorTestServer server([](DoorOptions& options) {
    options.limits.half_open = 4;
    options.limits.half_open_per_source = 1000;
  });
  std::atomic<int> succeeded{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 40; ++i) {
    clients.emplace_back([&] {
      TestClient client = server.NewClient(DoorTestServer::ClientTls({"stun.turn"}));
      if (client.stream().connected() && client.Binding() == 0) ++succeeded;
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(succeeded, 40);
}

TEST(Door, APlaceIsFreeAgainWhenTheRelayHasClosedTheConnection) {
  DoorTestServer server([](DoorOptions& options) { options.limits.connections_per_source = 1; });
  {
    TestClient first = server.NewClient();
    EXPECT_EQ(first.Binding(), 0);
    EXPECT_EQ(server.NewClient().Binding(), -1);
  }
  EXPECT_TRUE(Eventually([&] { return server.door().counts().connections == 0; }));
  EXPECT_EQ(server.NewClient().Binding(), 0);
}

}  // namespace
TEST(Door, HttpOnAPortForTurnIsAnsweredWithAWordOfHelp) {
  DoorTestServer server([](DoorOptions& options) {
    options.endpoints[0].lets_in = {.turn = true, .turn_tls = true, .https = false};
  });
  TestStream stream(server.endpoint());
  ASSERT_TRUE(stream.Send(AsBytes(kGet)));
  const std::vector<uint8_t> answer = stream.ReceiveBytes(4096);
  const std::string text(answer.begin(), answer.end());
  EXPECT_EQ(text.rfind("HTTP/1.1 400 Bad Request\r\n", 0), 0u) << text;
  EXPECT_NE(text.find("\r\n\r\nThis port speaks TURN"), std::string::npos) << text;
  const size_t body = text.size() - text.find("\r\n\r\n") - 4;
  EXPECT_NE(text.find("Content-Length: " + std::to_string(body) + "\r\n"), std::string::npos);
}

TEST(Door, CountsHandshakesThatFinishedAndThatFailed) {
  DoorTestServer server;
  EXPECT_EQ(server.NewClient(DoorTestServer::ClientTls({"stun.turn"})).Binding(), 0);
  TestStream broken(server.endpoint());
  ASSERT_TRUE(broken.Send(std::vector<uint8_t>{22, 3, 1, 0, 4, 1, 0, 0, 0}));
  EXPECT_TRUE(Eventually([&] {
    const HandshakeCounts tls = server.door().counts().tls;
    return tls.finished.total() == 1 && tls.failed == 1 && tls.refused == 0;
  }));
  EXPECT_GT(server.door().counts().tls.finished.sum, net::Duration(0));
}

TEST(Door, WithAuthoritiesForClientsOnlyThoseWithACertificateGetIn) {
  const TemporaryDirectory directory;
  const std::string key = directory / "client.key", certificate = directory / "client.pem";
  ASSERT_EQ(std::system(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                         "-subj /CN=client -addext extendedKeyUsage=clientAuth -keyout " +
                         key + " -out " + certificate + " 2>/dev/null")
                            .c_str()),
            0);
  DoorTestServer server([&](DoorOptions& options) { options.client_ca_file = certificate; });
  const std::string connect = "openssl s_client -quiet -alpn stun.turn -connect 127.0.0.1:" +
                              std::to_string(server.endpoint().port);
  const std::string with = " -cert " + certificate + " -key " + key;
  // A Binding request; the answer is as long as the success response with XOR-MAPPED-ADDRESS.
  const std::string ask =
      "(printf '\\000\\001\\000\\000\\041\\022\\244\\102ABCDEFGHIJKL'; sleep 1) | timeout 10 ";
  const std::string counted = " 2>/dev/null | wc -c > ";
  const std::string path = directory / "size";
  const auto bytes = [&](const std::string& options) {
    EXPECT_EQ(std::system((ask + connect + options + counted + path).c_str()), 0);
    size_t size = 0;
    std::ifstream(path) >> size;
    return size;
  };
  EXPECT_EQ(bytes(with), 32u);
  EXPECT_EQ(bytes(""), 0u);
}

}  // namespace koeru::server
