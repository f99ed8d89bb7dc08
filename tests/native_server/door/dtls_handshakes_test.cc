#include "native_server/door/dtls_handshakes.h"

#include <gmock/gmock.h>

#include "tests/native_server/tls/dtls_test_support.h"

namespace koeru::server {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

net::FiveTuple From(uint8_t last_of_address, uint16_t port = 5000) {
  return {.client = {{net::Address::V4(192, 0, 2, last_of_address), port}},
          .server = {{net::Address::V4(198, 51, 100, 1), 5349}},
          .transport = net::Transport::kDtls};
}

struct Client {
  net::FiveTuple five_tuple;
  DtlsEngine engine{DtlsClientContext()};
};

class DtlsHandshakesTest : public testing::Test {
 protected:
  // Until the client has sent its cookie; whether it has a place now.
  bool Begin(DtlsHandshakes& handshakes, Client& client) {
    const size_t before = handshakes.half_open();
    const auto asked =
        handshakes.OnDatagram(client.five_tuple, FirstFlight(client.engine, now_), now_);
    EXPECT_THAT(asked, SizeIs(1));
    client.engine.SetInput(asked[0].datagrams[0], now_);
    client.engine.Handshake();
    answers_.clear();
    for (const auto& datagram : client.engine.TakeOutput()) {
      Append(handshakes.OnDatagram(client.five_tuple, datagram, now_));
    }
    return handshakes.half_open() == before + 1;
  }
  // The rest. The server's half of the association, null when there is none.
  DtlsConnection Finish(DtlsHandshakes& handshakes, Client& client) {
    DtlsConnection connection;
    for (int flight = 0; flight < 5 && connection.engine == nullptr; ++flight) {
      for (DtlsAnswer& answer : std::exchange(answers_, {})) {
        for (const auto& datagram : answer.datagrams) {
          client.engine.SetInput(datagram, now_);
          client.engine.Handshake();
        }
      }
      for (const auto& datagram : client.engine.TakeOutput()) {
        Append(handshakes.OnDatagram(client.five_tuple, datagram, now_));
      }
      for (DtlsAnswer& answer : answers_) {
        if (answer.connection.engine != nullptr) connection = std::move(answer.connection);
      }
    }
    return connection;
  }
  void Append(DtlsHandshakes::Answers answers) {
    for (DtlsAnswer& answer : answers) answers_.push_back(std::move(answer));
  }

  TemporaryDirectory directory_;
  std::shared_ptr<const TlsContext> context_ = DtlsServerContext(directory_.path());
  net::Instant now_ = net::Instant::FromNanoseconds(1'000'000'000);
  DtlsHandshakes::Answers answers_;
};

TEST_F(DtlsHandshakesTest, AFinishedAssociationIsHandedOverAndForgotten) {
  DtlsHandshakes handshakes(context_, {});
  Client client{From(1)};
  ASSERT_TRUE(Begin(handshakes, client));
  EXPECT_TRUE(handshakes.IsHalfOpen(client.five_tuple));
  const DtlsConnection connection = Finish(handshakes, client);
  ASSERT_NE(connection.engine, nullptr);
  EXPECT_EQ(connection.five_tuple, client.five_tuple);
  EXPECT_EQ(connection.engine->version(), "DTLSv1.2");
  EXPECT_EQ(handshakes.half_open(), 0u);
  EXPECT_EQ(handshakes.NextDeadline(), net::Instant::Max());
  EXPECT_EQ(handshakes.counts().handshakes.finished.total(), 1u);
}

// THREATS.md: "cookie before any DTLS state, GHSA-5x2p", and amplification.
TEST_F(DtlsHandshakesTest, StrangersCostNoMemoryAndGetNoMoreThanTheySent) {
  DtlsHandshakes handshakes(context_, {});
  DtlsEngine client(DtlsClientContext());
  const auto hello = FirstFlight(client, now_);
  for (uint16_t port = 1; port <= 2000; ++port) {
    const auto answers = handshakes.OnDatagram(From(1, port), hello, now_);
    ASSERT_THAT(answers, SizeIs(1));
    ASSERT_THAT(answers[0].datagrams, SizeIs(1));
    ASSERT_LE(answers[0].datagrams[0].size(), hello.size());
  }
  EXPECT_EQ(handshakes.half_open(), 0u);
  EXPECT_EQ(handshakes.counts().cookies, 2000u);
}

TEST_F(DtlsHandshakesTest, ChangedAndCutHellosAreNeverAnsweredWithMore) {
  DtlsHandshakes handshakes(context_, {});
  DtlsEngine client(DtlsClientContext());
  const auto hello = FirstFlight(client, now_);
  const auto check = [&](Bytes datagram) {
    size_t size = 0;
    for (const DtlsAnswer& answer : handshakes.OnDatagram(From(1), datagram, now_)) {
      for (const auto& sent : answer.datagrams) size += sent.size();
    }
    ASSERT_LE(size, datagram.size());
  };
  for (size_t i = 0; i < hello.size(); ++i) {
    auto changed = hello;
    changed[i] ^= 0xFF;
    check(changed);
    check(std::span(hello).first(i));
  }
  EXPECT_EQ(handshakes.half_open(), 0u);
}

TEST_F(DtlsHandshakesTest, WhoTakesTooLongIsForgotten) {
  DtlsHandshakes handshakes(context_, {.handshake_time = std::chrono::seconds(10)});
  Client client{From(1)};
  ASSERT_TRUE(Begin(handshakes, client));
  size_t sent_again = 0;
  const net::Instant end = now_ + std::chrono::seconds(10);
  while (handshakes.NextDeadline() < end) {
    now_ = handshakes.NextDeadline();
    sent_again += handshakes.OnTimeout(now_).size();
  }
  EXPECT_EQ(sent_again, 3u);  // RFC 6347 section 4.2.4.1: after 1, 2 and 4 seconds
  EXPECT_EQ(handshakes.NextDeadline(), end);
  EXPECT_THAT(handshakes.OnTimeout(end), IsEmpty());
  EXPECT_EQ(handshakes.half_open(), 0u);
  EXPECT_EQ(handshakes.counts().handshakes.failed, 1u);
}

TEST_F(DtlsHandshakesTest, HalfOpenOnesAreCappedPerSourceAndInTotal) {
  DtlsHandshakes handshakes(context_, {.half_open = 3, .half_open_per_source = 2});
  Client one{From(1, 1)}, two{From(1, 2)}, three{From(1, 3)}, other{From(2)}, late{From(3)};
  EXPECT_TRUE(Begin(handshakes, one));
  EXPECT_TRUE(Begin(handshakes, two));
  EXPECT_FALSE(Begin(handshakes, three));  // one source
  EXPECT_TRUE(Begin(handshakes, other));
  EXPECT_FALSE(Begin(handshakes, late));  // in total
  EXPECT_EQ(handshakes.counts().handshakes.refused, 2u);
}

TEST_F(DtlsHandshakesTest, ASourceThatBeginsTooManyHandshakesHasToWait) {
  DtlsHandshakes handshakes(context_,
                            {.handshakes_per_source_burst = 2, .handshakes_per_source_per_s = 1});
  for (uint16_t port = 1; port <= 2; ++port) {
    Client client{From(1, port)};
    ASSERT_TRUE(Begin(handshakes, client));
    ASSERT_NE(Finish(handshakes, client).engine, nullptr);
  }
  Client third{From(1, 3)}, again{From(1, 4)}, other{From(2)};
  EXPECT_FALSE(Begin(handshakes, third));
  EXPECT_TRUE(Begin(handshakes, other));
  now_ = now_ + std::chrono::seconds(1);
  EXPECT_TRUE(Begin(handshakes, again));
}

TEST_F(DtlsHandshakesTest, APlaceIsFreeAgainWhenItsAssociationIsGone) {
  DtlsHandshakes handshakes(context_, {.associations = 1});
  Client first{From(1)}, second{From(2)}, third{From(3)};
  ASSERT_TRUE(Begin(handshakes, first));
  DtlsConnection connection = Finish(handshakes, first);
  ASSERT_NE(connection.engine, nullptr);
  ASSERT_TRUE(Begin(handshakes, second));
  EXPECT_EQ(Finish(handshakes, second).engine, nullptr);
  EXPECT_EQ(handshakes.counts().handshakes.refused, 1u);
  connection = {};
  ASSERT_TRUE(Begin(handshakes, third));
  EXPECT_NE(Finish(handshakes, third).engine, nullptr);
}

TEST_F(DtlsHandshakesTest, ARenewedCertificateCountsForNewHandshakesAndLeavesOldOnesAlone) {
  DtlsHandshakes handshakes(context_, {});
  Client old{From(1)}, young{From(2)};
  ASSERT_TRUE(Begin(handshakes, old));
  TemporaryDirectory renewed;
  handshakes.SetContext(DtlsServerContext(renewed.path()));
  EXPECT_NE(Finish(handshakes, old).engine, nullptr);
  ASSERT_TRUE(Begin(handshakes, young));
  EXPECT_NE(Finish(handshakes, young).engine, nullptr);
}

}  // namespace
}  // namespace koeru::server
