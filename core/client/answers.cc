#include "core/client/answers.h"

#include "core/stun/attributes.h"
#include "core/turn/attributes.h"

namespace koeru::client {
namespace {

using stun::MessageView;

Action Malformed(stun::Method method) { return Failed{method, Failure::kMalformedAnswer}; }

// The attribute when it is there and well-formed.
template <typename A>
std::optional<A> Read(const MessageView& answer) {
  auto attribute = answer.Get<A>();
  return attribute.ok() ? *attribute : std::nullopt;
}

Action Success(const BindingRequest& request, const MessageView& answer) {
  if (const auto mapped = Read<stun::XorMappedAddress>(answer)) return Bound{mapped->endpoint};
  // RFC 8489 section 6.3.3: servers of RFC 3489 send MAPPED-ADDRESS alone.
  if (const auto mapped = Read<stun::MappedAddress>(answer)) return Bound{mapped->endpoint};
  return Malformed(request.kMethod);
}

Action Success(const AllocateRequest& request, const MessageView& answer) {
  // RFC 8656 section 7.3: the success response contains XOR-RELAYED-ADDRESS, LIFETIME and
  // XOR-MAPPED-ADDRESS.
  const auto relayed = Read<turn::XorRelayedAddress>(answer);
  const auto mapped = Read<stun::XorMappedAddress>(answer);
  const auto lifetime = Read<turn::Lifetime>(answer);
  if (!relayed || !mapped || !lifetime) return Malformed(request.kMethod);
  Allocated allocated{relayed->endpoint, mapped->endpoint, lifetime->seconds};
  if (!request.also_ipv6) return allocated;
  // Of a dual allocation two of them, or ADDRESS-ERROR-CODE.
  for (const stun::RawAttribute& attribute : answer.attributes()) {
    if (attribute.type != turn::XorRelayedAddress::kType || attribute.ignored) continue;
    const auto other = turn::XorRelayedAddress::Decode(attribute.value, answer.transaction_id());
    if (other.ok() && other->endpoint != relayed->endpoint) {
      allocated.also_relayed = other->endpoint;
    }
  }
  if (const auto error = Read<turn::AddressErrorCode>(answer)) {
    allocated.other_family_error = error->code;
  }
  return allocated;
}

Action Success(const RefreshRequest& request, const MessageView& answer) {
  const auto lifetime = Read<turn::Lifetime>(answer);
  if (!lifetime) return Malformed(request.kMethod);
  return Refreshed{lifetime->seconds};
}

Action Success(const CreatePermissionRequest& request, const MessageView&) {
  return PermissionCreated{request.peer};
}

Action Success(const ChannelBindRequest& request, const MessageView&) {
  return ChannelBound{request.channel, request.peer};
}

}  // namespace

Action ReadSuccess(const Request& request, const MessageView& answer) {
  return std::visit([&](const auto& r) { return Success(r, answer); }, request);
}

Action ReadError(stun::Method method, const MessageView& answer) {
  const auto error = Read<stun::ErrorCode>(answer);
  if (!error) return Malformed(method);
  Refused refused{method, error->code, error->reason, std::nullopt};
  if (const auto server = Read<stun::AlternateServer>(answer)) {
    refused.alternate_server = server->endpoint;
    if (const auto name = Read<stun::AlternateDomain>(answer)) {
      refused.alternate_domain = name->domain;
    }
  }
  return refused;
}

}  // namespace koeru::client
