#pragma once

// Data through a relay (or the bare forwarder), as fast as it can be without loss: so many packets
// are under way as the window says, and a new one starts when one has arrived. What counts is what
// arrived, per second of the server's CPU time.

#include "tests/bench/client_farm.h"
#include "tests/bench/process_cost.h"

namespace koeru::bench {

struct DataLoad {
  bool to_peer = true;   // else peer to client
  bool channels = true;  // false: the forwarder, which knows no protocol
  size_t allocations = 10;
  size_t payload_size = 160;
  size_t burst = 1;     // datagrams per send (UDP_SEGMENT); 1: each on its own
  size_t window = 128;  // datagrams under way
  double seconds = 1;
  double warm_up_seconds = 0.2;
};

struct DataResult {
  int64_t sent = 0;
  int64_t delivered = 0;
  int64_t lost = 0;
  int64_t damaged = 0;  // arrived with the wrong size or content
  int64_t wall_ns = 0;
  int64_t cpu_ns = 0;
};

inline constexpr uint16_t kChannel = 0x4000;

class DataRun {
 public:
  // The farm's clients 0 .. allocations-1 have an allocation and a channel each.
  DataRun(const DataLoad& load, ClientFarm& farm, const UdpSocket& peer, const ProcessCost& server);

  DataResult Run();

 private:
  void Fill();
  void Drain();
  void AddNext();
  bool IsIntact(const Datagram& datagram) const;
  void DeclareLostWhenStalled();

  DataLoad load_;
  ClientFarm& farm_;
  const ProcessCost& server_;
  const UdpSocket& source_;
  const UdpSocket& sink_;
  ReceiveBatch in_;
  SendBatch out_;
  std::vector<uint8_t> message_;         // what is sent: all packets of a burst
  std::vector<uint8_t> arriving_start_;  // how each packet begins where it arrives
  std::vector<sockaddr_in> relayed_;
  size_t next_ = 0;  // round robin over allocations
  int64_t in_flight_ = 0;
  int64_t last_progress_ns_ = 0;
  DataResult result_;
};

}  // namespace koeru::bench
