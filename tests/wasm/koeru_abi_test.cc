#include "wasm/koeru_abi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <new>

#include "tests/wasm/abi_call.h"

namespace koeru::wasm {
namespace {

using ::testing::HasSubstr;

TEST(KoeruAbi, TellsItsVersion) {
  EXPECT_EQ(koeru_abi_version(), KOERU_ABI_VERSION);
  EXPECT_THAT(Call(koeru_version, "").bytes, HasSubstr("\"abi\":1"));
}

TEST(KoeruAbi, TakesInputUpToItsLimitAndNoMore) {
  EXPECT_NE(koeru_input(0), nullptr);
  EXPECT_NE(koeru_input(KOERU_MAX_ROOM), nullptr);
  EXPECT_EQ(koeru_input(KOERU_MAX_ROOM + 1), nullptr);
  static_assert(KOERU_MAX_SDP_INPUT <= KOERU_MAX_ROOM);
}

TEST(KoeruAbi, RefusesMoreThanACallTakes) {
  const std::string large(KOERU_MAX_INPUT + 1, 'a');
  for (const auto function : {koeru_candidate_parse, koeru_candidate_format, koeru_uri_parse,
                              koeru_stun_decode, koeru_stun_encode}) {
    const Output refused = Call(function, large);
    EXPECT_FALSE(refused.ok);
    EXPECT_THAT(refused.bytes, HasSubstr("the input is longer than this call takes"));
  }
}

TEST(KoeruAbi, GivesLargeRoomBackAfterTheCall) {
  ASSERT_NE(koeru_input(KOERU_MAX_ROOM), nullptr);
  koeru_uri_parse(8);
  const int32_t length = koeru_uri_parse(8);
  ASSERT_LT(length, 0);
  EXPECT_THAT(std::string(koeru_output(), static_cast<size_t>(-length)),
              HasSubstr("call koeru_input first"));
}

TEST(KoeruAbiDeathTest, EndsWhereMemoryDoes) {
  EXPECT_EQ(koeru_out_of_memory(), 0);
  const std::new_handler handler = std::get_new_handler();
  ASSERT_NE(handler, nullptr);
  EXPECT_DEATH(handler(), "");
}

TEST(KoeruAbi, NeverReadsMoreThanTheInputThatWasAskedFor) {
  ASSERT_NE(koeru_input(4), nullptr);
  const int32_t length = koeru_uri_parse(4000);
  ASSERT_LT(length, 0);
  EXPECT_THAT(std::string(koeru_output(), static_cast<size_t>(-length)),
              HasSubstr("call koeru_input first"));
}

TEST(KoeruAbi, OneCallLeavesNothingForTheNext) {
  EXPECT_TRUE(Call(koeru_uri_parse, "turn:secret.example.org").ok);
  const Output second = Call(koeru_uri_parse, "stun:a");
  EXPECT_TRUE(second.ok);
  EXPECT_THAT(second.bytes, ::testing::Not(HasSubstr("secret")));
}

TEST(KoeruAbi, AnswersTheLargestInputOfEachKind) {
  const std::string large(KOERU_MAX_INPUT, 'a');
  for (const auto function : {koeru_candidate_parse, koeru_candidate_format, koeru_uri_parse,
                              koeru_stun_decode, koeru_stun_encode}) {
    EXPECT_FALSE(Call(function, large).ok);
  }
}

TEST(KoeruAbi, SaysWhereFieldsAreCutShort) {
  const std::string fields = JoinFields({"bytes", "abc"});
  const Output cut = Call(koeru_stun_decode, std::string_view(fields).substr(0, 14));
  EXPECT_FALSE(cut.ok);
  EXPECT_THAT(cut.bytes, HasSubstr("a field is cut short"));
  const Output too_few = Call(koeru_stun_decode, fields);
  EXPECT_FALSE(too_few.ok);
  EXPECT_THAT(too_few.bytes, HasSubstr("5 fields are needed"));
}

}  // namespace
}  // namespace koeru::wasm
