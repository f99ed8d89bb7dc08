#pragma once

// What a configuration says, worked out once: who is known, which peers pass, how nonces are made.
// It never changes and all workers share one; a changed configuration makes a new one, which each
// worker takes up between two packets (Relay::SetRules).
//
//   auto rules = std::make_shared<const RelayRules>(config, random);  // any thread: keys take time
//   relay.SetRules(rules);                                            // the relay's own thread

#include "core/relay/config.h"
#include "core/relay/credentials.h"
#include "core/relay/nonce.h"
#include "core/relay/peer_policy.h"
#include "core/relay/token_keys.h"

namespace koeru::relay {

struct RelayRules {
  RelayRules(RelayConfig relay_config, RandomSource& random);
  RelayRules(const RelayRules&) = delete;
  RelayRules& operator=(const RelayRules&) = delete;

  const RelayConfig config;
  const PeerPolicy policy;
  const Credentials credentials;
  const NonceMint nonces;
  const TokenKeys tokens;
};

}  // namespace koeru::relay
