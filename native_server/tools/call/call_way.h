#pragma once

// The way of a call's packets: UDP sockets of its own, or a TURN allocation, whose peers have a
// channel each (RFC 8656 section 12).
//
//   auto way = OpenDirectWay(out, machine.RemoteEndpoints());
//   machine.BeginIce((*way)->locals(), now);
//   (*way)->Send(path, datagram);                     // leaves with out.Flush()
//   (*way)->Receive(batch, machine);                  // when one of fds() is readable
//
// Opening a relayed way waits for the server's answers, each for `timeout` at most. Allocations and
// channels are not made anew: kMostSeconds after opening a way is of no use.

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "native_server/client/turn_session.h"
#include "native_server/io/receive_batch.h"
#include "native_server/tools/call/call_machine.h"
#include "native_server/tools/call/packet_out.h"

namespace koeru::tools {

class CallWay {
 public:
  // RFC 8656 section 9: permissions last 300 s.
  static constexpr int kMostSeconds = 240;

  virtual ~CallWay() = default;
  // Where checks may be sent from: the sockets, or the relayed address.
  virtual std::vector<net::Endpoint> locals() const = 0;
  virtual std::vector<int> fds() const = 0;
  virtual void Send(const ice::Path& path, Bytes datagram) = 0;
  // What is there, without waiting. False: nothing will come any more.
  virtual bool Receive(server::ReceiveBatch& batch, CallMachine& machine) = 0;
};

absl::StatusOr<std::unique_ptr<CallWay>> OpenDirectWay(PacketOut& out,
                                                       const std::vector<net::Endpoint>& remotes);

struct TurnWayOptions {
  server::LinkOptions link = {};
  std::string username = {}, password = {};
};
// kPermissionDenied: the server refuses the credentials; other codes: something else.
absl::StatusOr<std::unique_ptr<CallWay>> OpenTurnWay(PacketOut& out, const TurnWayOptions& options,
                                                     const std::vector<net::Endpoint>& remotes,
                                                     stun::TransactionIds& ids);

}  // namespace koeru::tools
