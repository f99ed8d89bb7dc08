#include "native_server/tools/call/call_way.h"

#include <netinet/udp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "core/stun/attributes.h"
#include "core/turn/channel_data.h"
#include "native_server/io/clock.h"
#include "native_server/io/udp_socket.h"

namespace koeru::tools {
namespace {

using server::ReceiveBatch;

constexpr uint16_t kFirstBoundChannel = 0x4000;
// Channels are bound one after another, and a server has few addresses.
constexpr size_t kMostPeers = 8;
constexpr int kSocketBuffer = 1 << 20;
// Receive calls with one after another: other calls want to be heard, too.
constexpr int kReceiveRounds = 4;
constexpr size_t kReceiveBatch = 8;

// Each datagram of what came, which may be a run of them (UDP_GRO).
template <typename OnDatagram>
void ReceiveAll(int fd, ReceiveBatch& batch, OnDatagram on_datagram) {
  for (int round = 0; round < kReceiveRounds; ++round) {
    const size_t got = batch.Receive(fd, kReceiveBatch);
    for (const server::Received& received : batch.Last(got)) {
      const MutableBytes all(received.data, received.size);
      for (size_t at = 0; at < all.size(); at += received.segment_size) {
        on_datagram(received.from,
                    all.subspan(at, std::min(received.segment_size, all.size() - at)));
      }
    }
    batch.Clear();
    if (got < kReceiveBatch) return;
  }
}

class DirectWay final : public CallWay {
 public:
  explicit DirectWay(PacketOut& out) : out_(out) {}

  absl::Status Add(net::Family family) {
    const net::Address any =
        family == net::Family::kIpv4 ? net::Address::V4(0, 0, 0, 0) : *net::Address::Parse("::");
    Socket socket{server::OpenRelaySocketFd({any, 0}, {.buffer_bytes = kSocketBuffer}), {}, {}};
    if (!socket.fd.is_open()) return absl::ErrnoToStatus(errno, "cannot open a UDP socket");
    socket.local = server::LocalEndpointOf(socket.fd.get());
    sockets_.push_back(std::move(socket));
    return absl::OkStatus();
  }

  std::vector<net::Endpoint> locals() const override {
    std::vector<net::Endpoint> locals;
    for (const Socket& socket : sockets_) locals.push_back(socket.local);
    return locals;
  }
  std::vector<int> fds() const override {
    std::vector<int> fds;
    for (const Socket& socket : sockets_) fds.push_back(socket.fd.get());
    return fds;
  }
  void Send(const ice::Path& path, Bytes datagram) override {
    for (Socket& socket : sockets_) {
      if (socket.local != path.local) continue;
      out_.Add(socket.fd.get(), server::SocketAddress(path.remote), {}, datagram, &socket.limit);
    }
  }
  bool Receive(ReceiveBatch& batch, CallMachine& machine) override {
    for (const Socket& socket : sockets_) {
      ReceiveAll(socket.fd.get(), batch, [&](const server::SocketAddress& from, MutableBytes data) {
        machine.OnDatagram({socket.local, from.ToEndpoint()}, data, server::Now());
      });
    }
    return true;
  }

 private:
  struct Socket {
    server::UniqueFd fd;
    net::Endpoint local;
    server::SegmentLimit limit = server::kNoSegmentLimit;
  };
  PacketOut& out_;
  std::vector<Socket> sockets_;
};

class TurnWay final : public CallWay {
 public:
  TurnWay(PacketOut& out, std::unique_ptr<server::TurnSession> session, net::Endpoint relayed,
          const TurnWayOptions& options)
      : out_(out),
        session_(std::move(session)),
        relayed_(relayed),
        server_(options.link.server),
        is_plain_udp_(options.link.transport == net::Transport::kUdp) {
    const int on = 1;  // without it datagrams come one by one
    if (is_plain_udp_) ::setsockopt(fds()[0], SOL_UDP, UDP_GRO, &on, sizeof(on));
  }
  ~TurnWay() override { session_->Ask(client::RefreshRequest{0}, std::chrono::milliseconds(500)); }

  void Bind(uint16_t channel, const net::Endpoint& peer) { peers_.push_back({channel, peer}); }

  std::vector<net::Endpoint> locals() const override { return {relayed_}; }
  std::vector<int> fds() const override { return {session_->link().fd()}; }

  void Send(const ice::Path& path, Bytes datagram) override {
    const auto peer = std::find_if(peers_.begin(), peers_.end(),
                                   [&](const Peer& one) { return one.endpoint == path.remote; });
    if (peer == peers_.end()) return;
    if (!is_plain_udp_) {
      // What the path does not take is lost, as a datagram is.
      session_->SendChannel(peer->channel, datagram);
      return;
    }
    std::array<uint8_t, turn::kChannelDataHeaderSize> header;
    turn::WriteChannelDataHeader(header, peer->channel, datagram.size());
    out_.Add(fds_[0], server_, header, datagram, &limit_);
  }
  bool Receive(ReceiveBatch& batch, CallMachine& machine) override {
    if (is_plain_udp_) {
      ReceiveAll(fds_[0], batch, [&](const server::SocketAddress&, MutableBytes datagram) {
        Take(datagram, machine);
      });
      return true;
    }
    return session_->link()
        .Receive([&](Bytes message) {
          // A view into the link's own buffer, and SRTP is opened in place.
          scratch_.assign(message.begin(), message.end());
          Take(scratch_, machine);
        })
        .ok();
  }

 private:
  struct Peer {
    uint16_t channel;
    net::Endpoint endpoint;
  };
  void Take(MutableBytes message, CallMachine& machine) const {
    const auto data = turn::ChannelDataView::Parse(message);
    if (!data.ok()) return;
    for (const Peer& peer : peers_) {
      if (peer.channel != data->channel) continue;
      machine.OnDatagram({relayed_, peer.endpoint},
                         message.subspan(turn::kChannelDataHeaderSize, data->data.size()),
                         server::Now());
    }
  }

  PacketOut& out_;
  const std::unique_ptr<server::TurnSession> session_;
  const net::Endpoint relayed_;
  const server::SocketAddress server_;
  const bool is_plain_udp_;  // runs of datagrams need no link
  const std::array<int, 1> fds_{session_->link().fd()};
  server::SegmentLimit limit_ = server::kNoSegmentLimit;
  std::vector<Peer> peers_;
  std::vector<uint8_t> scratch_;
};

absl::Status StatusOfAnswer(std::string_view what, const server::Answer& answer) {
  if (answer.code == 0) {
    const std::string_view why = answer.status.text.empty() ? "no answer that can be believed"
                                                            : std::string_view(answer.status.text);
    return absl::UnavailableError(absl::StrCat(what, ": ", why));
  }
  const std::string text = absl::StrCat(what, ": ", answer.code, " (", Escape(answer.reason), ")");
  return answer.code == stun::error_code::kUnauthenticated ? absl::PermissionDeniedError(text)
                                                           : absl::FailedPreconditionError(text);
}

}  // namespace

absl::StatusOr<std::unique_ptr<CallWay>> OpenDirectWay(PacketOut& out,
                                                       const std::vector<net::Endpoint>& remotes) {
  auto way = std::make_unique<DirectWay>(out);
  for (const net::Family family : {net::Family::kIpv4, net::Family::kIpv6}) {
    const bool is_wanted = std::any_of(remotes.begin(), remotes.end(), [&](const auto& remote) {
      return remote.address.family() == family;
    });
    if (!is_wanted) continue;
    if (absl::Status status = way->Add(family); !status.ok()) return status;
  }
  return way;
}

absl::StatusOr<std::unique_ptr<CallWay>> OpenTurnWay(PacketOut& out, const TurnWayOptions& options,
                                                     const std::vector<net::Endpoint>& remotes,
                                                     stun::TransactionIds& ids) {
  if (remotes.empty()) return absl::NotFoundError("the media peer has no UDP candidate");
  server::OpenedLink opened = server::ClientLink::Open(options.link);
  if (!opened.status.ok()) {
    return absl::UnavailableError(
        absl::StrCat("TURN at ", options.link.server.ToString(), ": ", opened.status.text));
  }
  client::TurnClientConfig config;
  config.username = options.username;
  config.password = options.password;
  if (net::IsStream(options.link.transport)) {
    config.retransmission = stun::RetransmissionPolicy::Reliable();
  }
  auto session =
      std::make_unique<server::TurnSession>(std::move(opened.link), std::move(config), ids);
  client::AllocateRequest allocate;
  const bool any_v4 = std::any_of(remotes.begin(), remotes.end(),
                                  [](const auto& remote) { return remote.address.is_v4(); });
  allocate.family = any_v4 ? net::Family::kIpv4 : net::Family::kIpv6;
  const server::Answer answer = session->Ask(allocate, options.link.timeout);
  const auto* allocated = answer.As<client::Allocated>();
  if (allocated == nullptr) return StatusOfAnswer("Allocate", answer);
  const net::Endpoint relayed = allocated->relayed;
  server::TurnSession& turn = *session;
  auto way = std::make_unique<TurnWay>(out, std::move(session), relayed, options);
  uint16_t channel = kFirstBoundChannel;
  absl::Status refused = absl::OkStatus();
  for (const net::Endpoint& remote : remotes) {
    if (remote.address.family() != relayed.address.family()) continue;
    if (channel == kFirstBoundChannel + kMostPeers) break;
    const server::Answer bound = turn.Ask(
        client::ChannelBindRequest{channel, net::PeerAddress{remote}}, options.link.timeout);
    if (bound.ok()) {
      way->Bind(channel++, remote);
    } else {
      refused = StatusOfAnswer(absl::StrCat("ChannelBind to ", remote.ToString()), bound);
    }
  }
  // One of its addresses is enough.
  if (channel == kFirstBoundChannel) return refused;
  return way;
}

}  // namespace koeru::tools
