#include "native_server/tools/link_layer.h"

#include <pcap/dlt.h>

namespace koeru::tools {
namespace {

constexpr uint16_t kIpv4 = 0x0800;
constexpr uint16_t kIpv6 = 0x86DD;
constexpr int kMaxVlanTags = 4;

bool IsVlanTag(uint16_t ether_type) {
  return ether_type == 0x8100 || ether_type == 0x88A8 || ether_type == 0x9100;
}

LinkPayload Rest(Reader& r) {
  if (!r.ok()) return {LinkOutcome::kCutShort, {}};
  return {LinkOutcome::kIp, r.Rest()};
}

// Behind an EtherType: VLAN tags, then IP or something else.
LinkPayload BehindEtherType(uint16_t ether_type, Reader& r) {
  for (int i = 0; i < kMaxVlanTags && IsVlanTag(ether_type); ++i) {
    r.U16();
    ether_type = r.U16();
  }
  if (!r.ok()) return {LinkOutcome::kCutShort, {}};
  if (ether_type != kIpv4 && ether_type != kIpv6) return {LinkOutcome::kNotIp, {}};
  return Rest(r);
}

}  // namespace

bool IsKnownLinkType(int link_type) {
  switch (link_type) {
    case DLT_EN10MB:
    case DLT_LINUX_SLL:
    case DLT_LINUX_SLL2:
    case DLT_NULL:
    case DLT_LOOP:
    case DLT_RAW:
    case DLT_IPV4:
    case DLT_IPV6:
      return true;
    default:
      return false;
  }
}

LinkPayload StripLinkLayer(int link_type, Bytes frame) {
  Reader r(frame);
  switch (link_type) {
    case DLT_EN10MB:
      r.Skip(12);
      return BehindEtherType(r.U16(), r);
    case DLT_LINUX_SLL:
      r.Skip(14);
      return BehindEtherType(r.U16(), r);
    case DLT_LINUX_SLL2: {
      const uint16_t protocol = r.U16();
      r.Skip(18);
      return BehindEtherType(protocol, r);
    }
    case DLT_NULL:
    case DLT_LOOP:
      // An address family whose number differs between systems: IP's own version tells.
      r.Skip(4);
      return Rest(r);
    case DLT_RAW:
    case DLT_IPV4:
    case DLT_IPV6:
      return Rest(r);
    default:
      return {};
  }
}

}  // namespace koeru::tools
