#pragma once

// Which peers a client may reach: the wall between the clients of a relay and the network that the
// relay stands in.
//
//   PeerPolicy policy(config);
//   PeerVerdict verdict = policy.Judge(peer);
//   if (!verdict.allowed()) Log("403", verdict.rule, verdict.judged);
//
// An address passes when it and every IPv4 address embedded in it (unwrap.h) pass. For each of
// them the first rule that fits decides:
//   1. an own address of the server: see below;
//   2. an allowed range of the operator opens;
//   3. a denied range of the operator closes;
//   4. a special range (special_ranges.h) closes, unless allow_loopback_peers or
//      allow_private_peers opens it;
//   5. everything else, the public internet, is open.
//
// Own addresses, those of the server's interfaces and its external ones, are closed but for the
// relayed transport addresses of live allocations, because two clients of one relay must be able
// to reach each other: the verdict is kOnlyLiveRelays, and whoever sends asks for each port. An
// operator opens an own address by allowing exactly that address, not a range around it; the demo
// switches open own addresses that are loopback or private.

#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "core/relay/config.h"

namespace koeru::relay {

struct PeerVerdict {
  enum class Kind : uint8_t { kAllowed, kOnlyLiveRelays, kDenied };

  Kind kind = Kind::kAllowed;
  // For the log, when not allowed: which rule denied, and which address it looked at (the peer's
  // own, or one embedded in it). The text lives as long as the policy's configuration.
  std::string_view rule;
  net::Address judged;

  bool allowed() const { return kind == Kind::kAllowed; }
  bool denied() const { return kind == Kind::kDenied; }
};

class PeerPolicy {
 public:
  // Keeps a reference to `config`.
  explicit PeerPolicy(const RelayConfig& config);

  PeerVerdict Judge(const net::Address& peer) const;

  // One of the server's own addresses, relay addresses (local and advertised) among them.
  bool IsOwn(const net::Address& address) const { return own_.contains(address); }

 private:
  PeerVerdict JudgeOne(const net::Address& address) const;
  PeerVerdict JudgeOwn(const net::Address& address) const;

  const RelayConfig& config_;
  absl::flat_hash_set<net::Address> own_;
};

}  // namespace koeru::relay
