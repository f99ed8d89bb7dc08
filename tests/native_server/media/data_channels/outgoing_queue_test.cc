#include "native_server/media/data_channels/outgoing_queue.h"

#include <gtest/gtest.h>

namespace koeru::server {
namespace {

TEST(OutgoingQueue, KeepsMessagesAndResetsInOrder) {
  OutgoingQueue queue;
  for (int i = 0; i < 100; ++i) {
    const std::vector<uint8_t> content(static_cast<size_t>(i), static_cast<uint8_t>(i));
    SctpMessage message;
    message.stream = static_cast<uint16_t>(i);
    message.content = content;
    queue.PushMessage(message);  // copies: `content` ends here
    queue.PushReset(static_cast<uint16_t>(1000 + i));
  }
  EXPECT_EQ(queue.bytes(), 99u * 100 / 2 + 100 * OutgoingQueue::kMessageOverhead);
  for (int i = 0; i < 100; ++i) {
    ASSERT_FALSE(queue.front_is_reset());
    EXPECT_EQ(queue.front_stream(), i);
    const Bytes content = queue.front().content;
    EXPECT_EQ(std::vector<uint8_t>(content.begin(), content.end()),
              std::vector<uint8_t>(static_cast<size_t>(i), static_cast<uint8_t>(i)));
    queue.Pop();
    ASSERT_TRUE(queue.front_is_reset());
    EXPECT_EQ(queue.front_stream(), 1000 + i);
    queue.Pop();
  }
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.bytes(), 0u);
}

TEST(OutgoingQueue, ClearForgetsEverything) {
  OutgoingQueue queue;
  queue.PushMessage({});
  queue.PushReset(1);
  queue.Clear();
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.bytes(), 0u);
}

}  // namespace
}  // namespace koeru::server
