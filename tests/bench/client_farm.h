#pragma once

// Many TURN clients behind one UDP socket: client i has an address of its own in 127.0.0.0/8 and
// all have the same port. The kernel lets a socket choose the source of each datagram (IP_PKTINFO),
// so a thousand clients cost the load generator no more than one.
//
//   ClientFarm farm(server, {.username = "user", .password = "secret"}, true);
//   farm.Run(0, 1000, {AllocateRequest{}, ChannelBindRequest{0x4000, peer}}, 64);
//   farm.client(7).relayed;

#include <unordered_map>
#include <utility>
#include <vector>

#include "core/client/turn_client.h"
#include "tests/bench/udp.h"

namespace koeru::bench {

// Different for each process, never the same twice in one.
class CountedTransactionIds : public stun::TransactionIds {
 public:
  CountedTransactionIds();
  stun::TransactionId Next() override;

 private:
  uint64_t prefix_;
  uint32_t next_ = 0;
};

class ClientFarm {
 public:
  struct Client {
    explicit Client(client::TurnClient machine_in) : machine(std::move(machine_in)) {}
    client::TurnClient machine;
    size_t step = 0;  // of the script
    sockaddr_in relayed{};
  };

  ClientFarm(const sockaddr_in& server, client::TurnClientConfig config, bool gro);

  // Lets clients first .. first+count-1 do the requests one after the other, at most `window` of
  // them at a time. A request that fails ends the program with a sentence.
  void Run(size_t first, size_t count, const std::vector<client::Request>& script, size_t window);

  const UdpSocket& socket() const { return socket_; }
  const sockaddr_in& server() const { return server_; }
  Client& client(size_t i) { return clients_.at(i); }
  // A client of the forwarder: what its peer sends to `relayed` reaches it.
  void Adopt(size_t i, const sockaddr_in& relayed);
  // Forgets the client: its allocation was deleted, or is left to expire.
  void Forget(size_t i) { clients_.erase(i); }

  // The local address of client i, in host order. Neighbours are far apart, so that limits per
  // network do not take the farm for one attacker.
  static uint32_t AddressOf(size_t i);
  static size_t IndexOf(uint32_t address);

 private:
  struct Outgoing {
    std::vector<uint8_t> bytes;
    uint32_t from;
  };
  // Carries the actions out; true when the client has finished its script.
  bool CarryOut(size_t i, const std::vector<client::Request>& script);
  void StartStep(size_t i, const std::vector<client::Request>& script);
  void OnEvent(Client& client, const client::Action& event);
  size_t ReceiveAll(const std::vector<client::Request>& script);
  size_t FireTimers(size_t first, size_t end, const std::vector<client::Request>& script);
  void FlushOutbox();

  sockaddr_in server_;
  client::TurnClientConfig config_;
  UdpSocket socket_;
  CountedTransactionIds ids_;
  ReceiveBatch in_;
  SendBatch out_;
  client::Actions actions_;
  std::vector<Outgoing> outbox_;
  std::unordered_map<size_t, Client> clients_;
};

}  // namespace koeru::bench
