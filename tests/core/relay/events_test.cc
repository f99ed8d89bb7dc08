#include "core/relay/events.h"

#include <gtest/gtest.h>

namespace koeru::relay {
namespace {

TEST(Events, EachReasonHasWordsOfItsOwn) {
  std::vector<std::string_view> seen;
  for (size_t i = 0; i < kRefusalCauseCount; ++i) {
    seen.push_back(ToText(static_cast<RefusalCause>(i)));
  }
  for (size_t i = 0; i < kEndReasonCount; ++i) seen.push_back(ToText(static_cast<EndReason>(i)));
  for (size_t i = 0; i < seen.size(); ++i) {
    EXPECT_NE(seen[i], "unknown") << i;
    for (size_t j = 0; j < i; ++j) EXPECT_NE(seen[i], seen[j]);
  }
}

TEST(Events, EachReasonHasANameOfOneWordForCounters) {
  std::vector<std::string_view> seen;
  for (size_t i = 0; i < kRefusalCauseCount; ++i) {
    seen.push_back(NameOf(static_cast<RefusalCause>(i)));
  }
  for (size_t i = 0; i < seen.size(); ++i) {
    for (size_t j = 0; j < i; ++j) EXPECT_NE(seen[i], seen[j]);
  }
  for (size_t i = 0; i < kEndReasonCount; ++i) seen.push_back(NameOf(static_cast<EndReason>(i)));
  for (const std::string_view name : seen) {
    EXPECT_NE(name, "unknown");
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string_view::npos)
        << name;
  }
}

}  // namespace
}  // namespace koeru::relay
