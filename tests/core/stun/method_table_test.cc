#include "core/stun/method_table.h"

#include <gtest/gtest.h>

namespace koeru::stun {
namespace {

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
