#include "core/net/five_tuple.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace koeru::net {
namespace {

const Endpoint kA = *Endpoint::Parse("192.0.2.1:1000");
const Endpoint kB = *Endpoint::Parse("192.0.2.2:3478");

TEST(FiveTuple, Rfc8656_2_DiffersWhenAnyPartDiffers) {
  const FiveTuple tuple = {{kA}, {kB}, Transport::kUdp};
  EXPECT_EQ(tuple, (FiveTuple{{kA}, {kB}, Transport::kUdp}));
  EXPECT_NE(tuple, (FiveTuple{{kB}, {kA}, Transport::kUdp}));
  EXPECT_NE(tuple, (FiveTuple{{kA}, {kB}, Transport::kTcp}));
  EXPECT_NE(tuple, (FiveTuple{{{kA.address, 1001}}, {kB}, Transport::kUdp}));
  EXPECT_NE(tuple, (FiveTuple{{kA}, {{kB.address, 3479}}, Transport::kUdp}));
}

static_assert(!std::is_convertible_v<ClientAddress, PeerAddress> &&
                  !std::is_convertible_v<PeerAddress, ServerAddress> &&
                  !std::is_convertible_v<Endpoint, PeerAddress>,
              "two parties cannot be swapped");

}  // namespace
}  // namespace koeru::net
