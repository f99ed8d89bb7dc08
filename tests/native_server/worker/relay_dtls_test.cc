// Clients over DTLS (RFC 7350, RFC 8656 section 3.1), over real sockets.

#include <gmock/gmock.h>

#include <chrono>
#include <cstdio>

#include "core/turn/channel_data.h"
#include "tests/native_server/worker/dtls_test_server.h"
#include "tests/native_server/worker/reload_call.h"

namespace koeru::server {
namespace {

using testing::HasSubstr;

class Dtls : public testing::TestWithParam<net::Family> {
 protected:
  TestClient Connect() const { return server_.NewClient(GetParam()); }
  TestSocket NewPeer() const { return TestSocket({TestServer::V4(), 0}); }
  DtlsTestServer server_;
};

INSTANTIATE_TEST_SUITE_P(Over, Dtls, testing::Values(net::Family::kIpv4, net::Family::kIpv6),
                         [](const auto& info) {
                           return info.param == net::Family::kIpv4 ? "Ipv4" : "Ipv6";
                         });

TEST_P(Dtls, BindingTellsTheClientItsAddress) {
  TestClient client = Connect();
  ASSERT_TRUE(client.dtls().connected());
  ASSERT_EQ(client.Binding(), 0);
  EXPECT_EQ(client.mapped(), client.socket().local());
}

TEST_P(Dtls, ChannelDataOfEverySizeArrivesInBothDirections) {
  TestClient client = Connect();
  TestSocket peer = NewPeer();
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  uint32_t seed = 0;
  for (const size_t size : {1u, 2u, 3u, 4u, 5u, 1199u, 1200u, 1472u, 9000u, 16'380u}) {
    const Payload there = MakePayload(size, ++seed), back = MakePayload(size, ++seed);
    client.SendChannelData(0x4000, there);
    const auto arrived = peer.Receive();
    ASSERT_TRUE(arrived) << size;
    EXPECT_EQ(arrived->bytes, there) << size;
    EXPECT_EQ(arrived->from, client.relayed());
    peer.Send(client.relayed(), back);
    const auto data = client.ReceiveData();
    ASSERT_TRUE(data) << size;
    EXPECT_EQ(data->channel, 0x4000);
    EXPECT_EQ(data->payload, back) << size;
  }
}

TEST_P(Dtls, WhatFitsInNoRecordIsCountedAsNotSent) {
  TestClient client = Connect();
  TestSocket peer = NewPeer();
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  peer.Send(client.relayed(), MakePayload(16'381, 1));
  EXPECT_TRUE(Eventually([&] { return server_.relay().Sum().send_failed == 1; }));
}

TEST_P(Dtls, IndicationsArriveInBothDirections) {
  TestClient client = Connect();
  TestSocket peer = NewPeer();
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.CreatePermission(peer.local()), 0);
  for (const size_t size : {1u, 171u, 1200u}) {
    client.SendIndication(peer.local(), MakePayload(size, 1));
    const auto arrived = peer.Receive();
    ASSERT_TRUE(arrived);
    EXPECT_EQ(arrived->bytes, MakePayload(size, 1));
    peer.Send(client.relayed(), MakePayload(size, 2));
    const auto data = client.ReceiveData();
    ASSERT_TRUE(data);
    EXPECT_EQ(data->peer, peer.local());
    EXPECT_EQ(data->payload, MakePayload(size, 2));
  }
}

TEST_P(Dtls, BurstsFromThePeerArriveInOrder) {
  TestClient client = Connect();
  TestSocket peer = NewPeer();
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  for (uint32_t burst = 0; burst < 20; ++burst) {
    std::vector<uint8_t> run;
    for (uint32_t i = 0; i < 20; ++i) {
      const Payload payload = MakePayload(1001, burst * 20 + i);
      run.insert(run.end(), payload.begin(), payload.end());
    }
    peer.SendRun(client.relayed(), run, 1001);
    for (uint32_t i = 0; i < 20; ++i) {
      const auto data = client.ReceiveData();
      ASSERT_TRUE(data) << burst << " " << i;
      ASSERT_EQ(data->payload, MakePayload(1001, burst * 20 + i));
    }
  }
}

// More than the worker keeps of opened records at a time.
TEST_P(Dtls, ManyRecordsInOneBatchArriveInOrder) {
  TestClient client = Connect();
  TestSocket peer = NewPeer();
  ASSERT_EQ(client.Allocate(), 0);
  ASSERT_EQ(client.ChannelBind(0x4000, peer.local()), 0);
  constexpr uint32_t kRecords = 40;
  std::vector<uint8_t> run;
  size_t segment = 0;
  for (uint32_t i = 0; i < kRecords; ++i) {
    std::vector<uint8_t> message(turn::kChannelDataHeaderSize + 1400);
    Writer w(message);
    turn::WriteChannelData(w, 0x4000, MakePayload(1400, i), turn::Padding::kNone);
    const Payload record = client.dtls().Seal(w.written());
    segment = record.size();
    run.insert(run.end(), record.begin(), record.end());
  }
  client.socket().SendRun(client.server(), run, segment);
  for (uint32_t i = 0; i < kRecords; ++i) {
    const auto arrived = peer.Receive();
    ASSERT_TRUE(arrived) << i;
    ASSERT_EQ(arrived->bytes, MakePayload(1400, i)) << i;
  }
}

TEST_P(Dtls, AnAllocationEndsWithItsAssociation) {
  TestClient client = Connect();
  ASSERT_EQ(client.Allocate(), 0);
  client.dtls().Close();
  EXPECT_TRUE(Eventually([&] {
    const Totals totals = server_.relay().Sum();
    return totals.allocations == 0 && totals.dtls_clients == 0;
  }));
}

// RFC 6347 section 4.2.8: a client that lost its keys begins anew on the same addresses. What the
// old keys protected must not be at the disposal of the new ones.
TEST_P(Dtls, AClientThatBeginsAnewFindsItsOldAllocationGone) {
  TestClient client = Connect();
  ASSERT_EQ(client.Allocate(), 0);
  client.BeginAnew(DtlsClientContext());
  ASSERT_TRUE(client.dtls().connected());
  EXPECT_EQ(client.Refresh(600), 437);
  EXPECT_EQ(client.Allocate(), 0);
  EXPECT_EQ(server_.relay().Sum().dtls_clients, 1u);
}

TEST_P(Dtls, TwoClientsOfOneRelayReachEachOther) {
  TestClient one = Connect(), two = Connect();
  ASSERT_EQ(one.Allocate(), 0);
  ASSERT_EQ(two.Allocate(), 0);
  ASSERT_EQ(one.ChannelBind(0x4000, two.relayed()), 0);
  ASSERT_EQ(two.ChannelBind(0x4001, one.relayed()), 0);
  one.SendChannelData(0x4000, MakePayload(500, 1));
  const auto data = two.ReceiveData();
  ASSERT_TRUE(data);
  EXPECT_EQ(data->channel, 0x4001);
  EXPECT_EQ(data->payload, MakePayload(500, 1));
}

TEST_P(Dtls, ReloadsAndADrainLoseNothingOfACall) {
  relay::RelayConfig config;
  DtlsTestServer server([&config](relay::RelayConfig& c, RelayServerOptions&) { config = c; });
  TestClient client = server.NewClient(GetParam()), late = server.NewClient(GetParam());
  ExpectCallToSurviveReloadsAndDrain(server.relay(), config, client, late);
}

TEST(DtlsServer, PlainUdpAndDtlsShareThePort) {
  DtlsTestServer server;
  TestClient plain = server.NewUdpClient();
  TestClient sealed = server.NewClient();
  EXPECT_EQ(plain.Binding(), 0);
  EXPECT_EQ(sealed.Binding(), 0);
}

TEST(DtlsServer, WithNoUdpOnlyDtlsIsAnswered) {
  DtlsTestServer server([](auto&, RelayServerOptions& options) { options.plain_udp = false; });
  TestClient sealed = server.NewClient();
  EXPECT_EQ(sealed.Binding(), 0);
  TestClient plain = server.NewUdpClient();
  plain.SendChannelData(0x4000, MakePayload(20, 1));
  EXPECT_TRUE(Eventually([&] {
    return server.relay().Sum().dropped[static_cast<size_t>(relay::Drop::kNotAPacket)] == 1;
  }));
}

TEST(DtlsServer, ServesClientsOnEveryWorker) {
  DtlsTestServer server([](auto&, RelayServerOptions& options) { options.workers = 3; });
  std::vector<TestClient> clients;
  for (int i = 0; i < 24; ++i) {
    clients.push_back(server.NewClient());
    ASSERT_TRUE(clients.back().dtls().connected()) << i;
    ASSERT_EQ(clients.back().Allocate(), 0) << i;
  }
  EXPECT_TRUE(Eventually([&] {
    const Totals totals = server.relay().Sum();
    return totals.allocations == 24 && totals.dtls_clients == 24;
  }));
}

TEST(DtlsServer, WhoSaysNothingAndHasNoAllocationIsForgotten) {
  DtlsTestServer server([](auto&, RelayServerOptions& options) {
    options.stream_idle_time = std::chrono::milliseconds(100);
  });
  TestClient idle = server.NewClient();
  TestClient busy = server.NewClient();
  ASSERT_EQ(busy.Allocate(), 0);
  EXPECT_TRUE(Eventually([&] { return server.relay().Sum().dtls_clients == 1; }));
  EXPECT_FALSE(idle.dtls().Receive());
  EXPECT_TRUE(idle.dtls().ended());  // by close_notify
  EXPECT_EQ(busy.Refresh(600), 0);
}

TEST(DtlsServer, RecordsOfNobodyAndNoiseAreNotAnswered) {
  DtlsTestServer server;
  TestSocket stranger({TestServer::V4(), 0});
  const net::Endpoint to{TestServer::V4(), server.port()};
  stranger.Send(to, std::vector<uint8_t>{23, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 1, 0, 2, 1, 2});
  for (uint8_t first = 20; first < 64; ++first) {
    Payload noise = MakePayload(40, first);
    noise[0] = first;
    stranger.Send(to, noise);
  }
  stranger.Send(to, std::vector<uint8_t>{22});
  EXPECT_TRUE(Eventually([&] {
    const DtlsHandshakes::Counts counts = server.door().counts().machine;
    return counts.nothing + counts.handshakes.failed == 46;
  }));
  EXPECT_FALSE(stranger.Receive(100));
  EXPECT_EQ(server.door().counts().half_open, 0u);
  EXPECT_EQ(server.NewClient().Binding(), 0);
}

TEST(DtlsServer, FurtherAssociationsOfOneSourceAreNotMade) {
  DtlsTestServer server({}, {.associations_per_source = 2});
  TestClient one = server.NewClient(), two = server.NewClient();
  ASSERT_TRUE(one.dtls().connected());
  ASSERT_TRUE(two.dtls().connected());
  // Its side of the handshake ends only with our last flight, which does not come.
  TestSocket socket({TestServer::V4(), 0});
  DtlsEngine third(DtlsClientContext());
  const net::Endpoint to{TestServer::V4(), server.port()};
  Payload input;
  while (server.door().counts().machine.handshakes.refused == 0) {
    third.SetInput(input, {});
    ASSERT_NE(third.Handshake(), DtlsEngine::Progress::kDone);
    for (const auto& datagram : third.TakeOutput()) socket.Send(to, datagram);
    const auto answer = socket.Receive(1000);
    input = answer ? answer->bytes : Payload();
  }
  EXPECT_EQ(server.relay().Sum().dtls_clients, 2u);
}

// OpenSSL, which nobody here wrote. What s_client prints, in ten seconds at most.
std::string OpenSsl(const DtlsTestServer& server, const std::string& options) {
  const std::string command = "echo hello | timeout 10 openssl s_client -connect 127.0.0.1:" +
                              std::to_string(server.port()) + " -CAfile " +
                              server.certificate_file() + " " + options + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::string output;
  std::array<char, 4096> some{};
  for (size_t n = 0; (n = fread(some.data(), 1, some.size(), pipe)) > 0;) {
    output.append(some.data(), n);
  }
  pclose(pipe);
  return output;
}

TEST(DtlsServer, OpenSslTrustsTheCertificateAndAgreesOnDtls12) {
  DtlsTestServer server;
  const std::string output = OpenSsl(server, "-dtls1_2 -alpn stun.turn");
  EXPECT_THAT(output, HasSubstr("Verify return code: 0 (ok)"));
  EXPECT_THAT(output, HasSubstr("DTLSv1.2"));
  EXPECT_THAT(output, HasSubstr("ALPN protocol: stun.turn"));
}

TEST(DtlsServer, OpenSslGetsThroughWithASmallMtu) {
  DtlsTestServer server;
  EXPECT_THAT(OpenSsl(server, "-dtls1_2 -mtu 500"), HasSubstr("Verify return code: 0 (ok)"));
}

// RFC 8996: DTLS 1.0 is over. RFC 9325 section 4.1: no ciphers without forward secrecy.
TEST(DtlsServer, OpenSslGetsNothingOldOrWeak) {
  DtlsTestServer server;
  EXPECT_THAT(OpenSsl(server, "-dtls1 -cipher DEFAULT@SECLEVEL=0"),
              HasSubstr("alert protocol version"));
  EXPECT_THAT(OpenSsl(server, "-dtls1_2 -cipher AES128-SHA:AES128-GCM-SHA256"),
              HasSubstr("handshake failure"));
}

TEST(DtlsServer, ARenewedCertificateIsShownToNewClientsAndOldOnesGoOn) {
  DtlsTestServer server;
  TestClient old = server.NewClient();
  ASSERT_EQ(old.Allocate(), 0);
  const std::string before = OpenSsl(server, "-dtls1_2");
  server.RenewCertificate();
  ASSERT_TRUE(server.door().ReloadCertificate().ok());
  const std::string after = OpenSsl(server, "-dtls1_2");
  EXPECT_THAT(after, HasSubstr("Verify return code: 0 (ok)"));  // of the new file
  EXPECT_NE(before.substr(before.find("BEGIN CERTIFICATE"), 200),
            after.substr(after.find("BEGIN CERTIFICATE"), 200));
  EXPECT_EQ(old.Refresh(600), 0);
}

}  // namespace
}  // namespace koeru::server
