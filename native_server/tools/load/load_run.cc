#include "native_server/tools/load/load_run.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "native_server/io/clock.h"
#include "native_server/io/socket_address.h"
#include "native_server/io/udp_socket.h"
#include "native_server/tls/crypto_init.h"

namespace koeru::tools {
namespace {

using server::Answer;
using server::Now;
using server::TurnSession;

constexpr auto kPatience = std::chrono::seconds(10);
constexpr uint16_t kFirstChannel = 0x4000;

absl::Status StatusOf(std::string_view what, const Answer& answer) {
  if (answer.code == 0) {
    return absl::UnavailableError(absl::StrCat(what, " got no good answer: ", answer.status.text,
                                               "; `koeru check` says why"));
  }
  std::string_view remedy = "; `koeru check` says why";
  if (answer.code == 403) {
    remedy =
        ": the server refuses this machine as a peer; set allow-loopback-peers, or "
        "allowed-peer-ip with its address";
  } else if (answer.code == 486) {
    remedy = ": raise user-quota or total-quota, or ask for fewer --allocations";
  }
  return absl::PermissionDeniedError(
      absl::StrCat(what, ": ", answer.code, " (", Escape(answer.reason), ")", remedy));
}

// Each size as often as its parts say, well mixed: the one that is furthest behind comes next.
std::vector<size_t> InTurn(const std::vector<SizeShare>& shares) {
  int all = 0;
  for (const SizeShare& share : shares) all += share.parts;
  std::vector<int> owed(shares.size());
  std::vector<size_t> sizes;
  for (int i = 0; i < all; ++i) {
    for (size_t s = 0; s < shares.size(); ++s) owed[s] += shares[s].parts;
    const auto most = std::max_element(owed.begin(), owed.end()) - owed.begin();
    owed[static_cast<size_t>(most)] -= all;
    sizes.push_back(shares[static_cast<size_t>(most)].size);
  }
  return sizes;
}

}  // namespace

LoadRun::LoadRun(const LoadOptions& options, ClientCredentials credentials)
    : options_(options),
      credentials_(std::move(credentials)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      sizes_(InTurn(options.sizes)) {
  std::array<uint8_t, 8> random;
  server::FillRandom(random);
  tag_ = Reader(random).U64();
}

void LoadRun::Watch(int fd, uint64_t index) const {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = index;
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event);
}

absl::Status LoadRun::AddPeers(const net::Address& local) {
  for (int i = 0; i < options_.peers; ++i) {
    peers_.push_back(
        server::OpenRelaySocketFd({local, 0}, {.gro = false, .buffer_bytes = 4 << 20}));
    if (!peers_.back().is_open()) return absl::ErrnoToStatus(errno, "cannot open a peer's socket");
    peer_addresses_.push_back({server::LocalEndpointOf(peers_.back().get())});
    Watch(peers_.back().get(), static_cast<uint64_t>(i));
  }
  return absl::OkStatus();
}

absl::Status LoadRun::AddClient(const server::LinkOptions& link) {
  server::OpenedLink opened = server::ClientLink::Open(link);
  if (!opened.status.ok()) {
    return absl::UnavailableError(absl::StrCat("cannot reach ", link.server.ToString(), ": ",
                                               opened.status.text, "; `koeru check` says more"));
  }
  if (peers_.empty()) {
    const net::Address local = server::LocalEndpointOf(opened.link->fd()).address;
    if (absl::Status status = AddPeers(local); !status.ok()) return status;
  }
  client::TurnClientConfig config;
  config.username = credentials_.user;
  config.password = credentials_.password;
  if (net::IsStream(link.transport)) {
    config.retransmission = stun::RetransmissionPolicy::Reliable();
  }
  auto session = std::make_unique<TurnSession>(std::move(opened.link), std::move(config), ids_);
  client::AllocateRequest allocate;
  if (peer_addresses_[0].endpoint.address.is_v6()) allocate.family = net::Family::kIpv6;
  if (const Answer answer = session->Ask(allocate, kPatience); !answer.ok()) {
    return StatusOf("Allocate", answer);
  }
  clients_.push_back(std::move(session));
  for (size_t i = 0; i < peer_addresses_.size(); ++i) {
    const auto channel = static_cast<uint16_t>(kFirstChannel + i);
    const Answer answer =
        clients_.back()->Ask(client::ChannelBindRequest{channel, peer_addresses_[i]}, kPatience);
    if (!answer.ok()) return StatusOf("ChannelBind", answer);
  }
  return absl::OkStatus();
}

absl::Status LoadRun::Prepare(const server::LinkOptions& link, const std::atomic<bool>& stop) {
  const net::Instant begin = Now();
  for (int i = 0; i < options_.allocations; ++i) {
    absl::Status status = stop ? absl::CancelledError("interrupted") : AddClient(link);
    if (!status.ok()) {
      Release();
      return absl::Status(
          status.code(),
          absl::StrCat("allocation ", i + 1, " of ", options_.allocations, ": ", status.message()));
    }
    Watch(clients_.back()->link().fd(), peers_.size() + clients_.size() - 1);
  }
  stats_.allocations = options_.allocations;
  stats_.allocate_ms = static_cast<double>((Now() - begin).count()) / 1e6;
  return absl::OkStatus();
}

LoadStats LoadRun::Run(const std::atomic<bool>& stop,
                       const std::function<void(std::string_view)>& on_second) {
  const net::Instant begin = Now();
  const net::Instant end = begin + std::chrono::seconds(options_.duration_s);
  const net::Duration interval = net::Duration(std::chrono::seconds(1)) / options_.rate_pps;
  net::Instant due = begin;
  int second = 1;
  while (!stop && Now() < end) {
    for (; due <= Now() && due < end; due = due + interval) SendOne();
    Receive(std::min(due, Now() + std::chrono::milliseconds(20)));
    if (Now() < begin + std::chrono::seconds(second)) continue;
    on_second(ProgressLine(second++, stats_.allocations, second_, second_delays_));
    second_ = {};
    second_delays_.Clear();
  }
  stats_.seconds = static_cast<double>((Now() - begin).count()) / 1e9;
  const net::Instant last = Now() + std::chrono::seconds(1);
  while (stats_.counts.received < stats_.counts.sent && Now() < last) Receive(last);
  Release();
  return stats_;
}

void LoadRun::SendOne() {
  const uint64_t packet = next_++;
  const size_t size = sizes_[packet % sizes_.size()];
  // Client by client, and for each one peer by peer.
  TurnSession& client = *clients_[packet % clients_.size()];
  const uint64_t peer = packet / clients_.size() % peers_.size();
  payload_.resize(size);
  Writer writer(payload_);
  writer.U64(tag_);
  writer.U64(static_cast<uint64_t>(Now().nanoseconds()));
  const auto channel = static_cast<uint16_t>(kFirstChannel + peer);
  if (!client.SendChannel(channel, payload_).ok()) {
    ++stats_.counts.not_sent;
    return;
  }
  for (LoadCounts* counts : {&stats_.counts, &second_}) {
    ++counts->sent;
    counts->sent_bytes += static_cast<int64_t>(size);
  }
}

void LoadRun::Receive(net::Instant deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Now()).count();
  std::array<epoll_event, 64> events{};
  const int ready = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()),
                                 static_cast<int>(std::clamp<int64_t>(left, 0, 20)));
  for (int i = 0; i < ready; ++i) {
    const uint64_t index = events[static_cast<size_t>(i)].data.u64;
    if (index < peers_.size()) {
      Echo(peers_[index].get());
    } else {
      TakeFrom(*clients_[index - peers_.size()]);
    }
  }
}

void LoadRun::Echo(int peer) {
  std::array<uint8_t, 2048> buffer;
  // So many at once at most: the clients want to be heard, too.
  for (int i = 0; i < 64; ++i) {
    server::SocketAddress from;
    socklen_t from_size = server::SocketAddress::capacity();
    const ssize_t size = ::recvfrom(peer, buffer.data(), buffer.size(), 0, from.get(), &from_size);
    if (size < 0) return;
    // What the kernel does not take is lost, and counted as such.
    ::sendto(peer, buffer.data(), static_cast<size_t>(size), 0, from.get(), from.size());
  }
}

void LoadRun::TakeFrom(TurnSession& session) {
  while (const auto data = session.TakeData()) {
    Reader reader(data->bytes);
    const uint64_t tag = reader.U64();
    const auto sent = net::Instant::FromNanoseconds(static_cast<int64_t>(reader.U64()));
    const bool known_size =
        std::find(sizes_.begin(), sizes_.end(), data->bytes.size()) != sizes_.end();
    if (!reader.ok() || tag != tag_ || !known_size) {
      ++stats_.counts.damaged;
      continue;
    }
    for (LoadCounts* counts : {&stats_.counts, &second_}) {
      ++counts->received;
      counts->received_bytes += static_cast<int64_t>(data->bytes.size());
    }
    stats_.delays.Add(data->at - sent);
    second_delays_.Add(data->at - sent);
  }
  // A link that ended would be readable for ever.
  if (!session.status().ok()) {
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, session.link().fd(), nullptr);
  }
}

void LoadRun::Release() {
  for (const auto& client : clients_)
    client->Ask(client::RefreshRequest{0}, std::chrono::seconds(1));
  clients_.clear();
}

}  // namespace koeru::tools
