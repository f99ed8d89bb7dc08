#include "core/stun/message_view.h"

#include <algorithm>

#include "core/stun/attribute_type.h"

namespace koeru::stun {
namespace {

constexpr size_t Padded(size_t size) { return (size + 3) & ~size_t{3}; }

}  // namespace

void AttributeIterator::Load() {
  if (offset_ >= message_.size()) return;
  Reader r(message_.subspan(offset_));
  current_.offset = offset_;
  current_.type = r.U16();
  current_.value = r.Take(r.U16());
  // RFC 8489 section 14.5 and 14.6: what may follow each integrity attribute.
  const bool may_follow_sha1 = current_.type == attribute_type::kMessageIntegritySha256 ||
                               current_.type == attribute_type::kFingerprint;
  const bool may_follow_sha256 = current_.type == attribute_type::kFingerprint;
  current_.ignored = (behind_sha1_ && !may_follow_sha1) || (behind_sha256_ && !may_follow_sha256);
}

AttributeIterator& AttributeIterator::operator++() {
  behind_sha1_ |= current_.type == attribute_type::kMessageIntegrity;
  behind_sha256_ |= current_.type == attribute_type::kMessageIntegritySha256;
  offset_ =
      std::min(message_.size(), offset_ + kAttributeHeaderSize + Padded(current_.value.size()));
  Load();
  return *this;
}

size_t MessageView::AnnouncedSize(Bytes bytes) {
  if (bytes.size() < kHeaderSize || (bytes[0] & 0xC0) != 0) return 0;
  return kHeaderSize + ((size_t{bytes[2]} << 8) | bytes[3]);
}

Result<MessageView> MessageView::Parse(Bytes bytes) {
  // RFC 8489 section 6.3: "the first two bits are 0, the Magic Cookie field has the correct value,
  // the message length is sensible".
  if (bytes.size() < kHeaderSize) return ParseError{"shorter than a STUN header (20 bytes)", 0};
  Reader r(bytes);
  const uint16_t type = r.U16();
  if ((type & 0xC000) != 0) return ParseError{"the first two bits of a STUN message are zero", 0};
  const size_t length = r.U16();
  if (length % 4 != 0) return ParseError{"the message length is not a multiple of 4", 2};
  if (length != bytes.size() - kHeaderSize) {
    return ParseError{length > bytes.size() - kHeaderSize
                          ? std::string_view("the message length runs past the end")
                          : std::string_view("bytes follow the end of the message"),
                      2};
  }
  if (r.U32() != kMagicCookie) return ParseError{"the magic cookie 0x2112A442 is missing", 4};

  MessageView view;
  view.bytes_ = bytes;
  view.type_ = MessageType::FromWire(type);
  const Bytes id = r.Take(12);
  std::copy(id.begin(), id.end(), view.transaction_id_.begin());

  while (r.remaining() > 0) {
    const size_t at = r.offset();
    r.U16();
    const size_t size = r.U16();
    r.Skip(Padded(size));
    if (!r.ok()) return ParseError{"an attribute runs past the end of the message", at};
  }
  return view;
}

std::optional<RawAttribute> MessageView::Find(uint16_t type) const {
  for (const RawAttribute& attribute : attributes()) {
    if (attribute.type == type && !attribute.ignored) return attribute;
  }
  return std::nullopt;
}

}  // namespace koeru::stun
