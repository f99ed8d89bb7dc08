#pragma once

// Data through a relay whose clients come over TCP, TLS or DTLS: as in data_load.h, with a
// connection for each client.

#include <memory>
#include <vector>

#include "native_server/client/client_link.h"
#include "tests/bench/client_farm.h"
#include "tests/bench/data_load.h"

namespace koeru::bench {

class ConnectionRun {
 public:
  // Makes the allocations, each with a channel to `peer`.
  ConnectionRun(const DataLoad& load, net::Transport transport, const sockaddr_in& server,
                const client::TurnClientConfig& credentials, const UdpSocket& peer,
                const ProcessCost& cost);
  ~ConnectionRun();

  DataResult Run();

 private:
  struct Client {
    std::unique_ptr<server::ClientLink> link;
    sockaddr_in relayed{};
  };

  void Allocate(Client& client, const client::TurnClientConfig& credentials);
  void Fill();
  void Drain();
  size_t DrainPeer();
  size_t DrainClients();
  void Count(Bytes arrived);

  DataLoad load_;
  const UdpSocket& peer_;
  const ProcessCost& cost_;
  CountedTransactionIds ids_;
  std::vector<Client> clients_;
  int epoll_;
  ReceiveBatch in_;
  SendBatch out_;
  std::vector<uint8_t> message_;   // what is sent
  std::vector<uint8_t> arriving_;  // and as what it arrives
  size_t next_ = 0;                // round robin over clients
  int64_t in_flight_ = 0;
  int64_t last_progress_ns_ = 0;
  DataResult result_;
};

}  // namespace koeru::bench
