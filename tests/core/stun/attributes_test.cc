#include "core/stun/attributes.h"

#include <gtest/gtest.h>

#include "core/stun/attribute.h"

namespace koeru::stun {
namespace {

template <typename... A>
constexpr bool AllAreAttributes() {
  return (Attribute<A> && ...);
}
static_assert(AllAreAttributes<
              MappedAddress, XorMappedAddress, Username, Userhash, MessageIntegrity,
              MessageIntegritySha256, Fingerprint, ErrorCode, Realm, Nonce, UnknownAttributes,
              Software, AlternateServer, AlternateDomain, PasswordAlgorithm, PasswordAlgorithms,
              Priority, UseCandidate, IceControlled, IceControlling, ChangeRequest, ResponseOrigin,
              OtherAddress, ResponsePort, Padding, CacheTimeout, ResponseAddress, ChangedAddress,
              SourceAddress, ReflectedFrom, Password, Origin, AccessToken, ThirdPartyAuthorization,
              MobilityTicket, EcnCheck, TransactionTransmitCounter>());

TEST(XorMappedAddress, MasksPortAndAddressWithTheCookie) {
  std::array<uint8_t, 8> buffer;
  Writer w(buffer);
  XorMappedAddress{{net::Address::V4(192, 0, 2, 1), 32853}}.Encode(w, {});
  EXPECT_EQ(ToHex(w.written()), "0001a147e112a643");
}

}  // namespace
}  // namespace koeru::stun
