#include "native_server/tls/dtls_engine.h"

#include <gmock/gmock.h>

#include "tests/native_server/tls/dtls_test_support.h"

namespace koeru::server {
namespace {

using Progress = DtlsEngine::Progress;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<uint8_t> Numbers(size_t size) {
  std::vector<uint8_t> bytes(size);
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(i);
  return bytes;
}

class DtlsEngineTest : public testing::Test {
 protected:
  TemporaryDirectory directory_;
  std::shared_ptr<const TlsContext> context_ = DtlsServerContext(directory_.path());
};

TEST_F(DtlsEngineTest, AgreesOnDtls12WithForwardSecrecyAndAead) {
  DtlsPair pair(context_);
  ASSERT_TRUE(pair.Handshake());
  EXPECT_EQ(pair.server.version(), "DTLSv1.2");
  EXPECT_EQ(pair.server.cipher_suite(), "TLS-ECDHE-ECDSA-WITH-AES-128-GCM-SHA256");
  EXPECT_EQ(pair.client.cipher_suite(), pair.server.cipher_suite());
}

TEST_F(DtlsEngineTest, Rfc6347_4_2_1_AStrangerGetsACookieAndTheEngineStaysAsNew) {
  DtlsEngine server(context_, Numbers(6));
  DtlsEngine client(DtlsClientContext());
  const auto hello = FirstFlight(client, {});
  for (int i = 0; i < 3; ++i) {
    server.SetInput(hello, {});
    ASSERT_EQ(server.Handshake(), Progress::kCookieSent);
    const Datagrams asked = server.TakeOutput();
    ASSERT_THAT(asked, SizeIs(1));
    EXPECT_LE(asked[0].size(), hello.size());
    EXPECT_EQ(server.NextDeadline(), net::Instant::Max());
  }
}

TEST_F(DtlsEngineTest, Rfc6347_4_2_1_ACookieOfAnotherAddressCountsForNothing) {
  DtlsEngine server(context_, Numbers(6));
  DtlsEngine client(DtlsClientContext());
  const auto hello = FirstFlight(client, {});
  server.SetInput(hello, {});
  ASSERT_EQ(server.Handshake(), Progress::kCookieSent);
  const Datagrams asked = server.TakeOutput();
  client.SetInput(asked[0], {});
  ASSERT_EQ(client.Handshake(), Progress::kGoesOn);
  const Datagrams with_cookie = client.TakeOutput();
  server.Restart(Numbers(7));
  server.SetInput(with_cookie[0], {});
  EXPECT_EQ(server.Handshake(), Progress::kCookieSent);
  server.Restart(Numbers(6));
  server.SetInput(with_cookie[0], {});
  EXPECT_EQ(server.Handshake(), Progress::kGoesOn);
}

TEST_F(DtlsEngineTest, Rfc6347_4_2_4_TheHandshakeSurvivesTheLossOfAnyOneDatagram) {
  DtlsPair whole(context_);
  ASSERT_TRUE(whole.Handshake());
  ASSERT_GT(whole.sent, 5u);
  for (size_t lost = 0; lost < whole.sent; ++lost) {
    DtlsPair pair(context_);
    EXPECT_TRUE(pair.Handshake([lost](size_t index) { return index != lost; })) << lost;
    EXPECT_THAT(pair.Open(pair.server, pair.Seal(pair.client, Numbers(5))), ElementsAre(Numbers(5)))
        << lost;
  }
}

TEST_F(DtlsEngineTest, TheHandshakeSurvivesTheLossOfEveryThirdDatagram) {
  DtlsPair pair(context_);
  EXPECT_TRUE(pair.Handshake([](size_t index) { return index % 3 != 0; }));
}

TEST_F(DtlsEngineTest, CarriesMessagesOfEverySizeOfARecordBothWays) {
  DtlsPair pair(context_);
  ASSERT_TRUE(pair.Handshake());
  for (const size_t size : {1u, 2u, 171u, 1200u, 1472u, 9000u, 16384u}) {
    EXPECT_THAT(pair.Open(pair.server, pair.Seal(pair.client, Numbers(size))),
                ElementsAre(Numbers(size)));
    EXPECT_THAT(pair.Open(pair.client, pair.Seal(pair.server, Numbers(size))),
                ElementsAre(Numbers(size)));
  }
}

TEST_F(DtlsEngineTest, AMessageThatFitsInNoRecordIsNotWritten) {
  DtlsPair pair(context_);
  ASSERT_TRUE(pair.Handshake());
  EXPECT_THAT(pair.Seal(pair.server, Numbers(DtlsEngine::kLargestContent + 1)), IsEmpty());
  EXPECT_THAT(pair.Seal(pair.server, {}), IsEmpty());
}

TEST_F(DtlsEngineTest, Rfc6347_4_1_1_OneDatagramMayHoldManyRecords) {
  DtlsPair pair(context_);
  ASSERT_TRUE(pair.Handshake());
  std::vector<uint8_t> datagram;
  for (const size_t size : {3u, 100u, 7u}) {
    const auto record = pair.Seal(pair.client, Numbers(size));
    datagram.insert(datagram.end(), record.begin(), record.end());
  }
  EXPECT_THAT(pair.Open(pair.server, datagram), ElementsAre(Numbers(3), Numbers(100), Numbers(7)));
}

TEST_F(DtlsEngineTest, Rfc6347_4_1_2_6_ARecordCountsOnce) {
  DtlsPair pair(context_);
  ASSERT_TRUE(pair.Handshake());
  const auto first = pair.Seal(pair.client, Numbers(3));
  const auto second = pair.Seal(pair.client, Numbers(4));
  EXPECT_THAT(pair.Open(pair.server, second), SizeIs(1));  // out of order: still good
  EXPECT_THAT(pair.Open(pair.server, first), SizeIs(1));
  EXPECT_THAT(pair.Open(pair.server, first), IsEmpty());
  EXPECT_THAT(pair.Open(pair.server, second), IsEmpty());
}

TEST_F(DtlsEngineTest, Rfc6347_4_1_2_7_WhatDoesNotAuthenticateIsDroppedWithoutAWord) {
  DtlsPair pair(context_);
  ASSERT_TRUE(pair.Handshake());
  const auto record = pair.Seal(pair.client, Numbers(40));
  for (size_t i = 0; i < record.size(); ++i) {
    auto changed = record;
    changed[i] ^= 0x40;
    EXPECT_THAT(pair.Open(pair.server, changed), IsEmpty()) << i;
    EXPECT_FALSE(pair.server.has_output()) << i;
  }
  for (size_t size = 0; size < record.size(); ++size) {
    const std::vector<uint8_t> cut(record.begin(),
                                   record.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_THAT(pair.Open(pair.server, cut), IsEmpty()) << size;
  }
  EXPECT_THAT(pair.Open(pair.server, record), ElementsAre(Numbers(40)));
}

TEST_F(DtlsEngineTest, NoiseFromAStrangerIsNoHandshake) {
  DtlsEngine server(context_, Numbers(6));
  DtlsEngine client(DtlsClientContext());
  const auto hello = FirstFlight(client, {});
  for (size_t size = 0; size < hello.size(); ++size) {
    server.Restart(Numbers(6));
    server.SetInput(std::span(hello).first(size), {});
    EXPECT_THAT(server.Handshake(), testing::AnyOf(Progress::kNothing, Progress::kFailed)) << size;
  }
  for (size_t i = 0; i < hello.size(); ++i) {
    auto changed = hello;
    changed[i] ^= 0xFF;
    server.Restart(Numbers(6));
    server.SetInput(changed, {});
    EXPECT_NE(server.Handshake(), Progress::kGoesOn) << i;
    EXPECT_NE(server.Handshake(), Progress::kDone) << i;
  }
}

TEST_F(DtlsEngineTest, CloseNotifyEndsTheAssociation) {
  DtlsPair pair(context_);
  ASSERT_TRUE(pair.Handshake());
  pair.client.CloseNotify();
  const Datagrams alert = pair.client.TakeOutput();
  ASSERT_THAT(alert, SizeIs(1));
  pair.server.SetInput(alert[0], pair.now);
  EXPECT_EQ(pair.server.Read(pair.room).kind, DtlsEngine::ReadResult::Kind::kEnded);
}

TEST_F(DtlsEngineTest, AnUnprotectedAlertEndsNothing) {
  DtlsPair pair(context_);
  ASSERT_TRUE(pair.Handshake());
  // Fatal, handshake_failure; epoch 0.
  const std::vector<uint8_t> forged = {21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40};
  EXPECT_THAT(pair.Open(pair.server, forged), IsEmpty());
  EXPECT_THAT(pair.Open(pair.server, pair.Seal(pair.client, Numbers(5))), ElementsAre(Numbers(5)));
}

}  // namespace
}  // namespace koeru::server
