#pragma once

// The client's side of the long-term credential mechanism: RFC 8489 section 9.2.
//
//   LongTermCredentials credentials("alice", "secret");
//   // a request without credentials was answered with 401 (or a stale nonce with 438)
//   if (credentials.OnChallenge(response) == Challenge::kRetry) {
//     MessageBuilder b(...); b.Add(...);
//     credentials.Authenticate(b);        // USERNAME, REALM, NONCE, ..., MESSAGE-INTEGRITY
//   }
//   credentials.Check(success_response);  // is it from someone who knows the password?
//
// Texts are used as they are: apply OpaqueString (RFC 8265) before.

#include <optional>
#include <string>
#include <vector>

#include "core/stun/integrity.h"
#include "core/stun/message_builder.h"
#include "core/stun/message_view.h"

namespace koeru::client {

enum class Challenge : uint8_t {
  kRetry,      // realm and nonce are taken over: authenticate and ask again
  kMalformed,  // no realm or nonce, or a server (or an attacker) that contradicts itself
};

class LongTermCredentials {
 public:
  LongTermCredentials(std::string username, std::string password)
      : username_(std::move(username)), password_(std::move(password)) {}

  // False until the first challenge: nothing is known to authenticate with.
  bool challenged() const { return !nonce_.empty(); }
  const std::string& realm() const { return realm_; }

  Challenge OnChallenge(const stun::MessageView& response);

  // Ends a request: only FINGERPRINT may follow.
  void Authenticate(stun::MessageBuilder& builder) const;

  stun::IntegrityVerdict Check(const stun::MessageView& response) const;

 private:
  Challenge ChooseAlgorithm(const stun::MessageView& response);
  void ComputeKey();

  std::string username_;
  std::string password_;
  std::string realm_;
  std::string nonce_;
  // PASSWORD-ALGORITHMS as the server sent it, to be echoed; empty for a server of RFC 5389.
  std::vector<uint8_t> algorithms_;
  uint16_t algorithm_ = 0;
  bool anonymous_username_ = false;  // USERHASH instead of USERNAME
  std::vector<uint8_t> key_;
};

}  // namespace koeru::client
