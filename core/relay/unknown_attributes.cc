#include "core/relay/unknown_attributes.h"

#include <algorithm>

#include "core/relay/alternate_address.h"
#include "core/stun/attribute_type.h"

namespace koeru::relay {

namespace attribute_type = stun::attribute_type;

namespace {

// RFC 5780 section 7: "These attributes are all used only with Binding Requests and Binding
// Responses." Section 6: who has no second address "MUST respond with a 420 (Unknown Attribute) to
// any Request with a CHANGE-REQUEST attribute".
bool IsOfDiscovery(uint16_t type) {
  return type == attribute_type::kChangeRequest || type == attribute_type::kResponsePort ||
         type == attribute_type::kPadding;
}

}  // namespace

bool IsUnderstood(uint16_t type, const RelayConfig& config) {
  if (!stun::IsComprehensionRequired(type)) return true;
  switch (type) {
    case attribute_type::kUsername:
    case attribute_type::kMessageIntegrity:
    case attribute_type::kRealm:
    case attribute_type::kNonce:
    case attribute_type::kMessageIntegritySha256:
    case attribute_type::kPasswordAlgorithm:
    case attribute_type::kUserhash:
    case attribute_type::kChannelNumber:
    case attribute_type::kLifetime:
    case attribute_type::kXorPeerAddress:
    case attribute_type::kData:
    case attribute_type::kRequestedAddressFamily:
    case attribute_type::kEvenPort:
    case attribute_type::kRequestedTransport:
    case attribute_type::kReservationToken:
    case attribute_type::kConnectionId:
    // Of responses: known but unexpected, and so ignored (RFC 8489 section 6.3).
    case attribute_type::kMappedAddress:
    case attribute_type::kErrorCode:
    case attribute_type::kUnknownAttributes:
    case attribute_type::kXorMappedAddress:
    case attribute_type::kXorRelayedAddress:
      return true;
    // RFC 7635 section 7: who gets one "unexpectedly" answers 420.
    case attribute_type::kAccessToken:
      return config.third_party;
    // RFC 8656 section 7.2 step 4.
    case attribute_type::kDontFragment:
      return config.dont_fragment;
    default:
      return false;
  }
}

UnknownTypes FindUnknownAttributes(const stun::MessageView& message,
                                   const net::ServerAddress& server, const RelayConfig& config) {
  const bool discovery = message.method() == stun::Method::kBinding &&
                         AlternateAddress::Of(config, server).has_value();
  UnknownTypes unknown;
  for (const stun::RawAttribute& attribute : message.attributes()) {
    if (attribute.ignored || IsUnderstood(attribute.type, config)) continue;
    if (discovery && IsOfDiscovery(attribute.type)) continue;
    if (std::find(unknown.begin(), unknown.end(), attribute.type) != unknown.end()) continue;
    unknown.push_back(attribute.type);
    if (unknown.size() == kMaxUnknownAttributes) break;
  }
  return unknown;
}

}  // namespace koeru::relay
