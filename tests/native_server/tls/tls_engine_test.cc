#include "native_server/tls/tls_engine.h"

#include <boost/asio/error.hpp>
#include <numeric>

#include "native_server/tls/tls_error.h"
#include "tests/native_server/tls/tls_test_support.h"

namespace koeru::server {
namespace {

class TlsEngineTest : public testing::Test {
 protected:
  std::unique_ptr<EnginePair> Connect(TlsClientOptions client_options,
                                      std::vector<std::string> server_alpn = {},
                                      const std::string& name = "localhost") {
    auto client = TlsContext::ForClient(std::move(client_options));
    EXPECT_TRUE(client.ok()) << client.status();
    return std::unique_ptr<EnginePair>(
        new EnginePair{TlsEngine(*client, name),
                       TlsEngine(ServerContext(directory_.path(), std::move(server_alpn))),
                       {},
                       {}});
  }
  TemporaryDirectory directory_;
};

std::vector<uint8_t> Numbers(size_t size) {
  std::vector<uint8_t> bytes(size);
  std::iota(bytes.begin(), bytes.end(), uint8_t{0});
  return bytes;
}

TEST_F(TlsEngineTest, AgreesOnTls13ByDefault) {
  auto pair = Connect({});
  const auto [client, server] = pair->Handshake();
  EXPECT_FALSE(client) << client.message();
  EXPECT_FALSE(server) << server.message();
  EXPECT_EQ(pair->server.version(), "TLSv1.3");
}

TEST_F(TlsEngineTest, SpeaksTls12WithForwardSecrecyAndAead) {
  auto pair = Connect({.highest = TlsVersion::k1_2});
  const auto [client, server] = pair->Handshake();
  EXPECT_FALSE(client) << client.message();
  EXPECT_FALSE(server) << server.message();
  EXPECT_EQ(pair->server.version(), "TLSv1.2");
  EXPECT_EQ(pair->server.cipher_suite(), "TLS-ECDHE-ECDSA-WITH-AES-128-GCM-SHA256");
}

TEST_F(TlsEngineTest, HandshakeArrivingByteByByteSucceeds) {
  auto pair = Connect({});
  const auto [client, server] = pair->Handshake(/*piece=*/1);
  EXPECT_FALSE(client) << client.message();
  EXPECT_FALSE(server) << server.message();
}

TEST_F(TlsEngineTest, ClientThatTrustsTheCertificateChecksTheName) {
  ServerContext(directory_.path());
  auto good = Connect({.trusted_file = directory_ / "cert.pem", .alpn = {}}, {}, "localhost");
  EXPECT_FALSE(good->Handshake().first);
  auto bad = Connect({.trusted_file = directory_ / "cert.pem", .alpn = {}}, {}, "example.org");
  EXPECT_TRUE(bad->Handshake().first);
}

TEST_F(TlsEngineTest, Rfc7301_AgreesOnTheServersPreferredProtocol) {
  auto pair = Connect({.alpn = {"http/1.1", "stun.turn"}}, {"stun.turn", "http/1.1"});
  pair->Handshake();
  EXPECT_EQ(pair->server.alpn(), "stun.turn");
  EXPECT_EQ(pair->client.alpn(), "stun.turn");
}

TEST_F(TlsEngineTest, Rfc7301_3_2_NoCommonProtocolIsAFatalAlert) {
  auto pair = Connect({.alpn = {"h2"}}, {"http/1.1"});
  const auto [client, server] = pair->Handshake();
  EXPECT_TRUE(client);
  EXPECT_TRUE(server);
}

TEST_F(TlsEngineTest, CarriesDataOfEverySizeBothWays) {
  auto pair = Connect({});
  pair->Handshake();
  for (const size_t size : {size_t{1}, size_t{1000}, size_t{16384}, size_t{100'000}}) {
    const std::vector<uint8_t> sent = Numbers(size);
    std::vector<uint8_t> got;
    size_t written = 0;
    for (int round = 0; round < 10'000 && got.size() < size; ++round) {
      if (written < size) {
        const TlsEngine::Step step = pair->server.Write(std::span(sent).subspan(written));
        ASSERT_FALSE(step.error) << step.error.message();
        written += step.bytes;
      }
      Carry(pair->to_client, pair->server);
      std::array<uint8_t, 3000> into{};
      const TlsEngine::Step step = pair->client.Read(into);
      ASSERT_FALSE(step.error) << step.error.message();
      got.insert(got.end(), into.begin(), into.begin() + static_cast<std::ptrdiff_t>(step.bytes));
      if (step.need == TlsEngine::Need::kInput) Feed(pair->to_client, pair->client, 1400);
    }
    EXPECT_EQ(got, sent) << size;
  }
}

TEST_F(TlsEngineTest, Rfc8446_6_1_CloseNotifyIsAnOrderlyEnd) {
  auto pair = Connect({});
  pair->Handshake();
  EXPECT_FALSE(pair->client.CloseNotify().error);
  Carry(pair->to_server, pair->client);
  std::array<uint8_t, 100> into{};
  pair->server.Read(into);
  ASSERT_TRUE(Feed(pair->to_server, pair->server, 1400));
  EXPECT_EQ(pair->server.Read(into).error, boost::asio::error::eof);
  // Our own direction is still open.
  EXPECT_EQ(pair->server.Write(Numbers(10)).bytes, 10u);
}

TEST_F(TlsEngineTest, EndWithoutCloseNotifyIsTruncation) {
  auto pair = Connect({});
  pair->Handshake();
  pair->server.EndInput();
  std::array<uint8_t, 100> into{};
  EXPECT_EQ(pair->server.Read(into).error, TlsError::kTruncated);
}

TEST_F(TlsEngineTest, AlteredRecordIsRefusedAndStaysRefused) {
  auto pair = Connect({});
  pair->Handshake();
  pair->client.Write(Numbers(100));
  Carry(pair->to_server, pair->client);
  pair->to_server.back() ^= 1;
  std::array<uint8_t, 200> into{};
  pair->server.Read(into);
  ASSERT_TRUE(Feed(pair->to_server, pair->server, 1400));
  const TlsEngine::Step refused = pair->server.Read(into);
  EXPECT_TRUE(refused.error);
  EXPECT_EQ(refused.bytes, 0u);
  EXPECT_EQ(pair->server.Read(into).error, refused.error);
  EXPECT_EQ(pair->server.Write(Numbers(1)).error, refused.error);
}

TEST_F(TlsEngineTest, GarbageInsteadOfAClientHelloFailsWithAnAlert) {
  TlsEngine server(ServerContext(directory_.path()));
  EXPECT_EQ(server.Handshake().need, TlsEngine::Need::kInput);
  const std::string garbage = "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n";
  std::copy(garbage.begin(), garbage.end(), server.input_space().begin());
  server.AddInput(garbage.size());
  EXPECT_TRUE(server.Handshake().error);
}

TEST_F(TlsEngineTest, EveryTruncationOfAClientHelloOnlyAsksForMore) {
  auto pair = Connect({});
  pair->client.Handshake();
  std::vector<uint8_t> hello;
  pair->client.TakeOutput(hello);
  const auto context = ServerContext(directory_.path());
  for (size_t size = 0; size < hello.size(); ++size) {
    TlsEngine server(context);
    std::copy_n(hello.begin(), size, server.input_space().begin());
    server.AddInput(size);
    const TlsEngine::Step step = server.Handshake();
    ASSERT_EQ(step.need, TlsEngine::Need::kInput) << size << ": " << step.error.message();
    server.EndInput();
    ASSERT_TRUE(server.Handshake().error) << size;
  }
}

TEST_F(TlsEngineTest, OutputNobodyTakesIsBounded) {
  auto pair = Connect({});
  pair->Handshake();
  const std::vector<uint8_t> data = Numbers(16384);
  size_t accepted = 0;
  TlsEngine::Step step;
  for (int i = 0; i < 1000 && step.need == TlsEngine::Need::kNothing; ++i) {
    step = pair->server.Write(data);
    accepted += step.bytes;
  }
  EXPECT_EQ(step.need, TlsEngine::Need::kFlush);
  EXPECT_LE(accepted, TlsEngine::kOutputLimit + 2 * 16384);
}

}  // namespace
}  // namespace koeru::server
