#include "core/media/sent_counts.h"

#include <gtest/gtest.h>

namespace koeru::media {
namespace {

TEST(SentCounts, GapsWereNeverSent) {
  SentCounts counts;
  uint32_t count = 0;
  for (const int number : {65'534, 65'535, 3, 4}) {
    counts.OnSent(static_cast<uint16_t>(number), ++count);
  }
  EXPECT_EQ(counts.UpTo(65'535), 2u);
  EXPECT_EQ(counts.UpTo(4), 4u);
  EXPECT_EQ(counts.UpTo(1), std::nullopt);
}

TEST(SentCounts, WhatWasSentLongAgoIsForgotten) {
  SentCounts counts;
  counts.OnSent(10, 1);
  counts.OnSent(10 + SentCounts::kNumbers, 2);
  EXPECT_EQ(counts.UpTo(10), std::nullopt);
  EXPECT_EQ(counts.UpTo(10 + SentCounts::kNumbers), 2u);
}

}  // namespace
}  // namespace koeru::media
