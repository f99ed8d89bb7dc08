#include "core/net/transport_name.h"

#include <gtest/gtest.h>

namespace koeru::net {
namespace {

TEST(TransportName, IsOneWordForEach) {
  EXPECT_EQ(NameOf(Transport::kUdp), "udp");
  EXPECT_EQ(NameOf(Transport::kTcp), "tcp");
  EXPECT_EQ(NameOf(Transport::kTls), "tls");
  EXPECT_EQ(NameOf(Transport::kDtls), "dtls");
}

}  // namespace
}  // namespace koeru::net
