#include "core/turn/attributes/address_error_code.h"

namespace koeru::turn {

Result<AddressErrorCode> AddressErrorCode::Decode(Bytes value, const stun::TransactionId&) {
  Reader r(value);
  const auto family = static_cast<stun::AddressFamily>(r.U8());
  r.U8();
  const uint16_t bits = r.U16();
  const Bytes reason = r.Rest();
  if (!r.ok()) return ParseError{"ADDRESS-ERROR-CODE is at least 4 bytes long", 0};
  const Result<uint16_t> code = stun::DecodeErrorClassAndNumber(bits);
  if (!code.ok()) return code.error();
  if (reason.size() > stun::kQuotedLimit.decoded_bytes) {
    return ParseError{"the reason phrase of ADDRESS-ERROR-CODE is longer than 763 bytes", 4};
  }
  return AddressErrorCode{family, *code, AsText(reason)};
}

void AddressErrorCode::Encode(Writer& w, const stun::TransactionId&) const {
  w.U8(static_cast<uint8_t>(family));
  w.U8(0);
  w.U16(stun::EncodeErrorClassAndNumber(w, code));
  stun::EncodeText(w, reason, stun::kQuotedLimit);
}

}  // namespace koeru::turn
