#include "tests/bench/connection_load.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace koeru::bench {
namespace {

constexpr size_t kBatch = 64;
constexpr int64_t kStallNanoseconds = 500'000'000;
constexpr int64_t kAnswerNanoseconds = 10'000'000'000;

// ChannelData (RFC 8656 section 12.4) or its payload alone. Sizes are multiples of 4: no padding.
std::vector<uint8_t> MakeMessage(size_t payload_size, bool with_header) {
  std::vector<uint8_t> message;
  if (with_header) {
    message = {kChannel >> 8, kChannel & 0xFF, static_cast<uint8_t>(payload_size >> 8),
               static_cast<uint8_t>(payload_size & 0xFF)};
  }
  for (size_t i = 0; i < payload_size; ++i) message.push_back(static_cast<uint8_t>(i * 7));
  return message;
}

net::Instant Now() { return net::Instant::FromNanoseconds(NowNanoseconds()); }

void DieUnlessOk(const server::LinkStatus& status) {
  errno = 0;
  if (!status.ok()) Die("the connection to the server failed: " + status.text);
}

// Trusts everybody: it measures. Null for TCP.
std::shared_ptr<const server::TlsContext> ClientTls(net::Transport transport) {
  if (transport != net::Transport::kTls && transport != net::Transport::kDtls) return nullptr;
  server::TlsClientOptions options;
  options.datagram = transport == net::Transport::kDtls;
  auto context = server::TlsContext::ForClient(options);
  if (!context.ok()) Die(context.status().message());
  return *std::move(context);
}

server::LinkOptions LinkTo(const sockaddr_in& server, net::Transport transport) {
  const uint32_t address = ntohl(server.sin_addr.s_addr);
  server::LinkOptions options;
  options.transport = transport;
  options.server = {
      net::Address::V4(static_cast<uint8_t>(address >> 24), static_cast<uint8_t>(address >> 16),
                       static_cast<uint8_t>(address >> 8), static_cast<uint8_t>(address)),
      ntohs(server.sin_port)};
  options.server_name = "localhost";
  options.tls = ClientTls(transport);
  return options;
}

// Does one request, and says what came of it.
client::Action Ask(server::ClientLink& link, client::TurnClient& machine,
                   const client::Request& request, client::Actions& actions) {
  std::optional<client::Action> outcome;
  const auto carry_out = [&] {
    for (const client::Action& action : actions) {
      if (const auto* send = std::get_if<client::SendToServer>(&action)) {
        DieUnlessOk(link.Send(actions.BytesOf(*send)));
      } else {
        outcome = action;
      }
    }
  };
  actions.Clear();
  machine.Start(request, Now(), actions);
  carry_out();
  const int64_t end = NowNanoseconds() + kAnswerNanoseconds;
  while (!outcome && NowNanoseconds() < end) {
    DieUnlessOk(link.Receive([&](Bytes message) {
      actions.Clear();
      machine.OnDatagram(message, Now(), actions);
      carry_out();
    }));
  }
  if (!outcome) Die("the server does not answer");
  if (const auto* refused = std::get_if<client::Refused>(&*outcome)) {
    Die("the server refused: " + std::to_string(refused->code));
  }
  return *outcome;
}

}  // namespace

ConnectionRun::ConnectionRun(const DataLoad& load, net::Transport transport,
                             const sockaddr_in& server, const client::TurnClientConfig& credentials,
                             const UdpSocket& peer, const ProcessCost& cost)
    : load_(load),
      peer_(peer),
      cost_(cost),
      clients_(load.allocations),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      in_(kBatch, 65535),
      out_(kBatch),
      message_(MakeMessage(load.payload_size, load.to_peer)),
      arriving_(MakeMessage(load.payload_size, !load.to_peer)) {
  const server::LinkOptions options = LinkTo(server, transport);
  for (size_t i = 0; i < clients_.size(); ++i) {
    server::OpenedLink opened = server::ClientLink::Open(options);
    DieUnlessOk(opened.status);
    clients_[i].link = std::move(opened.link);
    Allocate(clients_[i], credentials);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, clients_[i].link->fd(), &event) != 0) {
      Die("epoll_ctl");
    }
  }
}

ConnectionRun::~ConnectionRun() { ::close(epoll_); }

void ConnectionRun::Allocate(Client& client, const client::TurnClientConfig& credentials) {
  client::TurnClient machine(credentials, ids_);
  client::Actions actions;
  const client::Action allocated = Ask(*client.link, machine, client::AllocateRequest{}, actions);
  if (const auto* event = std::get_if<client::Allocated>(&allocated)) {
    const Bytes b = event->relayed.address.bytes();
    client.relayed =
        MakeAddress(static_cast<uint32_t>((b[0] << 24) | (b[1] << 16) | (b[2] << 8) | b[3]),
                    event->relayed.port);
  }
  const net::PeerAddress peer{{net::Address::V4(127, 0, 0, 1), ntohs(peer_.local().sin_port)}};
  Ask(*client.link, machine, client::ChannelBindRequest{kChannel, peer}, actions);
}

DataResult ConnectionRun::Run() {
  const auto seconds = [](double s) { return static_cast<int64_t>(s * 1e9); };
  const auto run_until = [this](int64_t end) {
    while (NowNanoseconds() < end) {
      Fill();
      Drain();
    }
  };
  last_progress_ns_ = NowNanoseconds();
  run_until(NowNanoseconds() + seconds(load_.warm_up_seconds));
  result_ = {};
  const int64_t wall_before = NowNanoseconds();
  const int64_t cpu_before = cost_.CpuNanoseconds();
  run_until(wall_before + seconds(load_.seconds));
  result_.cpu_ns = cost_.CpuNanoseconds() - cpu_before;
  result_.wall_ns = NowNanoseconds() - wall_before;
  return result_;
}

void ConnectionRun::Fill() {
  for (; in_flight_ < static_cast<int64_t>(load_.window); ++in_flight_, ++result_.sent) {
    Client& client = clients_[next_];
    next_ = (next_ + 1) % clients_.size();
    if (load_.to_peer) {
      DieUnlessOk(client.link->Send(message_));
    } else {
      if (out_.full()) out_.Flush(peer_);
      out_.Add(message_, client.relayed, {});
    }
  }
  if (!out_.empty()) out_.Flush(peer_);
}

void ConnectionRun::Drain() {
  const size_t arrived = load_.to_peer ? DrainPeer() : DrainClients();
  const int64_t now = NowNanoseconds();
  in_flight_ -= static_cast<int64_t>(arrived);
  if (arrived > 0) {
    last_progress_ns_ = now;
  } else if (now - last_progress_ns_ >= kStallNanoseconds) {
    result_.lost += in_flight_;
    in_flight_ = 0;
    last_progress_ns_ = now;
  }
}

size_t ConnectionRun::DrainPeer() {
  const size_t count = in_.Receive(peer_);
  for (size_t i = 0; i < count; ++i) Count(in_[i].bytes);
  in_.Clear();
  return count;
}

size_t ConnectionRun::DrainClients() {
  std::array<epoll_event, kBatch> events{};
  size_t count = 0;
  const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 0);
  for (int i = 0; i < ready; ++i) {
    const Client& client = clients_[events[static_cast<size_t>(i)].data.u64];
    DieUnlessOk(client.link->Receive([&](Bytes message) {
      Count(message);
      ++count;
    }));
  }
  return count;
}

void ConnectionRun::Count(Bytes arrived) {
  const bool intact =
      std::equal(arrived.begin(), arrived.end(), arriving_.begin(), arriving_.end());
  ++(intact ? result_.delivered : result_.damaged);
}

}  // namespace koeru::bench
