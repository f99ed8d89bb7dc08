#pragma once

// Checks a message's integrity attributes with whatever credential the user has, trying the keys
// that it may stand for (RFC 8489 sections 9.1.1 and 9.2.2):
//
//   with a username and a realm (given, or the message's own REALM): long-term, MD5 and SHA-256
//   always, as the last: short-term, the password itself (ICE)
//
//   IntegrityCheck check = CheckIntegrity(*message, {"user", "example.org", "secret"});
//   check.sha1;    // kValid
//   check.key;     // "the long-term key (MD5) of \"user\" in realm \"example.org\""

#include <string>
#include <string_view>

#include "core/stun/integrity.h"
#include "core/stun/message_view.h"

namespace koeru::inspect {

struct Credentials {
  std::string_view username;  // empty: short-term only
  std::string_view realm;     // for messages without REALM (a server's answers have none)
  std::string_view password;
  bool given = false;  // false: nothing is checked
};

struct IntegrityCheck {
  stun::IntegrityVerdict sha1 = stun::IntegrityVerdict::kAbsent;
  stun::IntegrityVerdict sha256 = stun::IntegrityVerdict::kAbsent;
  // The key that fitted, in words; on failure those that were tried. Safe to show.
  std::string key;

  bool present() const {
    return sha1 != stun::IntegrityVerdict::kAbsent || sha256 != stun::IntegrityVerdict::kAbsent;
  }
  bool valid() const {
    return present() && sha1 != stun::IntegrityVerdict::kInvalid &&
           sha256 != stun::IntegrityVerdict::kInvalid;
  }
};

IntegrityCheck CheckIntegrity(const stun::MessageView& message, const Credentials& credentials);

}  // namespace koeru::inspect
