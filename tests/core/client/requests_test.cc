#include "core/client/requests.h"

#include <gtest/gtest.h>

#include "tests/core/client/fake_server.h"

namespace koeru::client {
namespace {

constexpr net::PeerAddress kPeer{{net::Address::V4(198, 51, 100, 7), 9000}};

TEST(SendIndication, Rfc8656_11_1_HasPeerAndData) {
  std::array<uint8_t, 128> buffer;
  const Bytes bytes = EncodeSendIndication(buffer, {}, kPeer, AsBytes("hello"));
  const auto message = stun::MessageView::Parse(bytes);
  ASSERT_TRUE(message.ok());
  EXPECT_EQ(message->method(), stun::Method::kSend);
  EXPECT_EQ(message->message_class(), stun::Class::kIndication);
  EXPECT_EQ((*message->Get<turn::XorPeerAddress>())->endpoint, kPeer.endpoint);
  EXPECT_EQ(AsText((*message->Get<turn::Data>())->data), "hello");
}

TEST(SendIndication, Rfc8656_14_AsksForNoFragmentsWhenWished) {
  std::array<uint8_t, 128> buffer;
  for (const bool wished : {false, true}) {
    const Bytes bytes = EncodeSendIndication(buffer, {}, kPeer, AsBytes("hello"), wished);
    const auto message = stun::MessageView::Parse(bytes);
    ASSERT_TRUE(message.ok());
    EXPECT_EQ(message->Has(stun::attribute_type::kDontFragment), wished);
  }
}

TEST(SendIndication, IsEmptyWhenTheBufferIsTooSmall) {
  std::array<uint8_t, 40> buffer;
  EXPECT_TRUE(EncodeSendIndication(buffer, {}, kPeer, AsBytes("hello")).empty());
}

}  // namespace
}  // namespace koeru::client
