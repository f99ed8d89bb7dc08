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
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/ice/uri.h"
#include "native_server/client/name_service.h"
#include "native_server/io/random.h"
#include "native_server/io/unique_fd.h"
#include "native_server/tools/call/call_way.h"
#include "native_server/tools/call/web_client.h"

namespace koeru::tools {

struct CallPlan {
  std::string host = {};  // of the URL
  uint16_t port = 443;
  CallVia via = CallVia::kDirect;
  CallMachine::Options call = {};
  int seconds = 10;
  int calls = 1;
  // For the media peer, and for TURN where nothing else is named below. Empty: those that the
  // server hands out at /ice-servers; where it has none, those of TURN.
  std::string user = {}, password = {};
  std::shared_ptr<const server::TlsContext> tls = nullptr;
  // Of TURN, instead of what /ice-servers names: the link, or the URI of any server.
  std::optional<server::LinkOptions> turn = std::nullopt;
  std::string turn_uri = {};
  std::string turn_user = {}, turn_password = {};
  net::Duration timeout = std::chrono::seconds(10);
};

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
  absl::Status FindServer();
  void TakeIceServers(std::string_view json);
  // The first address of the way's transport, unless there is one already.
  void TakeTurn(const ice::Uri& uri);
  CallFacts SetUpWay();
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
  WebClient::Options web_;
  std::string user_, password_;
  std::optional<TurnWayOptions> relay_;
  server::UniqueFd epoll_;
  PacketOut out_;
  server::ReceiveBatch batch_;
  std::vector<std::unique_ptr<Call>> calls_;
  std::set<std::pair<net::Instant, size_t>> deadlines_;  // of the calls
  net::Instant next_poll_;                               // of signalling
};

}  // namespace koeru::tools
