#include "core/turn/attributes.h"

#include <gtest/gtest.h>

#include "core/stun/attribute.h"

namespace koeru::turn {
namespace {

template <typename... A>
constexpr bool AllAreAttributes() {
  return (stun::Attribute<A> && ...);
}
static_assert(AllAreAttributes<AdditionalAddressFamily, AddressErrorCode, Bandwidth, ChannelNumber,
                               ConnectionId, Data, DontFragment, EvenPort, Icmp, Lifetime,
                               RequestedAddressFamily, RequestedTransport, ReservationToken,
                               TimerVal, XorPeerAddress, XorRelayedAddress>());

TEST(Lifetime, IsSecondsInNetworkByteOrder) {
  std::array<uint8_t, 4> buffer;
  Writer w(buffer);
  Lifetime{600}.Encode(w, {});
  EXPECT_EQ(ToHex(w.written()), "00000258");
}

}  // namespace
}  // namespace koeru::turn
