#include "core/stun/message_type.h"

#include <gtest/gtest.h>

namespace koeru::stun {
namespace {

TEST(MessageType, Rfc8489_5_PutsTheClassBetweenTheBitsOfTheMethod) {
  EXPECT_EQ((MessageType{Method::kBinding, Class::kRequest}).ToWire(), 0x0001);
  EXPECT_EQ((MessageType{Method::kBinding, Class::kIndication}).ToWire(), 0x0011);
  EXPECT_EQ((MessageType{Method::kBinding, Class::kSuccessResponse}).ToWire(), 0x0101);
  EXPECT_EQ((MessageType{Method::kBinding, Class::kErrorResponse}).ToWire(), 0x0111);
  EXPECT_EQ((MessageType{Method::kSend, Class::kIndication}).ToWire(), 0x0016);
  EXPECT_EQ((MessageType{Method::kGoogPing, Class::kRequest}).ToWire(), 0x0200);
  EXPECT_EQ((MessageType{static_cast<Method>(0xFFF), Class::kErrorResponse}).ToWire(), 0x3FFF);
}

TEST(MessageType, RoundTripsEveryWireValue) {
  for (uint16_t wire = 0; wire < 0x4000; ++wire) {
    EXPECT_EQ(MessageType::FromWire(wire).ToWire(), wire);
  }
}

}  // namespace
}  // namespace koeru::stun
