#include "core/stun/attributes/error_code.h"

namespace koeru::stun {

Result<uint16_t> DecodeErrorClassAndNumber(uint16_t bits) {
  const uint16_t error_class = (bits >> 8) & 7;
  const uint16_t number = bits & 0xFF;
  // "The Class represents the hundreds digit of the error code. The value MUST be between 3 and
  // 6. The Number ... MUST be between 0 and 99."
  if (error_class < 3 || error_class > 6) {
    return ParseError{"the error class (hundreds digit) is not 3 to 6", 2};
  }
  if (number > 99) return ParseError{"the error number (code modulo 100) is above 99", 3};
  return static_cast<uint16_t>(error_class * 100 + number);
}

uint16_t EncodeErrorClassAndNumber(Writer& w, uint16_t code) {
  if (code < 300 || code > 699) w.Fail();
  return static_cast<uint16_t>(((code / 100) << 8) | (code % 100));
}

Result<ErrorCode> ErrorCode::Decode(Bytes value, const TransactionId&) {
  Reader r(value);
  r.U16();
  const uint16_t bits = r.U16();
  const Bytes reason = r.Rest();
  if (!r.ok()) return ParseError{"ERROR-CODE is at least 4 bytes long", 0};
  const Result<uint16_t> code = DecodeErrorClassAndNumber(bits);
  if (!code.ok()) return code.error();
  if (reason.size() > kQuotedLimit.decoded_bytes) {
    return ParseError{"the reason phrase of ERROR-CODE is longer than 763 bytes", 4};
  }
  return ErrorCode{*code, AsText(reason)};
}

void ErrorCode::Encode(Writer& w, const TransactionId&) const {
  w.U16(0);
  w.U16(EncodeErrorClassAndNumber(w, code));
  EncodeText(w, reason, kQuotedLimit);
}

}  // namespace koeru::stun
