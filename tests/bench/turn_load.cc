// turn_load: the load generator of `make bench`. It runs one measurement against one server on
// loopback and prints the result as one line of JSON.
//
//   turn_load --mode=data --server=127.0.0.1:3478 --server-pid=123 --user=u --password=p
//             --direction=to-peer --size=160 --allocations=10 --burst=1 --window=128 --seconds=1
//   turn_load --mode=binding|allocate|memory ...
//   turn_load --mode=data --transport=tcp|tls|dtls ...
//
// --protocol=none (data mode) speaks to udp_forwarder, whose peer must be at --peer-port.
// --sink-gro lets the receiver take runs of datagrams at once (UDP_GRO).

#include <cstdio>

#include "tests/bench/connection_load.h"
#include "tests/bench/control_load.h"
#include "tests/bench/data_load.h"
#include "tests/bench/flags.h"

namespace koeru::bench {
namespace {

net::Transport ParseTransport(const std::string& name) {
  if (name == "udp") return net::Transport::kUdp;
  if (name == "tcp") return net::Transport::kTcp;
  if (name == "tls") return net::Transport::kTls;
  if (name == "dtls") return net::Transport::kDtls;
  Die("--transport is udp, tcp, tls or dtls");
}

struct Options {
  explicit Options(Flags& flags)
      : mode(flags.Text("mode", "data")),
        server(ParseAddress(flags.Text("server", "127.0.0.1:3478"))),
        cost(static_cast<pid_t>(flags.Number("server-pid", 0))),
        credentials{.username = flags.Text("user", ""), .password = flags.Text("password", "")},
        peer_port(static_cast<uint16_t>(flags.Number("peer-port", 0))),
        sink_gro(flags.Has("sink-gro")),
        transport(ParseTransport(flags.Text("transport", "udp"))) {
    load.to_peer = flags.Text("direction", "to-peer") == "to-peer";
    load.channels = flags.Text("protocol", "turn") == "turn";
    load.allocations = static_cast<size_t>(flags.Number("allocations", 10));
    load.payload_size = static_cast<size_t>(flags.Number("size", 160));
    load.burst = static_cast<size_t>(flags.Number("burst", 1));
    load.window = static_cast<size_t>(flags.Number("window", 128));
    load.seconds = static_cast<double>(flags.Number("milliseconds", 1000)) / 1000;
    flags.RefuseTheRest();
  }

  std::string mode;
  sockaddr_in server;
  ProcessCost cost;
  client::TurnClientConfig credentials;
  uint16_t peer_port;
  bool sink_gro;
  net::Transport transport;
  DataLoad load;
};

// The forwarder makes a flow for whom it hears from; its own address for the flow shows where the
// peer receives. What the kernel drops is said again.
void Hello(ClientFarm& farm, const UdpSocket& peer, size_t i) {
  const std::array<uint8_t, 1> hello{};
  SendBatch out(1);
  for (int attempt = 0; attempt < 5; ++attempt) {
    out.Add(hello, farm.server(), {.from = ClientFarm::AddressOf(i)});
    out.Flush(farm.socket());
    if (WaitReadable(peer, 1000)) return;
  }
  Die("the forwarder does not forward to --peer-port");
}

void LearnFlows(ClientFarm& farm, const UdpSocket& peer, size_t count) {
  ReceiveBatch in(1, 2048);
  for (size_t i = 0; i < count; ++i) {
    Hello(farm, peer, i);
    in.Receive(peer);
    farm.Adopt(i, in[0].from);
    in.Clear();
  }
}

void PrintRate(const char* what, int64_t done, int64_t lost, int64_t wall_ns, int64_t cpu_ns) {
  const auto count = static_cast<double>(done);
  std::printf(
      "{\"%s\":%ld,\"lost\":%ld,\"per_cpu_second\":%.0f,\"per_second\":%.0f,"
      "\"cpu_us_each\":%.4f,\"cpu_share\":%.3f}\n",
      what, done, lost, count * 1e9 / static_cast<double>(cpu_ns),
      count * 1e9 / static_cast<double>(wall_ns), static_cast<double>(cpu_ns) / 1e3 / count,
      static_cast<double>(cpu_ns) / static_cast<double>(wall_ns));
}

int PrintData(const DataResult& r) {
  if (r.delivered == 0) Die("nothing arrived");
  if (r.damaged != 0) Die(std::to_string(r.damaged) + " packets arrived damaged");
  PrintRate("delivered", r.delivered, r.lost, r.wall_ns, r.cpu_ns);
  return 0;
}

int RunConnections(const Options& options) {
  if (options.mode != "data") Die("--transport is for --mode=data");
  const UdpSocket peer(MakeAddress(INADDR_LOOPBACK, 0), {});
  ConnectionRun run(options.load, options.transport, options.server, options.credentials, peer,
                    options.cost);
  return PrintData(run.Run());
}

int RunData(const Options& options, ClientFarm& farm, const UdpSocket& peer) {
  const size_t count = options.load.allocations;
  const sockaddr_in peer_address = peer.local();
  const net::PeerAddress turn_peer{{net::Address::V4(127, 0, 0, 1), ntohs(peer_address.sin_port)}};
  if (options.load.channels) {
    farm.Run(0, count, {client::AllocateRequest{}, client::ChannelBindRequest{kChannel, turn_peer}},
             32);
  } else {
    LearnFlows(farm, peer, count);
  }
  const DataResult r = DataRun(options.load, farm, peer, options.cost).Run();
  if (options.load.channels) farm.Run(0, count, {client::RefreshRequest{0}}, 32);
  return PrintData(r);
}

int Run(const Options& options) {
  if (options.transport != net::Transport::kUdp) return RunConnections(options);
  ClientFarm farm(options.server, options.credentials, options.sink_gro);
  const UdpSocket peer(MakeAddress(INADDR_LOOPBACK, options.peer_port), {.gro = options.sink_gro});
  if (options.mode == "data") return RunData(options, farm, peer);
  const DataLoad& load = options.load;
  if (options.mode == "binding") {
    const ControlResult r =
        RunBindings(farm, options.cost, load.allocations, load.window, load.seconds);
    PrintRate("answered", r.done, r.lost, r.wall_ns, r.cpu_ns);
    return 0;
  }
  if (options.mode == "allocate") {
    const ControlResult r = RunAllocations(farm, options.cost, load.window, load.seconds);
    PrintRate("allocations", r.done, r.lost, r.wall_ns, r.cpu_ns);
    return 0;
  }
  if (options.mode == "memory") {
    const net::PeerAddress somebody{{net::Address::V4(127, 0, 0, 1), 9}};
    const MemoryResult r = MeasureMemory(farm, options.cost, load.allocations, somebody);
    std::printf("{\"allocations\":%zu,\"before\":%ld,\"after\":%ld,\"bytes_each\":%.0f}\n",
                r.allocations, r.before, r.after,
                static_cast<double>(r.after - r.before) / static_cast<double>(r.allocations));
    return 0;
  }
  Die("--mode is data, binding, allocate or memory");
}

}  // namespace
}  // namespace koeru::bench

int main(int argc, char** argv) {
  koeru::bench::Flags flags(argc, argv);
  const koeru::bench::Options options(flags);
  return koeru::bench::Run(options);
}
