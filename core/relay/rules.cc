#include "core/relay/rules.h"

namespace koeru::relay {

RelayRules::RelayRules(RelayConfig relay_config, RandomSource& random)
    : config(std::move(relay_config)),
      policy(config),
      credentials(config, random),
      nonces(config, {.password_algorithms = credentials.offers_sha256(),
                      .username_anonymity = credentials.offers_userhash()}),
      tokens(config) {}

}  // namespace koeru::relay
