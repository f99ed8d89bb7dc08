#include "native_server/tls/peer_certificate.h"

#include <gmock/gmock.h>

#include "native_server/tls/certificate_writer.h"
#include "tests/native_server/tls/tls_test_support.h"

namespace koeru::server {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::time_t kDay = 86400;

class PeerCertificateTest : public ::testing::Test {
 protected:
  // What a client that asks for `host` sees of a certificate for "turn.example.org".
  PeerCertificate Seen(std::time_t begin, std::time_t end, bool trusted, const std::string& host) {
    const std::time_t now = std::time(nullptr);
    const auto pair =
        WriteSelfSigned({{false, "turn.example.org"}, {true, std::string("\x7F\x00\x00\x01", 4)}},
                        now + begin, now + end);
    EXPECT_TRUE(pair.ok());
    const std::string cert = directory_.Write("cert.pem", pair->certificate);
    const std::string key = directory_.Write("key.pem", pair->key.text());
    const auto server = TlsContext::ForServer({.certificate_file = cert, .key_file = key});
    TlsClientOptions options;
    options.report_only = true;
    options.trusted_file = trusted ? cert : MakeCertificate(directory_ / "other").certificate_file;
    const auto client = TlsContext::ForClient(options);
    EXPECT_TRUE(server.ok() && client.ok());
    EnginePair engines{TlsEngine(*client, host), TlsEngine(*server), {}, {}};
    const auto [client_error, server_error] = engines.Handshake();
    EXPECT_FALSE(client_error) << client_error.message();
    const auto peer = engines.client.peer_certificate();
    EXPECT_TRUE(peer);
    return peer.value_or(PeerCertificate{});
  }
  TemporaryDirectory directory_;
};

TEST_F(PeerCertificateTest, AGoodOneHasNoProblems) {
  const PeerCertificate peer = Seen(-kDay, 30 * kDay, true, "turn.example.org");
  EXPECT_THAT(peer.problems, IsEmpty());
  EXPECT_THAT(peer.names, Contains("turn.example.org"));
  EXPECT_THAT(peer.names, Contains("127.0.0.1"));
  EXPECT_EQ(peer.not_after - peer.not_before, 31 * kDay);
  EXPECT_TRUE(peer.is_self_signed);
  EXPECT_EQ(peer.chain_length, 1u);
}

TEST_F(PeerCertificateTest, AnAddressOfTheCertificateIsAName) {
  EXPECT_THAT(Seen(-kDay, 30 * kDay, true, "127.0.0.1").problems, IsEmpty());
}

TEST_F(PeerCertificateTest, EachProblemIsToldAndTheHandshakeGoesOn) {
  using enum CertificateProblem;
  EXPECT_THAT(Seen(-2 * kDay, -kDay, true, "turn.example.org").problems, ElementsAre(kExpired));
  EXPECT_THAT(Seen(kDay, 2 * kDay, true, "turn.example.org").problems, ElementsAre(kNotYetValid));
  EXPECT_THAT(Seen(-kDay, kDay, true, "www.example.org").problems, ElementsAre(kWrongName));
  EXPECT_THAT(Seen(-kDay, kDay, false, "turn.example.org").problems, ElementsAre(kNotTrusted));
}

}  // namespace
}  // namespace koeru::server
