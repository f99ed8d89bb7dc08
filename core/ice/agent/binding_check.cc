#include "core/ice/agent/binding_check.h"

#include <array>
#include <optional>

#include "core/bytes/hex.h"
#include "core/stun/attributes/error_code.h"
#include "core/stun/attributes/ice_controlled.h"
#include "core/stun/attributes/ice_controlling.h"
#include "core/stun/attributes/priority.h"
#include "core/stun/attributes/unknown_attributes.h"
#include "core/stun/attributes/use_candidate.h"
#include "core/stun/attributes/username.h"
#include "core/stun/attributes/xor_mapped_address.h"
#include "core/stun/fingerprint.h"
#include "core/stun/integrity.h"
#include "core/stun/message_builder.h"

namespace koeru::ice {
namespace {

namespace types = stun::attribute_type;

constexpr size_t kMaxUnknown = 8;

bool IsUnderstood(uint16_t type) {
  constexpr std::array<uint16_t, 6> kUnderstood = {
      types::kUsername, types::kMessageIntegrity, types::kMessageIntegritySha256,
      types::kPriority, types::kUseCandidate,     types::kXorMappedAddress};
  for (const uint16_t known : kUnderstood) {
    if (type == known) return true;
  }
  return !stun::IsComprehensionRequired(type);
}

// RFC 8489 section 6.3.1: attributes that must be understood, and are not.
size_t FindUnknown(const stun::MessageView& message, std::array<uint16_t, kMaxUnknown>& found) {
  size_t count = 0;
  for (const stun::RawAttribute& attribute : message.attributes()) {
    if (attribute.ignored || IsUnderstood(attribute.type) || count == found.size()) continue;
    found[count++] = attribute.type;
  }
  return count;
}

Bytes KeyOf(const Credentials& credentials) { return AsBytes(credentials.password); }

// The role's attribute and PRIORITY; nullopt when one is missing or malformed.
std::optional<Check> ReadCheck(const stun::MessageView& message) {
  Check check;
  const auto priority = message.Get<stun::Priority>();
  const auto controlling = message.Get<stun::IceControlling>();
  const auto controlled = message.Get<stun::IceControlled>();
  if (!priority.ok() || !*priority || !controlling.ok() || !controlled.ok()) return std::nullopt;
  check.priority = (*priority)->priority;
  if (*controlling) {
    check.role = Role::kControlling;
    check.tiebreaker = (*controlling)->tiebreaker;
  } else if (*controlled) {
    check.role = Role::kControlled;
    check.tiebreaker = (*controlled)->tiebreaker;
  } else {
    return std::nullopt;
  }
  check.use_candidate = message.Has(types::kUseCandidate);
  return check;
}

}  // namespace

Bytes EncodeCheck(MutableBytes buffer, const stun::TransactionId& id, const Check& check,
                  const Credentials& local, const Credentials& remote) {
  stun::MessageBuilder b(buffer, {stun::Method::kBinding, stun::Class::kRequest}, id);
  const std::string username = remote.ufrag + ":" + local.ufrag;
  b.Add(stun::Username{username});
  b.Add(stun::Priority{check.priority});
  if (check.role == Role::kControlling) {
    b.Add(stun::IceControlling{check.tiebreaker});
    if (check.use_candidate) b.Add(stun::UseCandidate{});
  } else {
    b.Add(stun::IceControlled{check.tiebreaker});
  }
  b.AddMessageIntegrity(KeyOf(remote));
  b.AddFingerprint();
  return b.Finish();
}

std::string_view UfragOfCheck(const stun::MessageView& message) {
  if (message.method() != stun::Method::kBinding) return {};
  const auto username = message.Get<stun::Username>();
  if (!username.ok() || !*username) return {};
  const size_t colon = (*username)->text.find(':');
  return colon == std::string_view::npos ? std::string_view() : (*username)->text.substr(0, colon);
}

CheckVerdict JudgeCheck(const stun::MessageView& message, const Credentials& local) {
  using Kind = CheckVerdict::Kind;
  // RFC 8445 section 7.1: "FINGERPRINT ... MUST" be in every check.
  if (message.message_class() != stun::Class::kRequest ||
      message.method() != stun::Method::kBinding ||
      CheckFingerprint(message) != stun::FingerprintVerdict::kValid) {
    return {};
  }
  const auto username = message.Get<stun::Username>();
  // RFC 8489 section 9.1.3 step 1: "If the message does not contain both a MESSAGE-INTEGRITY ...
  // and a USERNAME attribute ... the server MUST reject the request with an error response ...
  // 400".
  const stun::IntegrityVerdict integrity = CheckMessageIntegrity(message, KeyOf(local));
  if (!username.ok() || !*username || integrity == stun::IntegrityVerdict::kAbsent) {
    return {Kind::kRefuse, stun::error_code::kBadRequest};
  }
  // Step 2: another user name, or a wrong MAC: 401.
  const std::string_view text = (*username)->text;
  if (UfragOfCheck(message) != local.ufrag || integrity != stun::IntegrityVerdict::kValid) {
    return {Kind::kRefuse, stun::error_code::kUnauthenticated};
  }
  std::array<uint16_t, kMaxUnknown> unknown{};
  if (FindUnknown(message, unknown) > 0) {
    return {Kind::kRefuse, stun::error_code::kUnknownAttribute};
  }
  const std::optional<Check> check = ReadCheck(message);
  if (!check) return {Kind::kRefuse, stun::error_code::kBadRequest};
  return {Kind::kCheck, 0, text.substr(local.ufrag.size() + 1), *check};
}

Bytes EncodeCheckSuccess(MutableBytes buffer, const stun::MessageView& request,
                         const net::Endpoint& source, const Credentials& local) {
  stun::MessageBuilder b(buffer, {stun::Method::kBinding, stun::Class::kSuccessResponse},
                         request.transaction_id());
  b.Add(stun::XorMappedAddress{source});
  b.AddMessageIntegrity(KeyOf(local));
  b.AddFingerprint();
  return b.Finish();
}

Bytes EncodeCheckError(MutableBytes buffer, const stun::MessageView& request, uint16_t code,
                       const Credentials& local) {
  stun::MessageBuilder b(buffer, {stun::Method::kBinding, stun::Class::kErrorResponse},
                         request.transaction_id());
  b.Add(stun::ErrorCode::Of(code));
  std::array<uint16_t, kMaxUnknown> unknown{};
  if (code == stun::error_code::kUnknownAttribute) {
    b.Add(stun::UnknownAttributes::Of({unknown.data(), FindUnknown(request, unknown)}));
  }
  // RFC 8489 section 9.1.3: no MESSAGE-INTEGRITY in answers with 400 and 401.
  if (code != stun::error_code::kBadRequest && code != stun::error_code::kUnauthenticated) {
    b.AddMessageIntegrity(KeyOf(local));
  }
  b.AddFingerprint();
  return b.Finish();
}

}  // namespace koeru::ice
