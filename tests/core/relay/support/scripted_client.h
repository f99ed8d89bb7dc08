#pragma once

// A TURN client that does exactly what a test tells it to.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/net/five_tuple.h"
#include "core/relay/long_term_key.h"
#include "core/stun/attributes/nonce.h"
#include "core/stun/attributes/password_algorithm.h"
#include "core/stun/attributes/password_algorithms.h"
#include "core/stun/attributes/realm.h"
#include "core/stun/attributes/userhash.h"
#include "core/stun/attributes/username.h"
#include "core/stun/message_builder.h"
#include "core/stun/message_view.h"

namespace koeru::relay::testing {

using Packet = std::vector<uint8_t>;
using Attributes = std::function<void(stun::MessageBuilder&)>;

struct ScriptedClient {
  net::FiveTuple five_tuple;
  std::string username = "alice";
  std::string password = "secret";
  std::string realm = "example.org";
  std::string nonce;  // empty: requests go out without credentials
  bool fingerprint = false;
  // RFC 8489: take up the offer of SHA-256, and send USERHASH instead of USERNAME.
  bool sha256 = false;
  bool userhash = false;
  // RFC 7635: signs with this session key; `username` is the kid.
  std::optional<LongTermKey> session_key;
  uint32_t transactions = 0;

  stun::TransactionId NextId() {
    ++transactions;
    stun::TransactionId id{};
    for (size_t i = 0; i < 4; ++i) id[i] = static_cast<uint8_t>(transactions >> (8 * i));
    id[11] = 0x5A;
    return id;
  }

  LongTermKey Key() const {
    if (session_key) return *session_key;
    return LongTermKey::Derive(sha256 ? KeyAlgorithm::kSha256 : KeyAlgorithm::kMd5, username,
                               realm, password);
  }

  Packet Request(stun::Method method, const Attributes& add = nullptr,
                 std::optional<stun::TransactionId> id = std::nullopt) {
    std::vector<uint8_t> buffer(4096);
    stun::MessageBuilder b(buffer, {method, stun::Class::kRequest}, id ? *id : NextId());
    if (add) add(b);
    if (!nonce.empty()) AddCredentials(b);
    if (fingerprint) b.AddFingerprint();
    const Bytes message = b.Finish();
    return {message.begin(), message.end()};
  }

  Packet Indication(stun::Method method, const Attributes& add) {
    std::vector<uint8_t> buffer(66000);
    stun::MessageBuilder b(buffer, {method, stun::Class::kIndication}, NextId());
    add(b);
    const Bytes message = b.Finish();
    return {message.begin(), message.end()};
  }

 private:
  void AddCredentials(stun::MessageBuilder& b) const {
    if (userhash) {
      b.Add(stun::Userhash{stun::ComputeUserhash(username, realm)});
    } else {
      b.Add(stun::Username{username});
    }
    b.Add(stun::Realm{realm});
    b.Add(stun::Nonce{nonce});
    if (session_key && session_key->algorithm() == KeyAlgorithm::kTokenSha256) {
      b.AddMessageIntegritySha256(Key().bytes());
      return;
    }
    if (!sha256) {
      b.AddMessageIntegrity(Key().bytes());
      return;
    }
    const std::array offered = {
        stun::PasswordAlgorithm{stun::password_algorithm::kSha256, {}},
        stun::PasswordAlgorithm{stun::password_algorithm::kMd5, {}},
    };
    b.Add(stun::PasswordAlgorithms::Of(offered));
    b.Add(offered[0]);
    b.AddMessageIntegritySha256(Key().bytes());
  }
};

}  // namespace koeru::relay::testing
