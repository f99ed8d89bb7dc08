#pragma once

// The ORIGIN of a request (draft-ietf-tram-stun-origin): what its browser says of the page. A page
// in a frame has several, its own and those around it; more than kMaxOrigins are not looked at.
// Private to core/relay.

#include <array>
#include <span>
#include <string_view>

#include "core/relay/request.h"

namespace koeru::relay {

inline constexpr size_t kMaxOrigins = 8;

// In their order; views into the message.
struct Origins {
  std::array<std::string_view, kMaxOrigins> texts;
  size_t count = 0;

  static Origins Of(const Request& request);
  std::span<const std::string_view> all() const { return std::span(texts).first(count); }
};

// The first of them that leads to a realm; the default one otherwise.
const RealmRules& RealmOf(const RelayRules& rules, const Origins& origins);

// To tell whether later ones are the same, without keeping them; also for none. Never 0.
uint64_t TagOf(const Origins& origins);

}  // namespace koeru::relay
