#include "core/relay/peer_policy.h"

#include "core/relay/special_ranges.h"
#include "core/relay/unwrap.h"

namespace koeru::relay {
namespace {

using Kind = PeerVerdict::Kind;

bool Contains(const AddressRange& range, const net::Address& address) {
  return address.family() == range.first.family() && range.first <= address &&
         address <= range.last;
}

const AddressRange* Find(const std::vector<AddressRange>& ranges, const net::Address& address) {
  for (const AddressRange& range : ranges) {
    if (Contains(range, address)) return &range;
  }
  return nullptr;
}

bool IsOpened(const SpecialRange& range, const RelayConfig& config) {
  switch (range.opened_by) {
    case OpenedBy::kAllowLoopback:
      return config.allow_loopback_peers;
    case OpenedBy::kAllowPrivate:
      return config.allow_private_peers;
    case OpenedBy::kNothing:
      return false;
  }
  return false;
}

}  // namespace

PeerPolicy::PeerPolicy(const RelayConfig& config) : config_(config) {
  own_.insert(config.own_addresses.begin(), config.own_addresses.end());
  for (const RelayAddress& relay : config.relay_addresses) {
    own_.insert(relay.local);
    own_.insert(relay.advertised);
  }
}

PeerVerdict PeerPolicy::Judge(const net::Address& peer) const {
  for (const net::Address& embedded : FindEmbedded(peer)) {
    // A relayed address is never reached in disguise.
    const PeerVerdict verdict = JudgeOne(embedded);
    if (!verdict.allowed()) return {Kind::kDenied, verdict.rule, embedded};
  }
  return JudgeOne(peer);
}

PeerVerdict PeerPolicy::JudgeOne(const net::Address& address) const {
  if (IsOwn(address)) return JudgeOwn(address);
  if (Find(config_.allowed_peers, address) != nullptr) return {};
  if (const AddressRange* denied = Find(config_.denied_peers, address)) {
    return {Kind::kDenied, denied->origin, address};
  }
  const SpecialRange* special = FindSpecialRange(address);
  if (special != nullptr && !IsOpened(*special, config_)) {
    return {Kind::kDenied, special->name, address};
  }
  return {};
}

PeerVerdict PeerPolicy::JudgeOwn(const net::Address& address) const {
  for (const AddressRange& range : config_.allowed_peers) {
    if (range.first == address && range.last == address) return {};
  }
  if (const AddressRange* denied = Find(config_.denied_peers, address)) {
    return {Kind::kDenied, denied->origin, address};
  }
  const SpecialRange* special = FindSpecialRange(address);
  if (special != nullptr && IsOpened(*special, config_)) return {};
  if (config_.live == nullptr) return {Kind::kDenied, "an address of this server", address};
  return {Kind::kOnlyLiveRelays, "an address of this server, and no live relay on that port",
          address};
}

}  // namespace koeru::relay
