#include "core/relay/mobility_ticket.h"

#include <algorithm>

#include "core/bytes/hex.h"
#include "core/bytes/writer.h"
#include "core/crypto/hash.h"

namespace koeru::relay {
namespace {

constexpr size_t kSaltSize = 8;
constexpr size_t kContentSize = 22;
constexpr size_t kMacSize = 16;

using Content = std::array<uint8_t, kContentSize>;

Content ToBytes(const TicketClaim& claim) {
  Content content;
  Writer w(content);
  w.U32(claim.allocation.slot);
  w.U32(claim.allocation.generation);
  w.U32(claim.other_family.slot);
  w.U32(claim.other_family.generation);
  w.U16(claim.serial);
  w.U32(claim.worker);
  return content;
}

// Encrypts and decrypts.
void ApplyKeystream(Bytes key, Bytes salt, MutableBytes content) {
  const auto stream = crypto::HmacSha256(key, {AsBytes("stream"), salt});
  for (size_t i = 0; i < content.size(); ++i) content[i] ^= stream[i];
}

}  // namespace

TicketSeal::TicketSeal(const RelayConfig& config)
    : key_(crypto::HmacSha256(config.nonce_key, {AsBytes("MOBILITY-TICKET")})) {}

Ticket TicketSeal::Seal(const TicketClaim& claim) const {
  Content content = ToBytes(claim);
  Ticket ticket;
  const MutableBytes salt = MutableBytes(ticket).first(kSaltSize);
  const auto salt_mac = crypto::HmacSha256(key_, {AsBytes("salt"), content});
  std::copy_n(salt_mac.begin(), kSaltSize, salt.begin());
  ApplyKeystream(key_, salt, content);
  std::copy(content.begin(), content.end(), ticket.begin() + kSaltSize);
  const Bytes sealed = Bytes(ticket).first(kSaltSize + kContentSize);
  const auto mac = crypto::HmacSha256(key_, {AsBytes("mac"), sealed});
  std::copy_n(mac.begin(), kMacSize, ticket.begin() + kSaltSize + kContentSize);
  return ticket;
}

std::optional<TicketClaim> TicketSeal::Open(Bytes ticket) const {
  if (ticket.size() != kTicketSize) return std::nullopt;
  const Bytes sealed = ticket.first(kSaltSize + kContentSize);
  const auto mac = crypto::HmacSha256(key_, {AsBytes("mac"), sealed});
  if (!crypto::ConstantTimeEquals(Bytes(mac).first(kMacSize), ticket.last(kMacSize))) {
    return std::nullopt;
  }
  Content content;
  std::copy_n(ticket.begin() + kSaltSize, kContentSize, content.begin());
  ApplyKeystream(key_, ticket.first(kSaltSize), content);
  Reader r(content);
  TicketClaim claim;
  claim.allocation.slot = r.U32();
  claim.allocation.generation = r.U32();
  claim.other_family.slot = r.U32();
  claim.other_family.generation = r.U32();
  claim.serial = r.U16();
  claim.worker = r.U32();
  return claim;
}

}  // namespace koeru::relay
