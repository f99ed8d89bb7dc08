#pragma once

// The keys that authorization servers seal their tokens with, by the name (kid) that clients send
// as USERNAME: RFC 7635 sections 4.1 and 7. Part of RelayRules: a request costs a look into a table
// and one decryption, and never a question to a database.
//
//   TokenKeys::Opened opened = keys.Open(kid, access_token, wall);
//   if (opened.refused) return Refuse(*opened.refused, opened.detail);
//   Check(message, opened.content.mac_key);

#include <optional>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "core/relay/access_token.h"
#include "core/relay/config.h"
#include "core/relay/events.h"

namespace koeru::relay {

class TokenKeys {
 public:
  // Keeps views into `config`, which must outlive this and not change.
  explicit TokenKeys(const RelayConfig& config);

  struct Opened {
    std::optional<RefusalCause> refused;
    std::string_view detail = {};  // for the log
    TokenContent content = {};
    const TokenKey* key = nullptr;
  };
  Opened Open(std::string_view kid, const stun::AccessToken& token, net::UnixTime wall) const;

  // Of THIRD-PARTY-AUTHORIZATION, and of what tokens are sealed for.
  std::string_view server_name() const { return server_name_; }

 private:
  std::string_view server_name_;
  absl::flat_hash_map<std::string_view, const TokenKey*> key_by_kid_;
};

}  // namespace koeru::relay
