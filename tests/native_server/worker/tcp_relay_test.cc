// RFC 6062 over real sockets: clients over TCP and TLS, peers over TCP.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <thread>

#include "native_server/io/socket_address.h"
#include "native_server/io/tcp_socket.h"
#include "tests/native_server/door/door_test_server.h"

namespace koeru::server {
namespace {

using namespace std::chrono_literals;

// A peer that waits for connections on loopback.
class ListeningPeer {
 public:
  ListeningPeer() : fd_(ListenTcp({TestServer::V4(), 0})) {}
  net::Endpoint local() const { return LocalEndpointOf(fd_.get()); }
  // Blocks no longer than 5 seconds; closed when nobody came.
  UniqueFd Accept(net::Endpoint& from) {
    pollfd entry{fd_.get(), POLLIN, 0};
    if (::poll(&entry, 1, 5000) != 1) return UniqueFd();
    UniqueFd accepted(AcceptTcp(fd_.get(), from));
    const timeval limit{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(accepted.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    ::setsockopt(accepted.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    const int flags = ::fcntl(accepted.get(), F_GETFL);
    ::fcntl(accepted.get(), F_SETFL, flags & ~O_NONBLOCK);
    return accepted;
  }
  UniqueFd Accept() {
    net::Endpoint from;
    return Accept(from);
  }

 private:
  UniqueFd fd_;
};

// Of a blocking socket: exactly `size` bytes, or fewer at the end.
Payload ReadAll(int fd, size_t size) {
  Payload bytes(size);
  size_t got = 0;
  while (got < size) {
    const ssize_t n = ::recv(fd, bytes.data() + got, size - got, 0);
    if (n <= 0) break;
    got += static_cast<size_t>(n);
  }
  bytes.resize(got);
  return bytes;
}

bool WriteAll(int fd, Bytes bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n <= 0) return false;
    bytes = bytes.subspan(static_cast<size_t>(n));
  }
  return true;
}

// Nothing more, and no error.
bool IsAtEnd(int fd) {
  uint8_t byte = 0;
  return ::recv(fd, &byte, 1, 0) == 0;
}

struct Way {
  const char* name;
  bool control_tls, data_tls;
};

class TcpRelay : public testing::TestWithParam<Way> {
 protected:
  explicit TcpRelay(const TestServer::Change& change = {})
      : server_({}, [change](relay::RelayConfig& config, RelayServerOptions& options) {
          options.workers = 3;
          if (change) change(config, options);
        }) {}

  TestClient NewClient(bool tls) const {
    return server_.NewClient(tls ? DoorTestServer::ClientTls({"stun.turn"}) : nullptr);
  }
  TestClient NewControl() const { return NewClient(GetParam().control_tls); }
  // Any of the workers gets it.
  TestClient NewData() const { return NewClient(GetParam().data_tls); }

  DoorTestServer server_;
};

INSTANTIATE_TEST_SUITE_P(Over, TcpRelay,
                         testing::Values(Way{"Tcp", false, false}, Way{"Tls", true, true},
                                         Way{"TcpAndTls", false, true}),
                         [](const auto& info) { return info.param.name; });

TEST_P(TcpRelay, BytesGoBothWaysOnAConnectionThatTheClientMade) {
  TestClient control = NewControl();
  ASSERT_EQ(control.AllocateTcp(), 0);
  // Whichever worker gets the client connection: every one of them in turn.
  for (uint32_t i = 0; i < 6; ++i) {
    ListeningPeer peer;
    ASSERT_EQ(control.Connect(peer.local()), 0);
    net::Endpoint from;
    const UniqueFd peer_end = peer.Accept(from);
    ASSERT_TRUE(peer_end.is_open());
    EXPECT_EQ(from, control.relayed()) << "RFC 6062 section 5.2: the local endpoint";
    // What the peer says before is not lost.
    ASSERT_TRUE(WriteAll(peer_end.get(), MakePayload(5000, i)));
    TestClient data = NewData();
    ASSERT_EQ(data.ConnectionBind(control.connection()), 0) << i;
    EXPECT_EQ(data.stream().ReceiveBytes(5000), MakePayload(5000, i));
    ASSERT_TRUE(data.stream().Send(MakePayload(70'000, i + 100)));
    EXPECT_EQ(ReadAll(peer_end.get(), 70'000), MakePayload(70'000, i + 100));
  }
}

TEST_P(TcpRelay, BytesGoBothWaysOnAConnectionThatThePeerMade) {
  TestClient control = NewControl();
  ASSERT_EQ(control.AllocateTcp(), 0);
  ASSERT_EQ(control.CreatePermission({TestServer::V4(), 1}), 0);
  for (uint32_t i = 0; i < 4; ++i) {
    TestStream peer(control.relayed());
    ASSERT_TRUE(peer.connected());
    ASSERT_TRUE(peer.Send(MakePayload(3000, i)));
    const auto attempt = control.ReceiveAttempt();
    ASSERT_TRUE(attempt);
    EXPECT_EQ(attempt->peer, peer.local());
    TestClient data = NewData();
    ASSERT_EQ(data.ConnectionBind(attempt->connection), 0);
    EXPECT_EQ(data.stream().ReceiveBytes(3000), MakePayload(3000, i));
    ASSERT_TRUE(data.stream().Send(MakePayload(4000, i + 100)));
    EXPECT_EQ(peer.ReceiveBytes(4000), MakePayload(4000, i + 100));
  }
}

TEST_P(TcpRelay, TenMegabytesArriveIntactInBothDirectionsAtOnce) {
  constexpr size_t kSize = 10 << 20;
  TestClient control = NewControl();
  ASSERT_EQ(control.AllocateTcp(), 0);
  ListeningPeer peer;
  ASSERT_EQ(control.Connect(peer.local()), 0);
  const UniqueFd peer_end = peer.Accept();
  TestClient data = NewData();
  ASSERT_EQ(data.ConnectionBind(control.connection()), 0);
  const Payload there = MakePayload(kSize, 1), back = MakePayload(kSize, 2);
  Payload arrived_there;
  std::thread sends_back([&] { WriteAll(peer_end.get(), back); });
  std::thread reads([&] { arrived_there = ReadAll(peer_end.get(), kSize); });
  // The client reads nothing until it has said all: the peer's bytes wait with the peer.
  EXPECT_TRUE(data.stream().Send(there));
  reads.join();
  EXPECT_TRUE(arrived_there == there);
  EXPECT_TRUE(data.stream().ReceiveBytes(kSize) == back);
  sends_back.join();
}

// The peer sends until nothing more is taken: what waits is bounded, others are served meanwhile,
// and nothing is lost when the client reads on.
TEST_P(TcpRelay, AReaderThatStopsHoldsUpNobodyElseAndLosesNothing) {
  TestClient slow_control = NewControl(), other_control = NewControl();
  ListeningPeer peer;
  ASSERT_EQ(slow_control.AllocateTcp(), 0);
  ASSERT_EQ(slow_control.Connect(peer.local()), 0);
  const UniqueFd sender = peer.Accept();
  TestClient slow = NewData();
  ASSERT_EQ(slow.ConnectionBind(slow_control.connection()), 0);
  ASSERT_EQ(other_control.AllocateTcp(), 0);
  ASSERT_EQ(other_control.Connect(peer.local()), 0);
  const UniqueFd other_end = peer.Accept();
  TestClient other = NewData();
  ASSERT_EQ(other.ConnectionBind(other_control.connection()), 0);

  const Payload chunk = MakePayload(64 << 10, 5);
  size_t sent = 0;
  // Twice nothing for 300 ms: every buffer on the way is full.
  for (int silent = 0; silent < 2 && sent < (256u << 20);) {
    const size_t at = sent % chunk.size();
    const ssize_t n =
        ::send(sender.get(), &chunk[at], chunk.size() - at, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0) {
      sent += static_cast<size_t>(n);
      silent = 0;
      continue;
    }
    pollfd entry{sender.get(), POLLOUT, 0};
    if (::poll(&entry, 1, 300) == 0) ++silent;
  }
  EXPECT_LT(sent, 256u << 20) << "it holds what nobody reads";
  for (uint32_t i = 0; i < 20; ++i) {
    ASSERT_TRUE(WriteAll(other_end.get(), MakePayload(3000, i)));
    ASSERT_EQ(other.stream().ReceiveBytes(3000), MakePayload(3000, i));
  }
  ::shutdown(sender.get(), SHUT_WR);
  for (size_t got = 0; got < sent;) {
    const size_t at = got % chunk.size();
    const Payload part =
        slow.stream().ReceiveBytes(std::min(chunk.size() - at, sent - got), 10'000);
    ASSERT_FALSE(part.empty()) << got << " of " << sent;
    ASSERT_TRUE(std::equal(part.begin(), part.end(), chunk.begin() + static_cast<long>(at)));
    got += part.size();
  }
}

TEST_P(TcpRelay, AnEndOfOneDirectionLeavesTheOtherOpen) {
  TestClient control = NewControl();
  ASSERT_EQ(control.AllocateTcp(), 0);
  ListeningPeer peer;
  ASSERT_EQ(control.Connect(peer.local()), 0);
  const UniqueFd peer_end = peer.Accept();
  TestClient data = NewData();
  ASSERT_EQ(data.ConnectionBind(control.connection()), 0);
  ASSERT_TRUE(data.stream().Send(MakePayload(100, 1)));
  data.stream().EndOutput();
  EXPECT_EQ(ReadAll(peer_end.get(), 100), MakePayload(100, 1));
  EXPECT_TRUE(IsAtEnd(peer_end.get()));
  ASSERT_TRUE(WriteAll(peer_end.get(), MakePayload(200'000, 2)));
  EXPECT_EQ(data.stream().ReceiveBytes(200'000), MakePayload(200'000, 2));
  ::shutdown(peer_end.get(), SHUT_WR);
  EXPECT_TRUE(data.stream().HasEndWithin(5000));
  EXPECT_TRUE(Eventually([&] { return server_.relay().Sum().tcp_connections == 0; }));
  EXPECT_EQ(control.Connect(peer.local()), 0) << "the pair is free, the allocation lives";
}

TEST_P(TcpRelay, AnAbortOfOneEndAbortsTheOther) {
  TestClient control = NewControl();
  ASSERT_EQ(control.AllocateTcp(), 0);
  ListeningPeer peer;
  ASSERT_EQ(control.Connect(peer.local()), 0);
  UniqueFd peer_end = peer.Accept();
  TestClient data = NewData();
  ASSERT_EQ(data.ConnectionBind(control.connection()), 0);
  AbortOnClose(peer_end.get());
  peer_end.Reset();
  EXPECT_TRUE(data.stream().IsClosedWithin(5000));
  EXPECT_TRUE(data.stream().is_broken());
}

TEST_P(TcpRelay, DataConnectionsEndWithTheControlConnection) {
  ListeningPeer peer;
  UniqueFd peer_end;
  TestClient data = NewData();
  {
    TestClient control = NewControl();
    ASSERT_EQ(control.AllocateTcp(), 0);
    ASSERT_EQ(control.Connect(peer.local()), 0);
    peer_end = peer.Accept();
    ASSERT_EQ(data.ConnectionBind(control.connection()), 0);
  }
  EXPECT_TRUE(data.stream().IsClosedWithin(5000));
  EXPECT_TRUE(IsAtEnd(peer_end.get()));
  EXPECT_TRUE(Eventually([&] { return server_.relay().Sum().tcp_connections == 0; }));
}

TEST_P(TcpRelay, ADrainLeavesConnectionsAlone) {
  TestClient control = NewControl();
  ASSERT_EQ(control.AllocateTcp(), 0);
  ListeningPeer peer;
  ASSERT_EQ(control.Connect(peer.local()), 0);
  const UniqueFd peer_end = peer.Accept();
  server_.relay().Drain();
  ASSERT_TRUE(Eventually([&] { return server_.relay().IsDrained(1); }));
  TestClient data = NewData();
  ASSERT_EQ(data.ConnectionBind(control.connection()), 0);
  ASSERT_TRUE(data.stream().Send(MakePayload(100, 1)));
  EXPECT_EQ(ReadAll(peer_end.get(), 100), MakePayload(100, 1));
  TestClient late = NewControl();
  EXPECT_EQ(late.AllocateTcp(), 508);
}

TEST_P(TcpRelay, TrafficIsCounted) {
  TestClient control = NewControl();
  ASSERT_EQ(control.AllocateTcp(), 0);
  ListeningPeer peer;
  ASSERT_EQ(control.Connect(peer.local()), 0);
  const UniqueFd peer_end = peer.Accept();
  TestClient data = NewData();
  ASSERT_EQ(data.ConnectionBind(control.connection()), 0);
  ASSERT_TRUE(data.stream().Send(MakePayload(1234, 1)));
  EXPECT_EQ(ReadAll(peer_end.get(), 1234).size(), 1234u);
  ASSERT_TRUE(WriteAll(peer_end.get(), MakePayload(4321, 1)));
  EXPECT_EQ(data.stream().ReceiveBytes(4321).size(), 4321u);
  EXPECT_TRUE(Eventually([&] {
    const Totals totals = server_.relay().Sum();
    return totals.client_to_peer_bytes == 1234 && totals.peer_to_client_bytes == 4321 &&
           totals.tcp_connections == 1 && totals.peers_connected == 1;
  }));
}

class TcpRelayRefuses : public testing::Test {
 protected:
  static void Change(relay::RelayConfig& config, RelayServerOptions& options) {
    options.workers = 2;
    config.connect_timeout = 300ms;
    config.bind_timeout = 300ms;
  }
  DoorTestServer server_{{}, Change};
  TestClient control_ = server_.NewClient();
};

TEST_F(TcpRelayRefuses, APeerThatRefusesGets447AndASecondConnect446) {
  ASSERT_EQ(control_.AllocateTcp(), 0);
  net::Endpoint nobody;
  {
    const ListeningPeer gone;
    nobody = gone.local();
  }
  EXPECT_EQ(control_.Connect(nobody), 447);
  ListeningPeer peer;
  EXPECT_EQ(control_.Connect(peer.local()), 0);
  EXPECT_EQ(control_.Connect(peer.local()), 446);
}

TEST_F(TcpRelayRefuses, APeerWithoutAPermissionIsDisconnectedAtOnce) {
  ASSERT_EQ(control_.AllocateTcp(), 0);
  TestStream peer(control_.relayed());
  EXPECT_TRUE(peer.IsClosedWithin(5000));
  EXPECT_TRUE(Eventually([&] { return server_.relay().Sum().peers_refused == 1; }));
  EXPECT_FALSE(control_.ReceiveAttempt(100));
}

TEST_F(TcpRelayRefuses, WhoIsNotBoundInTimeIsDisconnected) {
  ASSERT_EQ(control_.AllocateTcp(), 0);
  ASSERT_EQ(control_.CreatePermission({TestServer::V4(), 1}), 0);
  TestStream peer(control_.relayed());
  const auto attempt = control_.ReceiveAttempt();
  ASSERT_TRUE(attempt);
  EXPECT_TRUE(peer.IsClosedWithin(5000));
  TestClient data = server_.NewClient();
  EXPECT_EQ(data.ConnectionBind(attempt->connection), 400);
}

TEST_F(TcpRelayRefuses, ConnectionIdsThatNobodyGaveOut) {
  for (const uint32_t id : {0u, 1u, 2u, 3u, 0xFFFFFFFFu}) {
    TestClient data = server_.NewClient();
    EXPECT_EQ(data.ConnectionBind(id), 400) << id;
    EXPECT_EQ(data.Binding(), 0) << "it still speaks STUN";
  }
}

TEST_F(TcpRelayRefuses, ClientsOverUdp) {
  TestClient client = server_.NewUdpClient();
  EXPECT_EQ(client.AllocateTcp(), 400);
}

TEST(TcpRelayBetweenClients, TwoRelaysOfOneServerReachEachOther) {
  DoorTestServer server({}, [](relay::RelayConfig& config, RelayServerOptions& options) {
    options.workers = 2;
    config.allow_loopback_peers = false;  // its own addresses are closed but for live relays
  });
  TestClient one = server.NewClient(), two = server.NewClient();
  ASSERT_EQ(one.AllocateTcp(), 0);
  ASSERT_EQ(two.AllocateTcp(), 0);
  ListeningPeer other;
  EXPECT_EQ(one.Connect(other.local()), 403) << "another program of this machine";
  ASSERT_EQ(two.CreatePermission(one.relayed()), 0);
  ASSERT_EQ(one.Connect(two.relayed()), 0);
  const auto attempt = two.ReceiveAttempt();
  ASSERT_TRUE(attempt);
  EXPECT_EQ(attempt->peer, one.relayed());
  TestClient one_data = server.NewClient(), two_data = server.NewClient();
  ASSERT_EQ(one_data.ConnectionBind(one.connection()), 0);
  ASSERT_EQ(two_data.ConnectionBind(attempt->connection), 0);
  ASSERT_TRUE(one_data.stream().Send(MakePayload(1000, 1)));
  EXPECT_EQ(two_data.stream().ReceiveBytes(1000), MakePayload(1000, 1));
}

TEST(TcpRelayBandwidth, ALimitSlowsDownAndLosesNothing) {
  DoorTestServer server({}, [](relay::RelayConfig& config, RelayServerOptions&) {
    config.max_bytes_per_second = 100'000;
  });
  TestClient control = server.NewClient();
  ASSERT_EQ(control.AllocateTcp(), 0);
  ListeningPeer peer;
  ASSERT_EQ(control.Connect(peer.local()), 0);
  const UniqueFd peer_end = peer.Accept();
  TestClient data = server.NewClient();
  ASSERT_EQ(data.ConnectionBind(control.connection()), 0);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(data.stream().Send(MakePayload(400'000, 1)));
  EXPECT_TRUE(ReadAll(peer_end.get(), 400'000) == MakePayload(400'000, 1));
  // A second's worth at once, and at most one share more than that.
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 1s);
}

}  // namespace
}  // namespace koeru::server
