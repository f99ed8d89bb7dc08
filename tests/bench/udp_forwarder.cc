// udp_forwarder: a relay that knows no protocol, as the lower bound of what a relay must cost.
//
// It has the socket layout of a TURN server: one socket towards all clients, and one socket per
// client towards the peer. What a client sends goes to the peer from the client's own socket; what
// the peer sends to that socket goes to the client. Nothing is added, removed or read. One thread.
//
//   udp_forwarder --listen=127.0.0.1:4000 --peer=127.0.0.1:5000 [--gso]
//
// Without --gso: recvmmsg and sendmmsg. With it also UDP_GRO and UDP_SEGMENT: a run of equal
// datagrams to one destination leaves as one send. Prints "ready" when it can be used.

#include <sys/epoll.h>

#include <array>
#include <cstdio>
#include <deque>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "tests/bench/flags.h"
#include "tests/bench/udp.h"

namespace koeru::bench {
namespace {

constexpr size_t kBatch = 64;
constexpr size_t kEvents = 64;

struct Flow {
  Flow(const sockaddr_in& client_address, const UdpOptions& options)
      : client(client_address), socket(MakeAddress(INADDR_LOOPBACK, 0), options) {}

  sockaddr_in client;
  UdpSocket socket;
  std::vector<size_t> pending;  // datagrams of the batch at hand that belong to this flow
};

class Forwarder {
 public:
  Forwarder(const sockaddr_in& listen, const sockaddr_in& peer, bool gso)
      : peer_(peer),
        options_{.gro = gso, .receive_buffer = 4 << 20},
        listener_(listen, options_),
        epoll_(epoll_create1(EPOLL_CLOEXEC)),
        in_(kBatch, gso ? 65535 : 2048),
        out_(kBatch, gso) {
    Watch(listener_, nullptr);
  }

  void Run() {
    std::array<epoll_event, kEvents> events;
    for (;;) {
      const int ready = epoll_wait(epoll_, events.data(), kEvents, -1);
      for (int i = 0; i < ready; ++i) {
        auto* flow = static_cast<Flow*>(events[static_cast<size_t>(i)].data.ptr);
        if (flow == nullptr) {
          FlushToClients();
          FromClients();
        } else {
          FromPeer(*flow);
        }
      }
      FlushToClients();
    }
  }

 private:
  void Watch(const UdpSocket& socket, Flow* flow) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = flow;
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, socket.fd(), &event) != 0) Die("cannot watch a socket");
  }

  Flow& FlowOf(const sockaddr_in& client) {
    const uint64_t key = (uint64_t{client.sin_addr.s_addr} << 16) | client.sin_port;
    std::unique_ptr<Flow>& flow = flow_by_client_[key];
    if (!flow) {
      flow = std::make_unique<Flow>(client, options_);
      Watch(flow->socket, flow.get());
    }
    return *flow;
  }

  // One receive, then one send per flow that has something in it.
  void FromClients() {
    in_.Receive(listener_);
    touched_.clear();
    for (size_t i = 0; i < in_.size(); ++i) {
      Flow& flow = FlowOf(in_[i].from);
      if (flow.pending.empty()) touched_.push_back(&flow);
      flow.pending.push_back(i);
    }
    for (Flow* flow : touched_) {
      for (size_t i : flow->pending) {
        out_.Add(in_[i].bytes, peer_, {.segment_size = in_[i].segment_size});
      }
      out_.Flush(flow->socket);
      flow->pending.clear();
    }
    in_.Clear();
  }

  // All flows answer through the one socket towards clients, so their packets share its batch.
  void FromPeer(Flow& flow) {
    const size_t before = in_.size();
    in_.Receive(flow.socket);
    for (size_t i = before; i < in_.size(); ++i) {
      out_.Add(in_[i].bytes, flow.client, {.segment_size = in_[i].segment_size});
    }
    if (in_.full()) FlushToClients();
  }

  void FlushToClients() {
    if (!out_.empty()) out_.Flush(listener_);
    in_.Clear();
  }

  sockaddr_in peer_;
  UdpOptions options_;
  UdpSocket listener_;
  int epoll_;
  ReceiveBatch in_;
  SendBatch out_;
  absl::flat_hash_map<uint64_t, std::unique_ptr<Flow>> flow_by_client_;
  std::vector<Flow*> touched_;
};

}  // namespace
}  // namespace koeru::bench

int main(int argc, char** argv) {
  using namespace koeru::bench;
  Flags flags(argc, argv);
  const sockaddr_in listen = ParseAddress(flags.Text("listen", "127.0.0.1:0"));
  const sockaddr_in peer = ParseAddress(flags.Text("peer", ""));
  const bool gso = flags.Has("gso");
  flags.RefuseTheRest();
  Forwarder forwarder(listen, peer, gso);
  std::puts("ready");
  std::fflush(stdout);
  forwarder.Run();
}
