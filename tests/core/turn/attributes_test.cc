#include "core/turn/attributes.h"

#include <gtest/gtest.h>

#include "core/turn/registry.h"
#include "tests/core/attribute_checks.h"

namespace koeru::turn {
namespace {

using testing_support::EncodeToHex;
using testing_support::SampleId;

template <typename... A>
void CheckAll() {
  (testing_support::CheckAttribute<A>(Registry()), ...);
}

TEST(Attributes, EveryOneRoundTripsItsVectorsAndBoundsItsReads) {
  CheckAll<ChannelNumber, Lifetime, XorPeerAddress, Data, XorRelayedAddress, RequestedAddressFamily,
           EvenPort, RequestedTransport, DontFragment, ReservationToken, AdditionalAddressFamily,
           AddressErrorCode, Icmp, Bandwidth, TimerVal, ConnectionId>();
}

template <typename A>
Result<A> Decode(const std::vector<uint8_t>& value) {
  return A::Decode(value, SampleId());
}

TEST(ReservedBits, Rfc8656_18_AreIgnoredOnReceptionAndZeroWhenSent) {
  const auto channel = *FromHex("4000ffff"), transport = *FromHex("11ffffff"),
             family = *FromHex("02ffffff"), even_port = *FromHex("ff"),
             icmp = *FromHex("ffff060400000500");
  EXPECT_EQ(EncodeToHex(*Decode<ChannelNumber>(channel)), "40000000");
  EXPECT_EQ(EncodeToHex(*Decode<RequestedTransport>(transport)), "11000000");
  EXPECT_EQ(EncodeToHex(*Decode<RequestedAddressFamily>(family)), "02000000");
  EXPECT_EQ(EncodeToHex(*Decode<AdditionalAddressFamily>(family)), "02000000");
  EXPECT_EQ(EncodeToHex(*Decode<EvenPort>(even_port)), "80");
  EXPECT_EQ(EncodeToHex(*Decode<Icmp>(icmp)), "0000060400000500");
}

TEST(Decode, LeavesTheServersDecisionsToTheServer) {
  const auto family = *FromHex("09000000"), transport = *FromHex("84000000"),
             channel = *FromHex("7fff0000");
  EXPECT_EQ(static_cast<int>(Decode<RequestedAddressFamily>(family)->family), 9) << "440";
  EXPECT_EQ(Decode<RequestedTransport>(transport)->protocol, 132) << "442";
  EXPECT_EQ(Decode<ChannelNumber>(channel)->number, 0x7FFF) << "400";
}

TEST(WrongSizes, AreRefusedByAttributesOfOneSize) {
  for (size_t size = 0; size <= 24; ++size) {
    const std::vector<uint8_t> value(size, 1);
    EXPECT_EQ(Decode<Lifetime>(value).ok(), size == 4) << size;
    EXPECT_EQ(Decode<ChannelNumber>(value).ok(), size == 4) << size;
    EXPECT_EQ(Decode<RequestedTransport>(value).ok(), size == 4) << size;
    EXPECT_EQ(Decode<RequestedAddressFamily>(value).ok(), size == 4) << size;
    EXPECT_EQ(Decode<AdditionalAddressFamily>(value).ok(), size == 4) << size;
    EXPECT_EQ(Decode<ConnectionId>(value).ok(), size == 4) << size;
    EXPECT_EQ(Decode<EvenPort>(value).ok(), size == 1) << size;
    EXPECT_EQ(Decode<DontFragment>(value).ok(), size == 0) << size;
    EXPECT_EQ(Decode<ReservationToken>(value).ok(), size == 8) << size;
    EXPECT_EQ(Decode<Icmp>(value).ok(), size == 8) << size;
    EXPECT_EQ(Decode<XorPeerAddress>(value).ok(), size == 8) << size;
    EXPECT_EQ(Decode<XorRelayedAddress>(value).ok(), size == 8) << size;
  }
}

TEST(AddressErrorCode, Rfc8656_18_12_NamesTheFamily) {
  const auto value = *FromHex("020004286e6f");
  const auto decoded = Decode<AddressErrorCode>(value);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->family, stun::AddressFamily::kIpv6);
  EXPECT_EQ(decoded->code, 440);
  EXPECT_EQ(decoded->reason, "no");
}

TEST(Icmp, Rfc8656_18_13_RefusesToEncodeWhatDoesNotFit) {
  EXPECT_EQ(EncodeToHex(Icmp{3, 4, 1280}), "0000060400000500");
  EXPECT_EQ(EncodeToHex(Icmp{0x80, 0, 0}), "refused");
  EXPECT_EQ(EncodeToHex(Icmp{0, 0x200, 0}), "refused");
}

}  // namespace
}  // namespace koeru::turn
