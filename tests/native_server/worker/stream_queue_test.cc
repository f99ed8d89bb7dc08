#include "native_server/worker/stream_queue.h"

#include <gmock/gmock.h>

namespace koeru::server {
namespace {

using testing::ElementsAre;

using Kind = StreamQueue::Kind;

size_t Add(StreamQueue& queue, Kind kind, size_t size, uint8_t mark) {
  const std::vector<uint8_t> bytes(size, mark);
  return queue.Add(kind, {.header = {}, .payload = bytes, .tail = {}});
}

// The marks of the messages that wait, each once.
std::vector<uint8_t> Marks(const StreamQueue& queue) {
  std::vector<uint8_t> marks;
  for (const uint8_t byte : queue.front()) {
    if (marks.empty() || marks.back() != byte) marks.push_back(byte);
  }
  return marks;
}

TEST(StreamQueue, KeepsHeaderPayloadAndTailInOrder) {
  StreamQueue queue;
  const std::vector<uint8_t> header = {1, 2}, payload = {3}, tail = {4, 5};
  queue.Add(Kind::kData, {header, payload, tail});
  EXPECT_THAT(queue.front(), ElementsAre(1, 2, 3, 4, 5));
  queue.Pop(2);
  EXPECT_THAT(queue.front(), ElementsAre(3, 4, 5));
  queue.Pop(3);
  EXPECT_TRUE(queue.empty());
}

TEST(StreamQueue, DropsTheOldestDataAndNoControlMessage) {
  StreamQueue queue;
  constexpr size_t kSize = StreamQueue::kDataLimit / 8;
  EXPECT_EQ(Add(queue, Kind::kControl, 20, 100), 0u);
  for (uint8_t i = 0; i < 8; ++i) EXPECT_EQ(Add(queue, Kind::kData, kSize, i), 0u);
  EXPECT_EQ(Add(queue, Kind::kControl, 20, 101), 0u);
  EXPECT_EQ(Add(queue, Kind::kData, kSize, 8), 5u);
  EXPECT_THAT(Marks(queue), ElementsAre(100, 5, 6, 7, 101, 8));
  EXPECT_EQ(queue.size(), 40 + 4 * kSize);
}

TEST(StreamQueue, FinishesAMessageThatIsPartlySent) {
  StreamQueue queue;
  constexpr size_t kSize = StreamQueue::kDataLimit / 4;
  Add(queue, Kind::kData, kSize, 1);
  queue.Pop(1);
  for (uint8_t i = 2; i < 8; ++i) Add(queue, Kind::kData, kSize, i);
  EXPECT_THAT(Marks(queue).front(), 1);
  EXPECT_EQ(std::count(queue.front().begin(), queue.front().end(), 1), kSize - 1);
}

TEST(StreamQueue, MemoryStaysBoundedWhenTheReaderTakesALittleNowAndThen) {
  StreamQueue queue;
  size_t dropped = 0;
  for (int i = 0; i < 20'000; ++i) {
    dropped += Add(queue, Kind::kData, 1000, static_cast<uint8_t>(i));
    queue.Pop(300);
    ASSERT_LE(queue.size(), StreamQueue::kDataLimit + 1000);
  }
  EXPECT_GT(dropped, 10'000u);
}

TEST(StreamQueue, IsOverfullWhenResponsesAreNotRead) {
  StreamQueue queue;
  while (!queue.overfull()) {
    Add(queue, Kind::kControl, 100, 1);
    ASSERT_LE(queue.size(), StreamQueue::kControlLimit + 100);
  }
  EXPECT_GT(queue.size(), StreamQueue::kControlLimit);
}

}  // namespace
}  // namespace koeru::server
