// Two sessions talk through a real relay, over each transport.

#include "native_server/client/turn_session.h"

#include <gtest/gtest.h>

#include "native_server/client/discovery.h"
#include "native_server/io/clock.h"
#include "tests/native_server/main/program.h"
#include "tests/native_server/tls/tls_test_support.h"

namespace koeru::server {
namespace {

using net::Transport;
using std::chrono::seconds;

constexpr auto kLong = seconds(20);

class TurnSessionTest : public ::testing::TestWithParam<Transport> {
 protected:
  TurnSessionTest() { EXPECT_TRUE(relay_.WaitFor("ready\n")) << relay_.printed(); }

  std::unique_ptr<TurnSession> Open(const std::string& password = "secret") {
    LinkOptions options;
    options.transport = GetParam();
    options.server = {net::Address::V4(127, 0, 0, 1), port_};
    options.server_name = "localhost";
    TlsClientOptions tls;
    tls.trusted_file = certificate_.certificate_file;
    tls.datagram = GetParam() == Transport::kDtls;
    options.tls = *TlsContext::ForClient(tls);
    OpenedLink opened = ClientLink::Open(options);
    EXPECT_TRUE(opened.status.ok()) << opened.status.text;
    return std::make_unique<TurnSession>(
        std::move(opened.link), client::TurnClientConfig{.username = "anna", .password = password},
        ids_);
  }

  TemporaryDirectory directory_;
  SelfSignedCertificate certificate_ = MakeCertificate(directory_.path());
  uint16_t port_ = FreePort();
  Program relay_{{"--listening-ip=127.0.0.1", "--listening-port=" + std::to_string(port_),
                  "--tls-listening-port=" + std::to_string(port_), "--relay-ip=127.0.33.1",
                  "--realm=r", "--user=anna:secret", "--allow-loopback-peers",
                  "--cert=" + certificate_.certificate_file, "--pkey=" + certificate_.key_file}};
  RandomTransactionIds ids_;
};

TEST_P(TurnSessionTest, TwoSessionsSendToEachOtherThroughTheRelay) {
  const auto one = Open(), other = Open();
  const Answer first = one->Ask(client::AllocateRequest{}, kLong);
  const Answer second = other->Ask(client::AllocateRequest{}, kLong);
  ASSERT_NE(first.As<client::Allocated>(), nullptr) << first.reason;
  ASSERT_NE(second.As<client::Allocated>(), nullptr) << second.reason;
  EXPECT_EQ(one->challenges().realm, "r");
  EXPECT_TRUE(one->challenges().has_nonce);
  EXPECT_EQ(one->challenges().unauthenticated, 1);

  const net::PeerAddress to{second.As<client::Allocated>()->relayed};
  const net::PeerAddress back{first.As<client::Allocated>()->relayed};
  ASSERT_TRUE(one->Ask(client::ChannelBindRequest{0x4001, to}, kLong).ok());
  ASSERT_TRUE(other->Ask(client::CreatePermissionRequest{back.endpoint.address}, kLong).ok());
  // 13 bytes: on streams, ChannelData is padded.
  const std::vector<uint8_t> payload(13, 0x5A);
  ASSERT_TRUE(one->SendChannel(0x4001, payload).ok());
  const auto indication = other->WaitForData(Now() + kLong);
  ASSERT_TRUE(indication);
  EXPECT_EQ(indication->channel, 0);
  EXPECT_EQ(indication->peer, back);
  EXPECT_EQ(indication->bytes, payload);

  ASSERT_TRUE(other->SendIndication(back, payload).ok());
  const auto channel = one->WaitForData(Now() + kLong);
  ASSERT_TRUE(channel);
  EXPECT_EQ(channel->channel, 0x4001);
  EXPECT_EQ(channel->bytes, payload);
  EXPECT_FALSE(one->TakeData());
}

TEST_P(TurnSessionTest, ANoOfTheServerComesWithItsCodeAndWords) {
  const Answer answer = Open("wrong")->Ask(client::AllocateRequest{}, kLong);
  EXPECT_FALSE(answer.ok());
  EXPECT_EQ(answer.code, 401);
  EXPECT_FALSE(answer.reason.empty());
  EXPECT_EQ(answer.sent, 2);
}

TEST_P(TurnSessionTest, WhatTheHandshakeAgreedOnIsTold) {
  const bool secured = GetParam() == Transport::kTls || GetParam() == Transport::kDtls;
  const TlsFacts facts = Open()->link().tls();
  EXPECT_EQ(facts.version.empty(), !secured);
  ASSERT_EQ(facts.certificate.has_value(), secured);
  if (secured) {
    EXPECT_TRUE(facts.certificate->problems.empty());
  }
}

std::string NameOf(const ::testing::TestParamInfo<Transport>& tested) {
  return std::string(TransportName(tested.param));
}

INSTANTIATE_TEST_SUITE_P(Transports, TurnSessionTest,
                         ::testing::Values(Transport::kUdp, Transport::kTcp, Transport::kTls,
                                           Transport::kDtls),
                         NameOf);

}  // namespace
}  // namespace koeru::server
