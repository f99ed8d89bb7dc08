#include "core/stun/integrity.h"

#include <algorithm>
#include <array>

#include "core/bytes/hex.h"
#include "core/stun/attribute_type.h"

namespace koeru::stun {
namespace {

// The header with the length that it had when `attribute` was computed: RFC 8489 section 14.5:
// "the Length field ... adjusted to ... point to the end of the MESSAGE-INTEGRITY attribute".
std::array<uint8_t, kHeaderSize> HeaderEndingWith(const MessageView& message,
                                                  const RawAttribute& attribute) {
  std::array<uint8_t, kHeaderSize> header;
  std::copy_n(message.bytes().begin(), kHeaderSize, header.begin());
  const size_t length = attribute.value_offset() + attribute.value.size() - kHeaderSize;
  header[2] = static_cast<uint8_t>(length >> 8);
  header[3] = static_cast<uint8_t>(length);
  return header;
}

Bytes BodyBefore(const MessageView& message, const RawAttribute& attribute) {
  return message.bytes().subspan(kHeaderSize, attribute.offset - kHeaderSize);
}

IntegrityVerdict Compare(Bytes expected, Bytes given) {
  return crypto::ConstantTimeEquals(expected, given) ? IntegrityVerdict::kValid
                                                     : IntegrityVerdict::kInvalid;
}

}  // namespace

IntegrityVerdict CheckMessageIntegrity(const MessageView& message, Bytes key) {
  const auto attribute = message.Find(attribute_type::kMessageIntegrity);
  if (!attribute) return IntegrityVerdict::kAbsent;
  const auto header = HeaderEndingWith(message, *attribute);
  const auto mac = crypto::HmacSha1(key, {header, BodyBefore(message, *attribute)});
  return Compare(mac, attribute->value);
}

IntegrityVerdict CheckMessageIntegritySha256(const MessageView& message, Bytes key) {
  const auto attribute = message.Find(attribute_type::kMessageIntegritySha256);
  if (!attribute) return IntegrityVerdict::kAbsent;
  // RFC 8489 section 14.6: "MUST be at least 16 bytes" and "a multiple of 4 bytes".
  const size_t size = attribute->value.size();
  if (size < 16 || size > 32 || size % 4 != 0) return IntegrityVerdict::kInvalid;
  const auto header = HeaderEndingWith(message, *attribute);
  const auto mac = crypto::HmacSha256(key, {header, BodyBefore(message, *attribute)});
  return Compare(Bytes(mac).first(size), attribute->value);
}

crypto::Md5Digest LongTermKeyMd5(std::string_view username, std::string_view realm,
                                 std::string_view password) {
  return crypto::Md5(
      {AsBytes(username), AsBytes(":"), AsBytes(realm), AsBytes(":"), AsBytes(password)});
}

crypto::Sha256Digest LongTermKeySha256(std::string_view username, std::string_view realm,
                                       std::string_view password) {
  return crypto::Sha256(
      {AsBytes(username), AsBytes(":"), AsBytes(realm), AsBytes(":"), AsBytes(password)});
}

crypto::Sha256Digest ComputeUserhash(std::string_view username, std::string_view realm) {
  return crypto::Sha256({AsBytes(username), AsBytes(":"), AsBytes(realm)});
}

}  // namespace koeru::stun
