#include "core/relay/mobility_ticket.h"

#include <algorithm>

#include "core/bytes/hex.h"
#include "core/bytes/writer.h"
#include "core/crypto/base64.h"
#include "core/crypto/hash.h"

namespace koeru::relay {
namespace {

constexpr size_t kTagSize = 8;
constexpr size_t kContentSize = 16;

using Content = std::array<uint8_t, kContentSize>;

void WriteHandle(Writer& w, const AllocationHandle& handle) {
  for (const uint32_t number : {handle.slot, handle.generation}) {
    w.U8(static_cast<uint8_t>(number >> 16));
    w.U16(static_cast<uint16_t>(number));
  }
}

AllocationHandle ReadHandle(Reader& r) {
  AllocationHandle handle;
  for (uint32_t* number : {&handle.slot, &handle.generation}) {
    *number = uint32_t{r.U8()} << 16;
    *number |= r.U16();
  }
  return handle;
}

Content ToBytes(const TicketClaim& claim) {
  Content content;
  Writer w(content);
  WriteHandle(w, claim.allocation);
  WriteHandle(w, claim.other_family);
  w.U16(claim.serial);
  w.U16(static_cast<uint16_t>(claim.worker));
  return content;
}

TicketClaim FromBytes(const Content& content) {
  Reader r(content);
  TicketClaim claim;
  claim.allocation = ReadHandle(r);
  claim.other_family = ReadHandle(r);
  claim.serial = r.U16();
  claim.worker = r.U16();
  return claim;
}

// Encrypts and decrypts.
void ApplyKeystream(Bytes key, Bytes tag, MutableBytes content) {
  const auto stream = crypto::HmacSha256(key, {AsBytes("stream"), tag});
  for (size_t i = 0; i < content.size(); ++i) content[i] ^= stream[i];
}

std::array<uint8_t, kTagSize> TicketTag(Bytes key, const Content& content) {
  const auto mac = crypto::HmacSha256(key, {AsBytes("tag"), content});
  std::array<uint8_t, kTagSize> tag;
  std::copy_n(mac.begin(), kTagSize, tag.begin());
  return tag;
}

}  // namespace

TicketSeal::TicketSeal(const RelayConfig& config)
    : key_(crypto::HmacSha256(config.nonce_key, {AsBytes("MOBILITY-TICKET")})) {}

Ticket TicketSeal::Seal(const TicketClaim& claim) const {
  Content content = ToBytes(claim);
  const auto tag = TicketTag(key_, content);
  ApplyKeystream(key_, tag, content);
  std::array<uint8_t, kTagSize + kContentSize> sealed;
  std::copy(content.begin(), content.end(),
            std::copy(tag.begin(), tag.end(), sealed.begin()));
  const std::string text = crypto::ToBase64(sealed);
  Ticket ticket;
  std::copy_n(text.begin(), ticket.size(), ticket.begin());
  return ticket;
}

std::optional<TicketClaim> TicketSeal::Open(Bytes ticket) const {
  if (ticket.size() != kTicketSize) return std::nullopt;
  const auto sealed = crypto::FromBase64(AsText(ticket));
  if (!sealed.ok() || sealed->size() != kTagSize + kContentSize) return std::nullopt;
  const Bytes tag = Bytes(*sealed).first(kTagSize);
  Content content;
  std::copy_n(sealed->begin() + kTagSize, kContentSize, content.begin());
  ApplyKeystream(key_, tag, content);
  if (!crypto::ConstantTimeEquals(TicketTag(key_, content), tag)) return std::nullopt;
  return FromBytes(content);
}

}  // namespace koeru::relay
