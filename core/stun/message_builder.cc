#include "core/stun/message_builder.h"

#include "core/crypto/hash.h"
#include "core/stun/attribute_type.h"
#include "core/stun/fingerprint.h"
#include "core/stun/message_view.h"

namespace koeru::stun {

MessageBuilder::MessageBuilder(MutableBytes buffer, MessageType type, const TransactionId& id)
    : writer_(buffer), id_(id) {
  writer_.U16(type.ToWire());
  writer_.U16(0);
  writer_.U32(kMagicCookie);
  writer_.Put(id_);
}

void MessageBuilder::BeginAttribute(uint16_t type) {
  attribute_at_ = writer_.size();
  writer_.U16(type);
  writer_.U16(0);
}

void MessageBuilder::EndAttribute() {
  const size_t size = writer_.size() - attribute_at_ - kAttributeHeaderSize;
  if (size > 0xFFFF) writer_.Fail();
  if (!writer_.ok()) return;
  writer_.PatchU16(attribute_at_ + 2, static_cast<uint16_t>(size));
  writer_.PadTo(4);
  PatchLength(0);
}

void MessageBuilder::PatchLength(size_t extra) {
  const size_t length = writer_.size() - kHeaderSize + extra;
  if (length > 0xFFFF) writer_.Fail();
  if (!writer_.ok()) return;
  writer_.PatchU16(2, static_cast<uint16_t>(length));
}

void MessageBuilder::AddRaw(uint16_t type, Bytes value) {
  BeginAttribute(type);
  writer_.Put(value);
  EndAttribute();
}

void MessageBuilder::AddMessageIntegrity(Bytes key) {
  PatchLength(kAttributeHeaderSize + crypto::Sha1Digest().size());
  if (!ok()) return;
  AddRaw(attribute_type::kMessageIntegrity, crypto::HmacSha1(key, {Finish()}));
}

void MessageBuilder::AddMessageIntegritySha256(Bytes key, size_t size) {
  if (size < 16 || size > 32 || size % 4 != 0) writer_.Fail();
  PatchLength(kAttributeHeaderSize + size);
  if (!ok()) return;
  const crypto::Sha256Digest mac = crypto::HmacSha256(key, {Finish()});
  AddRaw(attribute_type::kMessageIntegritySha256, Bytes(mac).first(size));
}

void MessageBuilder::AddFingerprint() {
  PatchLength(kAttributeHeaderSize + 4);
  if (!ok()) return;
  const uint32_t fingerprint = ComputeFingerprint(Finish());
  BeginAttribute(attribute_type::kFingerprint);
  writer_.U32(fingerprint);
  EndAttribute();
}

}  // namespace koeru::stun
