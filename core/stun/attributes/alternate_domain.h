#pragma once

// ALTERNATE-DOMAIN: RFC 8489 section 14.16. The domain name of the alternate server, to check
// its certificate against; at most 255 bytes.

#include "core/stun/attribute_type.h"
#include "core/stun/text_value.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

// "A valid domain name of at most 255 bytes" (RFC 8489 section 14.16).
inline constexpr TextLimit kDomainLimit{255, 255};

struct AlternateDomain {
  static constexpr uint16_t kType = attribute_type::kAlternateDomain;
  std::string_view domain;

  static Result<AlternateDomain> Decode(Bytes value, const TransactionId&) {
    return DecodeTextAs<AlternateDomain>(value, kDomainLimit,
                                         "ALTERNATE-DOMAIN is longer than 255 bytes");
  }
  void Encode(Writer& w, const TransactionId&) const { EncodeText(w, domain, kDomainLimit); }
};

}  // namespace koeru::stun
