#pragma once

// A STUN message as a view: RFC 8489 section 5.
//
//    0                   1                   2                   3
//    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |0 0|     STUN Message Type     |         Message Length        |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |                         Magic Cookie                          |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//   |                     Transaction ID (96 bits)                  |
//   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// Parse() checks the framing of the header and of every attribute once; after that all access is
// within bounds. The view owns nothing: it lives as long as the bytes it was made of.
//
//   auto message = MessageView::Parse(datagram);
//   if (!message.ok()) ...                           // not a STUN message: drop and count
//   auto username = message->Get<Username>();        // Result<std::optional<Username>>
//   if (!username.ok()) ...                          // there, but malformed: 400
//   if (*username) Use((*username)->text);
//
// RFC 8489 section 14.5: attributes behind MESSAGE-INTEGRITY are ignored, MESSAGE-INTEGRITY-SHA256
// and FINGERPRINT apart. Find() and Get() obey that; attributes() shows everything.

#include <optional>

#include "core/bytes/reader.h"
#include "core/bytes/result.h"
#include "core/stun/message_type.h"
#include "core/stun/transaction_id.h"

namespace koeru::stun {

inline constexpr size_t kHeaderSize = 20;
inline constexpr size_t kAttributeHeaderSize = 4;

// True for 0x0000-0x7FFF: "comprehension-required" (RFC 8489 section 14).
constexpr bool IsComprehensionRequired(uint16_t type) { return type < 0x8000; }

struct RawAttribute {
  uint16_t type = 0;
  Bytes value;           // without padding
  size_t offset = 0;     // of the attribute's type field, from the start of the message
  bool ignored = false;  // stands behind an integrity attribute (RFC 8489 section 14.5)

  size_t value_offset() const { return offset + kAttributeHeaderSize; }
};

// Forward iteration over attributes without allocation. Meant for bytes that MessageView::Parse
// accepted.
class AttributeIterator {
 public:
  AttributeIterator(Bytes message, size_t offset) : message_(message), offset_(offset) { Load(); }

  const RawAttribute& operator*() const { return current_; }
  const RawAttribute* operator->() const { return &current_; }
  AttributeIterator& operator++();
  friend bool operator==(const AttributeIterator& a, const AttributeIterator& b) {
    return a.offset_ == b.offset_;
  }

 private:
  void Load();

  Bytes message_;
  size_t offset_ = 0;
  bool behind_sha1_ = false;
  bool behind_sha256_ = false;
  RawAttribute current_;
};

struct AttributeRange {
  AttributeIterator first, last;
  AttributeIterator begin() const { return first; }
  AttributeIterator end() const { return last; }
};

class MessageView {
 public:
  // `bytes` is one whole message: a datagram, or what stream framing cut out. Error offsets count
  // from its start.
  static Result<MessageView> Parse(Bytes bytes);

  // The size that the header announces, header included; 0 when fewer than 20 bytes are there or
  // it is no STUN header. For framing on streams.
  static size_t AnnouncedSize(Bytes bytes);

  MessageType type() const { return type_; }
  Method method() const { return type_.method; }
  Class message_class() const { return type_.message_class; }
  const TransactionId& transaction_id() const { return transaction_id_; }
  Bytes bytes() const { return bytes_; }

  AttributeRange attributes() const {
    return {AttributeIterator(bytes_, kHeaderSize), AttributeIterator(bytes_, bytes_.size())};
  }

  // The first attribute of that type that is not ignored: RFC 8489 section 14: "only the first
  // occurrence needs to be processed by the receiver, and any duplicates MAY be ignored".
  std::optional<RawAttribute> Find(uint16_t type) const;
  bool Has(uint16_t type) const { return Find(type).has_value(); }

  // The typed attribute A (see attribute.h); nullopt when absent, an error with the offset in this
  // message when its value is malformed.
  template <typename A>
  Result<std::optional<A>> Get() const {
    const std::optional<RawAttribute> raw = Find(A::kType);
    if (!raw) return std::optional<A>();
    Result<A> decoded = A::Decode(raw->value, transaction_id_);
    if (!decoded.ok()) return decoded.ErrorShiftedBy(raw->value_offset());
    return std::optional<A>(*std::move(decoded));
  }

 private:
  MessageView() = default;

  Bytes bytes_;
  MessageType type_;
  TransactionId transaction_id_{};
};

}  // namespace koeru::stun
