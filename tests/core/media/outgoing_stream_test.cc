#include "core/media/outgoing_stream.h"

#include <gtest/gtest.h>

#include <set>

namespace koeru::media {
namespace {

TEST(RtxStream, Rfc3711_3_3_1_NumbersBeginInTheLowerHalfAndDifferByCall) {
  std::set<uint16_t> first_numbers;
  for (uint32_t ssrc = 1; ssrc <= 1000; ++ssrc) {
    const RtxStream stream(ssrc * 7919);
    EXPECT_LT(stream.next_number, 0x8000);
    first_numbers.insert(stream.next_number);
  }
  EXPECT_GT(first_numbers.size(), 900u);
}

}  // namespace
}  // namespace koeru::media
