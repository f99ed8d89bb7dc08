#include "core/media/sequence_window.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace koeru::media {
namespace {

using Arrival = SequenceWindow::Arrival;

TEST(SequenceWindow, TellsWhatCameBefore) {
  SequenceWindow window;
  EXPECT_EQ(window.Add(100), Arrival::kNew);
  EXPECT_EQ(window.Add(100), Arrival::kDuplicate);
  EXPECT_EQ(window.Add(103), Arrival::kNew);
  EXPECT_EQ(window.Add(101), Arrival::kNew);
  EXPECT_EQ(window.Add(101), Arrival::kDuplicate);
  EXPECT_EQ(window.highest(), 103);
}

TEST(SequenceWindow, WhatIsOpenMayStillCome) {
  SequenceWindow window;
  EXPECT_FALSE(window.IsOpen(5));
  window.Add(10);
  window.Add(12);
  EXPECT_TRUE(window.IsOpen(11));
  EXPECT_FALSE(window.IsOpen(12));
  EXPECT_FALSE(window.IsOpen(13)) << "nobody knows of it";
  EXPECT_FALSE(window.IsOpen(12 - SequenceWindow::kSize));
}

TEST(SequenceWindow, OldNumbersAreRefused) {
  SequenceWindow window;
  window.Add(SequenceWindow::kSize);
  EXPECT_EQ(window.Add(1), Arrival::kNew);
  EXPECT_EQ(window.Add(0), Arrival::kTooOld);
  EXPECT_EQ(window.Add(-5), Arrival::kTooOld);
}

TEST(SequenceWindow, NumbersBelowZeroAreNumbers) {
  SequenceWindow window;
  window.Add(3);
  EXPECT_EQ(window.Add(-3), Arrival::kNew);
  EXPECT_EQ(window.Add(-3), Arrival::kDuplicate);
}

TEST(SequenceWindow, ItAgreesWithASetOverAnyJumps) {
  SequenceWindow window;
  std::set<int64_t> seen;
  int64_t number = 0;
  uint32_t random = 1;
  for (int i = 0; i < 20'000; ++i) {
    random = random * 1664525 + 1013904223;
    number += random % 7 == 0 ? static_cast<int64_t>(random >> 8) % 1500 : 1;
    const int64_t back = number - static_cast<int64_t>(random >> 16) % 1100;
    const int64_t highest = seen.empty() ? back : std::max(*seen.rbegin(), back);
    const Arrival expected = highest - back >= SequenceWindow::kSize ? Arrival::kTooOld
                             : seen.contains(back)                   ? Arrival::kDuplicate
                                                                     : Arrival::kNew;
    ASSERT_EQ(window.Add(back), expected) << i;
    if (expected == Arrival::kNew) seen.insert(back);
  }
}

}  // namespace
}  // namespace koeru::media
