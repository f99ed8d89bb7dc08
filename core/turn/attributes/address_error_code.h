#pragma once

// ADDRESS-ERROR-CODE: RFC 8656 section 18.12. Why no relayed address of that family came with an
// allocation of two families.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |  Family       |    Reserved             |Class|     Number    |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |      Reason Phrase (variable)                                ..
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+

#include "core/stun/address_value.h"
#include "core/stun/attribute_type.h"
#include "core/stun/attributes/error_code.h"

namespace koeru::turn {

struct AddressErrorCode {
  static constexpr uint16_t kType = stun::attribute_type::kAddressErrorCode;
  stun::AddressFamily family = stun::AddressFamily::kIpv6;
  uint16_t code = 0;
  std::string_view reason;

  static Result<AddressErrorCode> Decode(Bytes value, const stun::TransactionId&);
  void Encode(Writer& w, const stun::TransactionId&) const;
};

}  // namespace koeru::turn
