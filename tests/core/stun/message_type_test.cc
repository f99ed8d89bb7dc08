#include "core/stun/message_type.h"

#include <gtest/gtest.h>

#include "core/stun/method_table.h"

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

TEST(MethodTable, NamesAreReadBack) {
  for (const MethodRow& row : MethodTable()) {
    EXPECT_EQ(MethodName(row.method), row.name);
    EXPECT_EQ(*ParseMethod(row.name), row.method);
  }
  EXPECT_EQ(MethodName(static_cast<Method>(0x0F0)), "0x0F0");
  EXPECT_EQ(*ParseMethod("0x0F0"), static_cast<Method>(0x0F0));
  EXPECT_EQ(*ParseMethod("createPERMISSION"), Method::kCreatePermission);
  EXPECT_FALSE(ParseMethod("0x1000").ok());
  EXPECT_FALSE(ParseMethod("Allokate").ok());
}

TEST(MethodTable, DescribesTypes) {
  EXPECT_EQ(DescribeType({Method::kAllocate, Class::kErrorResponse}), "Allocate error response");
  EXPECT_EQ(DescribeType({Method::kData, Class::kIndication}), "Data indication");
  for (const Class c :
       {Class::kRequest, Class::kIndication, Class::kSuccessResponse, Class::kErrorResponse}) {
    EXPECT_EQ(*ParseClass(ClassName(c)), c);
  }
  EXPECT_FALSE(ParseClass("answer").ok());
}

}  // namespace
}  // namespace koeru::stun
