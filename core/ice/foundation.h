#pragma once

// Foundations: RFC 8445 section 5.1.1.3. Two candidates have the same foundation when they have
// the same type, bases with the same IP address (ports may differ), the same transport protocol,
// and, if reflexive or relayed, were learnt from servers with the same IP address over the same
// protocol. ICE thaws pairs by foundation: what works for one candidate likely works for another.
//
//   FoundationAssigner foundations;
//   foundations.Assign({CandidateType::kHost, base});            // "1"
//   foundations.Assign({CandidateType::kServerReflexive, base, CandidateTransport::kUdp, server});
//   foundations.Assign({CandidateType::kHost, base});            // "1" again

#include <optional>
#include <string>
#include <vector>

#include "core/ice/candidate.h"
#include "core/net/address.h"
#include "core/net/five_tuple.h"

namespace koeru::ice {

struct FoundationKey {
  CandidateType type = CandidateType::kHost;
  net::Address base;
  CandidateTransport transport = CandidateTransport::kUdp;
  // Of the STUN or TURN server, and how it was reached; none for host candidates.
  std::optional<net::Address> server;
  net::Transport server_transport = net::Transport::kUdp;

  friend bool operator==(const FoundationKey&, const FoundationKey&) = default;
};

// Hands out "1", "2", ... in the order in which kinds of candidates appear. An agent has a few
// dozen at most, so they are searched in a row.
class FoundationAssigner {
 public:
  std::string Assign(const FoundationKey& key) {
    size_t i = 0;
    while (i < keys_.size() && !(keys_[i] == key)) ++i;
    if (i == keys_.size()) keys_.push_back(key);
    return std::to_string(i + 1);
  }

 private:
  std::vector<FoundationKey> keys_;
};

}  // namespace koeru::ice
