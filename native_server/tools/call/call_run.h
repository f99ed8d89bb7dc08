#pragma once

// Calls to a server's media peer, one or many at once, on one thread: sockets, clock and signalling
// around CallMachine.
//
//   CallRun run(plan);
//   run.SetUp(stop);                       // one call after another, until each is ready or over
//   run.Run(stop);                         // media on all that are ready
//   std::vector<CallFacts> facts = run.Finish();
//
// Every wait is bounded: plan.timeout for each step of signalling and TURN, CallMachine::kSetupTime
// for ICE, DTLS and the data channel, then the plan's seconds and a few for what is under way.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <set>
#include <vector>

#include "native_server/client/name_service.h"
#include "native_server/io/random.h"
#include "native_server/io/unique_fd.h"
#include "native_server/tools/call/call_plan.h"
#include "native_server/tools/call/call_servers.h"
#include "native_server/tools/call/call_way.h"
#include "native_server/tools/call/web_client.h"

namespace koeru::tools {

class CallRun {
 public:
  // `names` outlives it.
  CallRun(CallPlan plan, server::NameService& names);
  ~CallRun();

  void SetUp(const std::atomic<bool>& stop);
  void Run(const std::atomic<bool>& stop);
  // One for each call.
  std::vector<CallFacts> Finish();

  // Datagrams that the kernel did not take.
  uint64_t not_sent() const { return out_.failed(); }

 private:
  struct Call;

  // What all calls need before the first. A failure is that of each call.
  CallFacts Prepare();
  // The certificate of DTLS, one for all calls.
  absl::Status MakeIdentity();
  void SetUpOne(Call& call, size_t number);
  bool Join(Call& call);
  bool AskForAnswer(Call& call);
  void OnText(Call& call, std::string_view text);
  void Watch(size_t index);
  // Waits until the deadline at most, and does what is due.
  void Turn(net::Instant deadline);
  void OnDue(net::Instant now);
  void Arm(size_t index);
  bool Runs(const Call& call) const;

  const CallPlan plan_;
  server::NameService& names_;
  boost::asio::io_context io_;
  server::SystemRandom random_;
  server::RandomTransactionIds ids_;
  server::SctpStack sctp_;
  CallShared shared_;
  CallServers servers_;
  server::UniqueFd epoll_;
  PacketOut out_;
  server::ReceiveBatch batch_;
  std::vector<std::unique_ptr<Call>> calls_;
  std::set<std::pair<net::Instant, size_t>> deadlines_;  // of the calls
  net::Instant next_poll_;                               // of signalling
};

}  // namespace koeru::tools
