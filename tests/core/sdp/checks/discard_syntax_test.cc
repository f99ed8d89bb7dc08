#include "core/sdp/checks/discard_syntax.h"

#include <gtest/gtest.h>

#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

std::string ErrorOf(std::string_view text) {
  DiscardSyntax discard;
  const TypedLine typed(Line(text, LineEnding::kNone));
  const auto error = typed.DecodeInto(discard, Mode::kStrict);
  return error ? error->field : "";
}

TEST(DiscardSyntax, TakesEveryValueAndHandsBackTheErrorsOfReading) {
  EXPECT_EQ(ErrorOf("a=simulcast:send 1,~4;2 recv 5"), "");
  EXPECT_EQ(ErrorOf("a=candidate:1 1 udp 9 192.0.2.1 5000 typ host"), "");
  EXPECT_EQ(ErrorOf("a=rtpmap:128 opus/48000/2"), "payloadType");
}

}  // namespace
}  // namespace koeru::sdp
