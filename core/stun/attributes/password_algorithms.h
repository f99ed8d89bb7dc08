#pragma once

// PASSWORD-ALGORITHMS: RFC 8489 section 14.11. The algorithms that the server takes, best first;
// the client repeats the list unchanged, so that nobody between them can shorten it. Each entry
// has the layout of PASSWORD-ALGORITHM.
//
//   const PasswordAlgorithm offered[] = {{password_algorithm::kSha256, {}},
//                                        {password_algorithm::kMd5, {}}};
//   b.Add(PasswordAlgorithms::Of(offered));
//   if (received.Has(password_algorithm::kSha256)) ...

#include <span>

#include "core/stun/attributes/password_algorithm.h"

namespace koeru::stun {

class PasswordAlgorithms {
 public:
  static constexpr uint16_t kType = attribute_type::kPasswordAlgorithms;

  // A view: `entries` must live as long as this value.
  static PasswordAlgorithms Of(std::span<const PasswordAlgorithm> entries) {
    PasswordAlgorithms attribute;
    attribute.entries_ = entries;
    return attribute;
  }
  static Result<PasswordAlgorithms> Decode(Bytes value, const TransactionId&);
  void Encode(Writer& w, const TransactionId&) const;

  bool Has(uint16_t algorithm) const;
  // Calls visit(const PasswordAlgorithm&) for each entry, in order.
  template <typename Visitor>
  void ForEach(Visitor visit) const {
    for (const PasswordAlgorithm& entry : entries_) visit(entry);
    for (Reader r(wire_); r.ok() && r.remaining() > 0;) visit(PasswordAlgorithm::Read(r));
  }

 private:
  // One of them is empty: what was decoded, or what is to be encoded.
  Bytes wire_;
  std::span<const PasswordAlgorithm> entries_;
};

}  // namespace koeru::stun
