#include "native_server/worker/mailbox.h"

#include <gtest/gtest.h>

#include <map>
#include <thread>

namespace koeru::server {
namespace {

using Kind = MailItem::Kind;

std::unique_ptr<MailBag> BagOf(size_t from, Kind kind, size_t size, uint8_t fill = 0) {
  auto bag = std::make_unique<MailBag>(from);
  bag->Add(kind, {}, std::vector<uint8_t>(size, fill));
  return bag;
}

bool Leave(Mailbox& mailbox, Kind kind, size_t size) {
  auto bag = BagOf(0, kind, size);
  const bool taken = mailbox.Leave(bag);
  EXPECT_EQ(taken, bag == nullptr) << "what is not taken stays";
  return taken;
}

TEST(Mailbox, KeepsTheOrderOfEachSender) {
  Mailbox mailbox;
  constexpr int kEach = 2000;
  std::vector<std::thread> senders;
  for (size_t sender = 0; sender < 3; ++sender) {
    senders.emplace_back([&mailbox, sender] {
      for (int i = 0; i < kEach; ++i) {
        auto bag = std::make_unique<MailBag>(sender);
        bag->Add(Kind::kForget, {.client = {{{}, static_cast<uint16_t>(i)}}});
        EXPECT_TRUE(mailbox.Leave(bag));
      }
    });
  }
  std::map<size_t, int> next;
  for (int got = 0; got < 3 * kEach;) {
    for (const auto& bag : mailbox.Take()) {
      EXPECT_EQ(bag->items()[0].five_tuple.client.endpoint.port, next[bag->from()]++);
      ++got;
    }
  }
  for (std::thread& sender : senders) sender.join();
  EXPECT_TRUE(mailbox.Take().empty());
}

TEST(Mailbox, RefusesDatagramsBeyondItsBoundAndTakesThemAgainOnceItIsEmptied) {
  Mailbox mailbox;
  int taken = 0;
  while (Leave(mailbox, Kind::kDatagrams, 100'000)) ++taken;
  EXPECT_GE(taken, 38);
  EXPECT_LE(taken, 41);
  EXPECT_FALSE(Leave(mailbox, Kind::kRequest, 100'000));
  EXPECT_TRUE(Leave(mailbox, Kind::kSteer, 100)) << "few, and nobody repeats them";
  EXPECT_TRUE(Leave(mailbox, Kind::kForget, 0));
  EXPECT_EQ(mailbox.Take().size(), static_cast<size_t>(taken) + 2);
  EXPECT_TRUE(Leave(mailbox, Kind::kDatagrams, 100'000));
}

TEST(MailBag, GivesEachItemItsBytesWithRoomAroundThem) {
  MailBag bag(7);
  bag.Add(Kind::kDatagrams, {}, std::vector<uint8_t>(100, 1), 50);
  bag.Add(Kind::kSteer, {}, std::vector<uint8_t>(3, 2));
  ASSERT_EQ(bag.items().size(), 2u);
  for (MailItem& item : bag.items()) {
    uint8_t* const bytes = bag.BytesOf(item);
    for (size_t i = 0; i < item.size; ++i) EXPECT_EQ(bytes[i], item.size == 100 ? 1 : 2);
    std::fill(bytes - ReceiveBatch::kHeadroom, bytes, 9);
    std::fill(bytes + item.size, bytes + item.size + ReceiveBatch::kTailroom, 9);
  }
  EXPECT_EQ(bag.BytesOf(bag.items()[0])[99], 1);
  EXPECT_EQ(bag.BytesOf(bag.items()[1])[0], 2);
  EXPECT_EQ(bag.items()[0].segment_size, 50u);
}

}  // namespace
}  // namespace koeru::server
