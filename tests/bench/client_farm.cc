#include "tests/bench/client_farm.h"

#include <sys/random.h>

#include <cerrno>

#include "tests/bench/process_cost.h"

namespace koeru::bench {
namespace {

using client::Action;
using client::Request;

constexpr size_t kNetworks = 200;  // 127.1.0.0/16 to 127.200.0.0/16
constexpr size_t kSubnets = 256;
constexpr int64_t kTimerCheck = 50'000'000;

net::Instant Now() { return net::Instant::FromNanoseconds(NowNanoseconds()); }

sockaddr_in ToSockaddr(const net::Endpoint& endpoint) {
  const Bytes b = endpoint.address.bytes();
  if (!endpoint.address.is_v4()) Die("the server gave an IPv6 relayed address to an IPv4 client");
  const uint32_t address = static_cast<uint32_t>((b[0] << 24) | (b[1] << 16) | (b[2] << 8) | b[3]);
  return MakeAddress(address, endpoint.port);
}

[[noreturn]] void DieOf(const client::Refused& refused) {
  errno = 0;
  Die("the server refused method " + std::to_string(static_cast<int>(refused.method)) + ": " +
      std::to_string(refused.code) + " " + std::string(refused.reason));
}

[[noreturn]] void DieOf(const client::Failed& failed) {
  errno = 0;
  Die("no good answer to method " + std::to_string(static_cast<int>(failed.method)) +
      (failed.failure == client::Failure::kTimedOut ? ": none came" : ": it cannot be believed"));
}

}  // namespace

CountedTransactionIds::CountedTransactionIds() {
  if (getrandom(&prefix_, sizeof(prefix_), 0) != sizeof(prefix_)) Die("getrandom");
}

stun::TransactionId CountedTransactionIds::Next() {
  stun::TransactionId id;
  Writer w(id);
  w.U64(prefix_);
  w.U32(next_++);
  return id;
}

ClientFarm::ClientFarm(const sockaddr_in& server, client::TurnClientConfig config, bool gro)
    : server_(server),
      config_(std::move(config)),
      socket_(MakeAddress(INADDR_ANY, 0), {.gro = gro, .pktinfo = true}),
      in_(64, 65535),
      out_(64) {}

void ClientFarm::Adopt(size_t i, const sockaddr_in& relayed) {
  clients_.try_emplace(i, client::TurnClient(config_, ids_)).first->second.relayed = relayed;
}

uint32_t ClientFarm::AddressOf(size_t i) {
  const size_t network = 1 + i % kNetworks;
  const size_t subnet = i / kNetworks % kSubnets;
  const size_t host = 1 + i / kNetworks / kSubnets % 250;
  return static_cast<uint32_t>((127u << 24) | (network << 16) | (subnet << 8) | host);
}

size_t ClientFarm::IndexOf(uint32_t address) {
  const size_t network = (address >> 16) & 0xFF;
  const size_t subnet = (address >> 8) & 0xFF;
  const size_t host = address & 0xFF;
  return (network - 1) + kNetworks * (subnet + kSubnets * (host - 1));
}

void ClientFarm::Run(size_t first, size_t count, const std::vector<Request>& script,
                     size_t window) {
  size_t started = 0;
  size_t finished = 0;
  int64_t next_timer_check = NowNanoseconds() + kTimerCheck;
  while (finished < count) {
    for (; started < count && started - finished < window; ++started) {
      const size_t i = first + started;
      Client& client = clients_.try_emplace(i, client::TurnClient(config_, ids_)).first->second;
      client.step = 0;
      StartStep(i, script);
    }
    FlushOutbox();
    if (WaitReadable(socket_, 10)) finished += ReceiveAll(script);
    if (NowNanoseconds() >= next_timer_check) {
      finished += FireTimers(first, first + started, script);
      next_timer_check = NowNanoseconds() + kTimerCheck;
    }
  }
  FlushOutbox();
}

void ClientFarm::StartStep(size_t i, const std::vector<Request>& script) {
  Client& client = clients_.at(i);
  actions_.Clear();
  client.machine.Start(script[client.step], Now(), actions_);
  CarryOut(i, script);
}

size_t ClientFarm::ReceiveAll(const std::vector<Request>& script) {
  size_t finished = 0;
  in_.Receive(socket_);
  for (size_t d = 0; d < in_.size(); ++d) {
    const size_t i = IndexOf(in_[d].local);
    const auto found = clients_.find(i);
    if (found == clients_.end()) continue;
    // A server may answer two clients in one GSO send only when they are one address: each
    // datagram of a run is a message of this client.
    const size_t size = in_[d].segment_size == 0 ? in_[d].bytes.size() : in_[d].segment_size;
    for (Bytes rest = in_[d].bytes; !rest.empty();) {
      const Bytes message = rest.first(std::min(size, rest.size()));
      rest = rest.subspan(message.size());
      actions_.Clear();
      found->second.machine.OnDatagram(message, Now(), actions_);
      if (CarryOut(i, script)) ++finished;
    }
  }
  in_.Clear();
  return finished;
}

size_t ClientFarm::FireTimers(size_t first, size_t end, const std::vector<Request>& script) {
  size_t finished = 0;
  const net::Instant now = Now();
  for (size_t i = first; i < end; ++i) {
    const auto found = clients_.find(i);
    if (found == clients_.end() || found->second.machine.NextDeadline() > now) continue;
    actions_.Clear();
    found->second.machine.OnTimeout(now, actions_);
    if (CarryOut(i, script)) ++finished;
  }
  return finished;
}

bool ClientFarm::CarryOut(size_t i, const std::vector<Request>& script) {
  Client& client = clients_.at(i);
  bool step_done = false;
  for (const Action& action : actions_) {
    if (const auto* send = std::get_if<client::SendToServer>(&action)) {
      const Bytes bytes = actions_.BytesOf(*send);
      outbox_.push_back({{bytes.begin(), bytes.end()}, AddressOf(i)});
    } else {
      OnEvent(client, action);
      step_done = true;
    }
  }
  if (!step_done) return false;
  if (++client.step == script.size()) return true;
  StartStep(i, script);
  return false;
}

void ClientFarm::OnEvent(Client& client, const Action& event) {
  if (const auto* refused = std::get_if<client::Refused>(&event)) DieOf(*refused);
  if (const auto* failed = std::get_if<client::Failed>(&event)) DieOf(*failed);
  if (const auto* allocated = std::get_if<client::Allocated>(&event)) {
    client.relayed = ToSockaddr(allocated->relayed);
  }
}

void ClientFarm::FlushOutbox() {
  for (const Outgoing& message : outbox_) {
    if (out_.full()) out_.Flush(socket_);
    out_.Add(message.bytes, server_, {.from = message.from});
  }
  if (!out_.empty()) out_.Flush(socket_);
  outbox_.clear();
}

}  // namespace koeru::bench
