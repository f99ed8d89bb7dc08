// Clients of RFC 3489, whose messages have no magic cookie.

#include <gtest/gtest.h>

#include "core/stun/attribute_type.h"
#include "core/stun/attributes/change_request.h"
#include "core/stun/attributes/mapped_address.h"
#include "core/stun/attributes/response_address.h"
#include "core/stun/attributes/source_address.h"
#include "core/stun/attributes/unknown_attributes.h"
#include "tests/core/relay/support/relay_harness.h"

namespace koeru::relay::testing {
namespace {

constexpr std::array<uint8_t, 4> kIdBegins = {0xAB, 0xCD, 0xEF, 0x01};

// A request as those clients send it.
Packet Classic(ScriptedClient& client, const Attributes& add = nullptr,
               stun::Method method = stun::Method::kBinding) {
  Packet packet = client.Request(method, add);
  std::copy(kIdBegins.begin(), kIdBegins.end(), packet.begin() + 4);
  return packet;
}

class ClassicBinding : public ::testing::Test {
 protected:
  ClassicBinding() { h_.config.rfc3489_binding = true; }

  // The answer, as a message that today's parser takes. Its transaction ID must be the request's.
  stun::MessageView Answer(const Packet& request) {
    h_.Send(client_, request);
    EXPECT_TRUE(h_.reply.has_value());
    EXPECT_TRUE(std::equal(request.begin() + 4, request.begin() + 20, h_.reply->begin() + 4));
    answer_ = *h_.reply;
    Writer(MutableBytes(answer_).subspan(4, 4)).U32(stun::kMagicCookie);
    return *stun::MessageView::Parse(answer_);
  }

  RelayHarness h_;
  ScriptedClient client_ = h_.Client("192.0.2.1:50000");
  Packet answer_;
};

TEST_F(ClassicBinding, Rfc3489_8_1_TellsTheClientItsAddressInMappedAddress) {
  const stun::MessageView answer = Answer(Classic(client_));
  EXPECT_EQ(answer.message_class(), stun::Class::kSuccessResponse);
  EXPECT_EQ((*answer.Get<stun::MappedAddress>())->endpoint, Ep("192.0.2.1:50000"));
  EXPECT_EQ((*answer.Get<stun::SourceAddress>())->endpoint, Ep("5.5.5.1:3478"));
  EXPECT_FALSE(answer.Has(stun::attribute_type::kXorMappedAddress));
}

TEST_F(ClassicBinding, IsDroppedUnlessTheOperatorWantsIt) {
  h_.config.rfc3489_binding = false;
  h_.Send(client_, Classic(client_));
  EXPECT_FALSE(h_.reply.has_value());
  EXPECT_EQ(h_.relay().counters().not_stun, 1u);
}

TEST_F(ClassicBinding, NeverObeysResponseAddress) {
  const stun::MessageView answer = Answer(Classic(client_, [](stun::MessageBuilder& b) {
    b.Add(stun::ResponseAddress{Ep("203.0.113.99:7")});
  }));
  EXPECT_EQ(std::get<SendToClient>(h_.actions[0]).five_tuple, client_.five_tuple);
  EXPECT_EQ((*answer.Get<stun::ErrorCode>())->code, 420);
  const auto unknown = *answer.Get<stun::UnknownAttributes>();
  ASSERT_EQ(unknown->size(), 2u) << "an odd number is made even";
  EXPECT_EQ((*unknown)[0], stun::attribute_type::kResponseAddress);
  EXPECT_EQ((*unknown)[1], stun::attribute_type::kResponseAddress);
}

TEST_F(ClassicBinding, NeverObeysResponseAddressWithAMagicCookieEither) {
  EXPECT_EQ(h_.Ask(client_, stun::Method::kBinding,
                   [](auto& b) { b.Add(stun::ResponseAddress{Ep("203.0.113.99:7")}); }),
            420);
  EXPECT_EQ(std::get<SendToClient>(h_.actions[0]).five_tuple, client_.five_tuple);
}

TEST_F(ClassicBinding, AnswersAChangeRequestThatChangesNothing) {
  const auto change = [](bool port) {
    return [port](stun::MessageBuilder& b) { b.Add(stun::ChangeRequest{false, port}); };
  };
  EXPECT_EQ(Answer(Classic(client_, change(false))).message_class(),
            stun::Class::kSuccessResponse);
  EXPECT_EQ((*Answer(Classic(client_, change(true))).Get<stun::ErrorCode>())->code, 420);
}

TEST_F(ClassicBinding, AnswersNothingButWellFormedBindingRequests) {
  h_.Send(client_, Classic(client_, nullptr, stun::Method::kAllocate));
  EXPECT_FALSE(h_.reply.has_value());
  const Packet whole = Classic(client_, [](auto& b) { b.Add(stun::ChangeRequest{}); });
  for (size_t size = 0; size < whole.size(); ++size) {
    h_.Send(client_, {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)});
    EXPECT_FALSE(h_.reply.has_value()) << size;
  }
  h_.Send(client_, Classic(client_, [](auto& b) {
            b.AddRaw(0xC000, std::vector<uint8_t>(600));
          }));
  EXPECT_FALSE(h_.reply.has_value()) << "longer than 548 bytes";
}

TEST_F(ClassicBinding, IsHeldBackByTheAmplificationLimiter) {
  h_.config.amplification_bytes_per_second = 1000;
  int answered = 0;
  for (int i = 0; i < 1000; ++i) {
    h_.Send(client_, Classic(client_));
    answered += h_.reply.has_value();
  }
  EXPECT_LT(answered, 200);
  EXPECT_EQ(h_.relay().counters().held_back, 1000u - static_cast<unsigned>(answered));
}

}  // namespace
}  // namespace koeru::relay::testing
