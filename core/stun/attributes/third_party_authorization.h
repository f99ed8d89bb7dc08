#pragma once

// THIRD-PARTY-AUTHORIZATION: RFC 7635 section 6.1. In a 401 response: the name of the
// authorization server that issues access tokens.

#include "core/stun/attribute_type.h"
#include "core/stun/attributes/alternate_domain.h"
#include "core/stun/text_value.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct ThirdPartyAuthorization {
  static constexpr uint16_t kType = attribute_type::kThirdPartyAuthorization;
  std::string_view server_name;

  static Result<ThirdPartyAuthorization> Decode(Bytes value, const TransactionId&) {
    return DecodeTextAs<ThirdPartyAuthorization>(
        value, kDomainLimit, "THIRD-PARTY-AUTHORIZATION is longer than 255 bytes");
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeText(w, server_name, kDomainLimit); }
};

}  // namespace koeru::stun
