#include "core/inspect/message_summary.h"

#include <gtest/gtest.h>

#include "core/bytes/hex.h"

namespace koeru::inspect {
namespace {

std::string SummaryOf(std::string_view hex) {
  const auto bytes = FromHex(hex);
  return Summarize(*stun::MessageView::Parse(*bytes));
}

TEST(MessageSummary, IsTheMethodAndWhatMatters) {
  EXPECT_EQ(SummaryOf("000100002112a442000102030405060708090a0b"), "Binding request");
  EXPECT_EQ(SummaryOf("0101000c2112a442000102030405060708090a0b 002000080001a147e112a643"),
            "Binding success response  (mapped 192.0.2.1:32853)");
}

TEST(MessageSummary, TheRealmIsTheServersToSay) {
  const std::string realm = "00140004 61626364";
  EXPECT_EQ(SummaryOf("000300082112a442000102030405060708090a0b" + realm), "Allocate request");
  EXPECT_NE(SummaryOf("011300082112a442000102030405060708090a0b" + realm).find("realm abcd"),
            std::string::npos);
}

TEST(MessageSummary, TextOfStrangersIsEscaped) {
  const std::string summary =
      SummaryOf("010100082112a442000102030405060708090a0b 80220004 1b5b324a");
  EXPECT_EQ(summary.find('\x1b'), std::string::npos);
  EXPECT_NE(summary.find("software"), std::string::npos);
}

}  // namespace
}  // namespace koeru::inspect
