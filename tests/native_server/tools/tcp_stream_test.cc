#include "native_server/tools/tcp_stream.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/capture/packets.h"

namespace koeru::tools {
namespace {

using namespace capture;

class TcpStreamTest : public testing::Test {
 protected:
  void Segment(uint32_t sequence, std::string_view text, bool syn = false) {
    stream_.OnSegment(sequence, syn, AsBytes(text),
                      [this](Bytes bytes) { received_ += AsText(bytes); });
  }
  TcpStream stream_;
  std::string received_;
};

TEST_F(TcpStreamTest, DeliversInOrder) {
  Segment(999, "", true);
  Segment(1000, "ab");
  Segment(1002, "cd");
  EXPECT_EQ(received_, "abcd");
}

TEST_F(TcpStreamTest, SortsSegmentsThatCameEarly) {
  Segment(999, "", true);
  Segment(1004, "ef");
  Segment(1002, "cd");
  EXPECT_EQ(received_, "");
  Segment(1000, "ab");
  EXPECT_EQ(received_, "abcdef");
}

TEST_F(TcpStreamTest, DropsRetransmissionsAndOverlaps) {
  Segment(1000, "abcd");
  Segment(1000, "abcd");
  Segment(1002, "cdef");
  Segment(1001, "b");
  EXPECT_EQ(received_, "abcdef");
}

TEST_F(TcpStreamTest, KeepsTheLongerOfTwoEarlySegments) {
  Segment(999, "", true);
  Segment(1002, "c");
  Segment(1002, "cdef");
  Segment(1002, "cd");
  Segment(1000, "ab");
  EXPECT_EQ(received_, "abcdef");
}

// RFC 9293 section 3.4: sequence numbers are counted modulo 2^32.
TEST_F(TcpStreamTest, SequenceNumbersWrapAround) {
  Segment(0xFFFFFFFD, "", true);
  Segment(0x00000000, "cd");
  Segment(0xFFFFFFFE, "ab");
  Segment(0x00000002, "ef");
  EXPECT_EQ(received_, "abcdef");
}

TEST_F(TcpStreamTest, ACaptureMayBeginInTheMiddle) {
  Segment(5000, "ab");
  Segment(5002, "cd");
  EXPECT_EQ(received_, "abcd");
}

TEST_F(TcpStreamTest, AHoleThatNeverClosesIsGivenUpWithinItsLimit) {
  Segment(999, "", true);
  const std::string chunk(1000, 'x');
  uint32_t sequence = 2000;
  while (!stream_.lost() && sequence < 10'000'000) {
    Segment(sequence, chunk);
    sequence += 1000;
  }
  EXPECT_TRUE(stream_.lost());
  EXPECT_LE(sequence, 2000 + TcpStream::kMaxWaiting + 2000);
  Segment(1000, chunk);
  EXPECT_EQ(received_, "");
}

}  // namespace
}  // namespace koeru::tools
