#include "core/client/answers.h"

#include <gtest/gtest.h>

#include "tests/core/client/fake_server.h"

namespace koeru::client {
namespace {

using stun::Class;

Sent RequestOf(const Request& request) {
  std::array<uint8_t, 128> buffer;
  stun::MessageBuilder b(buffer, {MethodOf(request), Class::kRequest}, {});
  return Sent(b.Finish());
}

template <typename Fill>
Action Read(const Request& request, Fill fill) {
  const auto answer = Answer(RequestOf(request), Class::kSuccessResponse, fill);
  return ReadSuccess(request, *stun::MessageView::Parse(answer));
}

template <typename Fill>
Action ReadErrorOf(stun::Method method, Fill fill) {
  static std::vector<uint8_t> answer;  // the reason of the result is a view into it
  answer = Answer(RequestOf(AllocateRequest{}), Class::kErrorResponse, fill);
  return ReadError(method, *stun::MessageView::Parse(answer));
}

bool IsMalformed(const Action& action) {
  const auto* failed = std::get_if<Failed>(&action);
  return failed != nullptr && failed->failure == Failure::kMalformedAnswer;
}

const turn::XorRelayedAddress kRelayed{{net::Address::V4(192, 0, 2, 15), 50000}};
const stun::XorMappedAddress kMapped{{net::Address::V4(203, 0, 113, 9), 4000}};

TEST(Answers, Rfc8656_7_3_AllocateNeedsAllThreeAttributes) {
  EXPECT_FALSE(IsMalformed(Read(AllocateRequest{}, AddAllocation)));
  EXPECT_TRUE(IsMalformed(Read(AllocateRequest{}, [](auto& b) {
    b.Add(kMapped);
    b.Add(turn::Lifetime{600});
  })));
  EXPECT_TRUE(IsMalformed(Read(AllocateRequest{}, [](auto& b) {
    b.Add(kRelayed);
    b.Add(turn::Lifetime{600});
  })));
  EXPECT_TRUE(IsMalformed(Read(AllocateRequest{}, [](auto& b) {
    b.Add(kRelayed);
    b.Add(kMapped);
  })));
}

TEST(Answers, AnAttributeThatIsCutShortIsMalformed) {
  const std::array<uint8_t, 4> cut = {0, 1, 0x11, 0x22};
  EXPECT_TRUE(IsMalformed(Read(
      BindingRequest{}, [&](auto& b) { b.AddRaw(stun::attribute_type::kXorMappedAddress, cut); })));
  EXPECT_TRUE(IsMalformed(Read(RefreshRequest{}, [&](auto& b) {
    b.AddRaw(stun::attribute_type::kLifetime, Bytes(cut).first(3));
  })));
}

TEST(Answers, BindingAndRefreshNeedTheirAttribute) {
  EXPECT_TRUE(IsMalformed(Read(BindingRequest{}, [](auto&) {})));
  EXPECT_TRUE(IsMalformed(Read(RefreshRequest{}, [](auto&) {})));
}

TEST(Answers, UnknownOptionalAttributesDoNotMatter) {
  const Action action = Read(BindingRequest{}, [](auto& b) {
    b.AddRaw(0xABCD, AsBytes("whatever"));
    b.Add(kMapped);
  });
  ASSERT_TRUE(std::holds_alternative<Bound>(action));
  EXPECT_EQ(std::get<Bound>(action).mapped, kMapped.endpoint);
}

TEST(Answers, AnErrorTellsCodeAndReason) {
  const Action action = ReadErrorOf(stun::Method::kAllocate, [](auto& b) {
    b.Add(stun::ErrorCode{486, "Too many of yours"});
  });
  ASSERT_TRUE(std::holds_alternative<Refused>(action));
  EXPECT_EQ(std::get<Refused>(action).code, 486);
  EXPECT_EQ(std::get<Refused>(action).reason, "Too many of yours");
  EXPECT_FALSE(std::get<Refused>(action).alternate_server.has_value());
}

TEST(Answers, AnErrorWithoutErrorCodeIsMalformed) {
  EXPECT_TRUE(IsMalformed(ReadErrorOf(stun::Method::kAllocate, [](auto&) {})));
}

}  // namespace
}  // namespace koeru::client
