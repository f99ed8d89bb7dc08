#include "native_server/tools/check/relay_probe.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "native_server/client/client_socket.h"
#include "native_server/io/clock.h"
#include "native_server/io/socket_address.h"
#include "native_server/io/udp_socket.h"
#include "native_server/tls/crypto_init.h"
#include "native_server/tools/check/probe.h"
#include "native_server/tools/check/probe_packet.h"

namespace koeru::tools {
namespace {

using server::Data;
using server::Now;
using server::TurnSession;
using std::chrono::milliseconds;

constexpr int kAttempts = 3;
constexpr auto kWaitForEach = milliseconds(700);

// True when `packet` itself arrives within the time; older ones are skipped.
bool Arrives(TurnSession& to, const ProbePacket& packet, net::Duration wait) {
  const net::Instant deadline = Now() + wait;
  while (const auto data = to.WaitForData(deadline)) {
    if (packet.IsIn(data->bytes)) return true;
  }
  return false;
}

template <typename Send>
bool TryToSend(TurnSession& to, size_t size, Send send) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const ProbePacket packet(size);
    if (!send(packet.bytes()).ok()) return false;
    if (Arrives(to, packet, kWaitForEach)) return true;
  }
  return false;
}

bool SendByIndication(TurnSession& from, TurnSession& to, const net::PeerAddress& peer) {
  return TryToSend(to, 100, [&](Bytes b) { return from.SendIndication(peer, b); });
}

bool SendByChannel(TurnSession& from, TurnSession& to) {
  return TryToSend(to, 100, [&](Bytes b) { return from.SendChannel(kProbeChannel, b); });
}

// With one session at both ends the second request is the same as the first.
template <typename Request, typename Of>
RequestFacts AskBoth(const RelayedWay& way, net::Duration timeout, Of request_of) {
  const RequestFacts first = FactsOf(way.from.Ask(Request{request_of(way.peer)}, timeout));
  if (!first.ok || &way.from == &way.to) return first;
  return FactsOf(way.to.Ask(Request{request_of(way.back)}, timeout));
}

}  // namespace

void ProbeEcho(const RelayedWay& way, net::Duration timeout, EchoFacts& facts) {
  facts.permission =
      AskBoth<client::CreatePermissionRequest>(way, timeout, [](const net::PeerAddress& peer) {
        return client::CreatePermissionRequest{peer.endpoint.address};
      });
  if (!facts.permission.ok) return;
  facts.with_indications =
      SendByIndication(way.from, way.to, way.peer) && SendByIndication(way.to, way.from, way.back);
  facts.channel =
      AskBoth<client::ChannelBindRequest>(way, timeout, [](const net::PeerAddress& peer) {
        return client::ChannelBindRequest{kProbeChannel, peer};
      });
  if (!facts.channel.ok) return;
  facts.with_channels = SendByChannel(way.from, way.to) && SendByChannel(way.to, way.from);
}

void ProbeOutside(TurnSession& session, const net::Endpoint& relayed, const net::Address& mapped,
                  net::Duration timeout, OutsideFacts& facts) {
  const auto answer = session.Ask(client::CreatePermissionRequest{mapped}, timeout);
  facts.permission = FactsOf(answer);
  if (!answer.ok()) return;
  const net::Endpoint any{net::Address::Any(relayed.address.family()), 0};
  const server::UniqueFd socket = server::OpenRelaySocketFd(any, {});
  if (!socket.is_open()) return;
  facts.done = true;
  const server::SocketAddress to(relayed);
  for (int attempt = 0; attempt < kAttempts && !facts.arrived; ++attempt) {
    const ProbePacket packet(100);
    const Bytes bytes = packet.bytes();
    // What fails here shows as not arriving.
    ::sendto(socket.get(), bytes.data(), bytes.size(), 0, to.get(), to.size());
    facts.arrived = Arrives(session, packet, kWaitForEach);
  }
}

void ProbePacketSize(const RelayedWay& way, net::Family family, bool dont_fragment,
                     PathFacts& facts) {
  // 576: RFC 791; 1280: RFC 8200; then tunnels, PPPoE and Ethernet.
  constexpr std::array<size_t, 8> kPacketSizes = {576, 1228, 1280, 1400, 1420, 1460, 1492, 1500};
  const size_t headers = (family == net::Family::kIpv4 ? 20 : 40) + 8;
  // STUN's header, XOR-PEER-ADDRESS, DONT-FRAGMENT, and the header of DATA.
  const size_t address = way.peer.endpoint.address.is_v4() ? 12 : 24;
  const size_t around = 20 + address + (dont_fragment ? 4 : 0) + 4;
  for (const size_t size : kPacketSizes) {
    const bool arrived = TryToSend(way.to, size - headers - around, [&](Bytes bytes) {
      return way.from.SendIndication(way.peer, bytes, dont_fragment);
    });
    if (!arrived) {
      facts.too_large_packet = size;
      return;
    }
    facts.largest_packet = size;
  }
}

namespace {

// Sends `count` packets, one every `interval`, and hears what arrives meanwhile and up to a second
// later. `on_arrival` gets the place of the packet in the row, the delay, and when.
template <typename OnArrival>
int SendRow(const RelayedWay& way, int count, net::Duration interval, size_t size,
            OnArrival on_arrival) {
  ProbeRow row(size);
  const net::Instant begin = Now();
  std::vector<net::Instant> sent_at;
  std::vector<bool> arrived(static_cast<size_t>(count));
  int missing = count;
  const auto take = [&](const Data& data) {
    const auto place = row.PlaceOf(data.bytes);
    if (!place || *place >= sent_at.size() || arrived[*place]) return;
    arrived[*place] = true;
    --missing;
    on_arrival(data.at - sent_at[*place], data.at);
  };
  for (int i = 0; i < count; ++i) {
    const net::Instant due = begin + interval * i;
    while (Now() < due) {
      if (const auto data = way.to.WaitForData(due)) take(*data);
    }
    sent_at.push_back(Now());
    if (!way.from.SendChannel(kProbeChannel, row.Packet(static_cast<uint32_t>(i))).ok()) break;
  }
  const net::Instant end = Now() + std::chrono::seconds(1);
  while (missing > 0) {
    const auto data = way.to.WaitForData(end);
    if (!data) break;
    take(*data);
  }
  return static_cast<int>(sent_at.size());
}

double At(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  return sorted[static_cast<size_t>(share * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

void ProbeDelay(const RelayedWay& way, PathFacts& facts) {
  std::vector<double> delays_ms;
  facts.sent = SendRow(way, 50, milliseconds(20), 160, [&](net::Duration delay, net::Instant) {
    delays_ms.push_back(Milliseconds(delay));
  });
  std::sort(delays_ms.begin(), delays_ms.end());
  facts.received = static_cast<int>(delays_ms.size());
  facts.min_ms = At(delays_ms, 0);
  facts.median_ms = At(delays_ms, 0.5);
  facts.p95_ms = At(delays_ms, 0.95);
}

void ProbeThroughput(const RelayedWay& way, int kbps, PathFacts& facts) {
  constexpr int kSize = 1000;
  constexpr int kSeconds = 2;
  facts.burst_kbps = kbps;
  const int count = std::max(2, kbps * 1000 / 8 * kSeconds / kSize);
  const net::Duration interval = net::Duration(std::chrono::seconds(kSeconds)) / count;
  const net::Instant begin = Now();
  net::Instant last = begin;
  facts.burst_sent = SendRow(way, count, interval, kSize, [&](net::Duration, net::Instant at) {
    ++facts.burst_received;
    last = std::max(last, at);
  });
  // From the first packet to a whole interval behind the last.
  const double ms = Milliseconds(last - begin + interval);
  facts.arrived_kbps = ms > 0 ? facts.burst_received * kSize * 8.0 / ms : 0;
}

}  // namespace koeru::tools
