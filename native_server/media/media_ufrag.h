// The ufrags of the relay's media peer. RFC 7983 and a ufrag tell a connectivity check from a STUN
// client's request on the same port; and because the kernel brings a 5-tuple to any worker, ufrag
// and transaction IDs also name the worker whose session it is:
//
//   ufrag            "km" worker (2 ice-chars) random (8 ice-chars): 48 random bits
//   transaction ID   worker (1 byte), session (4 bytes), 56 random bits
//
// Neither proves anything: MESSAGE-INTEGRITY does.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ice/agent/credentials.h"
#include "core/relay/config.h"
#include "core/stun/transaction_ids.h"

namespace koeru::server {

// Workers whose number fits into both.
inline constexpr size_t kMaxMediaWorkers = 256;

// RFC 8445 section 5.3: 24 bits of ufrag and 128 bits of password at least.
ice::Credentials NewMediaCredentials(size_t worker, relay::RandomSource& random);

// Whose session a ufrag belongs to; nothing when it is none of this server's form.
std::optional<size_t> WorkerOfUfrag(std::string_view ufrag);

class MediaTransactionIds final : public stun::TransactionIds {
 public:
  MediaTransactionIds(size_t worker, uint32_t session, relay::RandomSource& random)
      : worker_(worker), session_(session), random_(random) {}
  stun::TransactionId Next() override;

 private:
  const size_t worker_;
  const uint32_t session_;
  relay::RandomSource& random_;
};

// Who sent the request that this is the answer to.
size_t WorkerOfTransaction(const stun::TransactionId& id);
uint32_t SessionOfTransaction(const stun::TransactionId& id);

}  // namespace koeru::server
