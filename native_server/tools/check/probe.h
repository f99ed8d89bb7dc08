#pragma once

// Tests one server over one transport as a client would use it, and writes down what happened. Each
// step needs the one before: connect, Binding, Allocate, data through the relay, the path.

#include <memory>

#include "native_server/client/turn_session.h"
#include "native_server/tools/check/facts.h"
#include "native_server/tools/check/relay_probe.h"

namespace koeru::tools {

struct ProbeOptions {
  net::Duration timeout = std::chrono::seconds(5);  // of each step
  // The credentials; a user that is empty: none.
  std::string user;
  std::string password;
  std::string secret;  // of time-limited credentials; then `password` was made from it
  std::optional<net::Endpoint> echo_peer;
  int burst_kbps = 1000;  // 0: no throughput test
  // Authorities to trust; empty: the system's.
  std::string ca_file;
};

class Prober {
 public:
  // Fails when the authorities cannot be read.
  static absl::StatusOr<std::unique_ptr<Prober>> Make(ProbeOptions options);

  TargetFacts Run(const CheckTarget& target) const;

 private:
  struct Contexts {
    std::shared_ptr<const server::TlsContext> stream[2], datagram;  // [1]: for turns:
  };
  explicit Prober(ProbeOptions options) : options_(std::move(options)) {}

  server::OpenedLink Open(const CheckTarget& target, bool dont_fragment = false) const;
  // Whether the port answers without TLS.
  bool SpeaksPlain(const CheckTarget& target) const;
  // Allocate and what follows, on a session that Binding was answered on.
  void TestRelay(const CheckTarget& target, server::TurnSession& session, TargetFacts& facts) const;
  bool IsLaterNameLetIn(const CheckTarget& target) const;
  void TestPair(const CheckTarget& target, server::TurnSession& session, TargetFacts& facts) const;
  void TestWay(const RelayedWay& way, const CheckTarget& target, TargetFacts& facts) const;

  ProbeOptions options_;
  Contexts contexts_;
};

// As facts.
RequestFacts FactsOf(const server::Answer& answer);
double Milliseconds(net::Duration duration);

}  // namespace koeru::tools
