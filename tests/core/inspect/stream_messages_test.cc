#include "core/inspect/stream_messages.h"

#include <gtest/gtest.h>

#include "tests/core/capture/packets.h"

namespace koeru::inspect {
namespace {

using capture::Hex;
using capture::Octets;
using capture::operator+;

const Octets kBinding = Hex("000100002112a442000102030405060708090a0b");

TEST(StreamMessages, AreTakenApartWithoutPadding) {
  const Octets stream = kBinding + Hex("4000 0001 41 000000") + kBinding;
  const auto messages = StreamMessages(stream);
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_EQ(messages[1].size(), 5u);
  EXPECT_EQ(messages[1].data(), stream.data() + 20);
  EXPECT_EQ(messages[2].data(), stream.data() + 28);
}

TEST(StreamMessages, WhatDoesNotEndWithAMessageIsNoStream) {
  EXPECT_TRUE(StreamMessages(kBinding + Hex("00")).empty());
  EXPECT_TRUE(StreamMessages(Bytes(kBinding).first(19)).empty());
  EXPECT_TRUE(StreamMessages(Hex("16030100")).empty());
  EXPECT_TRUE(StreamMessages({}).empty());
}

TEST(StreamMessages, SomethingMustBeCertain) {
  Octets other = kBinding;
  other[4] = 0;
  EXPECT_TRUE(StreamMessages(other).empty());
}

}  // namespace
}  // namespace koeru::inspect
