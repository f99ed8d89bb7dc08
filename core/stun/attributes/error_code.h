#pragma once

// ERROR-CODE: RFC 8489 section 14.8.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |           Reserved, should be 0         |Class|     Number    |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |      Reason Phrase (variable)                                ..
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// Class is the hundreds digit, 3 to 6; Number is the code modulo 100.
//
//   b.Add(ErrorCode::Of(error_code::kBadRequest));

#include "core/stun/attribute_type.h"
#include "core/stun/error_code.h"
#include "core/stun/text_value.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

struct ErrorCode {
  static constexpr uint16_t kType = attribute_type::kErrorCode;
  uint16_t code = 0;
  std::string_view reason;

  // With the default reason phrase.
  static ErrorCode Of(uint16_t code) { return {code, DefaultReason(code)}; }

  static Result<ErrorCode> Decode(Bytes value, const TransactionId&);
  void Encode(Writer& w, const TransactionId&) const;
};

// The part that ERROR-CODE and ADDRESS-ERROR-CODE share: three bits of class, eight of number.
Result<uint16_t> DecodeErrorClassAndNumber(uint16_t bits);
uint16_t EncodeErrorClassAndNumber(Writer& w, uint16_t code);

}  // namespace koeru::stun
