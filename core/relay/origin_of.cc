#include "core/relay/origin_of.h"

#include <string>

#include "core/bytes/hex.h"
#include "core/bytes/reader.h"
#include "core/crypto/hash.h"
#include "core/stun/attributes/origin.h"

namespace koeru::relay {

Origins Origins::Of(const Request& request) {
  Origins origins;
  for (const stun::RawAttribute& attribute : request.message.attributes()) {
    if (attribute.type != stun::Origin::kType || attribute.ignored) continue;
    if (origins.count == kMaxOrigins) break;
    const auto origin = stun::Origin::Decode(attribute.value, request.message.transaction_id());
    if (origin.ok()) origins.texts[origins.count++] = origin->text;
  }
  return origins;
}

const RealmRules& RealmOf(const RelayRules& rules, const Origins& origins) {
  for (const std::string_view origin : origins.all()) {
    if (const RealmRules* realm = rules.FindByOrigin(origin)) return *realm;
  }
  return rules;
}

uint64_t TagOf(const Origins& origins) {
  std::string joined;
  for (const std::string_view origin : origins.all()) {
    joined += std::to_string(origin.size()) + ":";
    joined += origin;
  }
  const crypto::Sha256Digest digest = crypto::Sha256({AsBytes(joined)});
  return Reader(digest).U64() | 1;
}

}  // namespace koeru::relay
