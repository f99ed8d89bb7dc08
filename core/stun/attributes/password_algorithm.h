#pragma once

// PASSWORD-ALGORITHM: RFC 8489 section 14.12. In a request: the algorithm that the client made its
// long-term key with.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |          Algorithm           |  Algorithm Parameters Length   |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |                    Algorithm Parameters (variable)
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// "The parameters are padded to a 32-bit boundary, in the same manner as an attribute."

#include "core/bytes/result.h"
#include "core/bytes/writer.h"
#include "core/stun/attribute_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

// IANA's "STUN Password Algorithms" registry (RFC 8489 section 18.5). Neither has parameters.
namespace password_algorithm {
inline constexpr uint16_t kMd5 = 0x0001;
inline constexpr uint16_t kSha256 = 0x0002;
}  // namespace password_algorithm

struct PasswordAlgorithm {
  static constexpr uint16_t kType = attribute_type::kPasswordAlgorithm;
  uint16_t algorithm = 0;
  Bytes parameters;

  static Result<PasswordAlgorithm> Decode(Bytes value, const TransactionId&);
  void Encode(Writer& w, const TransactionId&) const;

  // One entry, padding included, as PASSWORD-ALGORITHMS lists several. The reader fails when the
  // entry is cut short.
  static PasswordAlgorithm Read(Reader& r);
  void Write(Writer& w) const;
};

}  // namespace koeru::stun
