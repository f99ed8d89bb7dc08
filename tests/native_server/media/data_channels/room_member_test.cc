#include "native_server/media/data_channels/room_member.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace koeru::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kHello = R"({"type":"received","id":"page","of":"","text":0,"data":0})";
constexpr std::string_view kAnswer =
    R"({"type":"received","id":"echo","of":"page","text":0,"data":0})";

TEST(RoomMember, SaysFirstWhatItHasReceived) {
  RoomMember member("echo");
  EXPECT_THAT(member.OnControl(kHello), ElementsAre(kAnswer));
  EXPECT_THAT(member.OnControl(kHello), IsEmpty());
}

TEST(RoomMember, AnswersPingWithPong) {
  RoomMember member("echo");
  member.OnControl(kHello);
  EXPECT_THAT(member.OnControl(R"({"type":"ping"})"), ElementsAre(R"({"type":"pong"})"));
}

TEST(RoomMember, SaysWhatIsSaidToIt) {
  RoomMember member("echo");
  member.OnControl(kHello);
  EXPECT_THAT(member.OnControl(R"({"type":"text","text":"こ\"え\\る\u0001"})"),
              ElementsAre(R"({"type":"text","text":"こ\"え\\る\u0001"})"));
}

TEST(RoomMember, SaysNothingThatIsCountedBeforeThePageHasSaidWhatItReceived) {
  RoomMember member("echo");
  EXPECT_THAT(member.OnControl(R"({"type":"text","text":"too early"})"),
              ElementsAre(R"({"type":"received","id":"echo","of":"","text":0,"data":0})"));
}

TEST(RoomMember, AcknowledgesOnceIn256KiBWithSixtyFourForEachMessage) {
  RoomMember member("echo");
  member.OnControl(kHello);
  const std::string text(65'536 - 64, 'x');
  const std::string message = R"({"type":"text","text":")" + text + R"("})";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(member.OnControl(message).size(), 1u);
  EXPECT_THAT(
      member.OnControl(message),
      ElementsAre(message, R"({"type":"received","id":"echo","of":"page","text":4,"data":0})"));
  for (int i = 1; i < 4096; ++i) EXPECT_FALSE(member.OnData(0));
  EXPECT_EQ(member.OnData(0),
            R"({"type":"received","id":"echo","of":"page","text":4,"data":4096})");
  EXPECT_FALSE(member.OnData(0));
}

TEST(RoomMember, CountsFromZeroForAnotherPage) {
  RoomMember member("echo");
  member.OnControl(kHello);
  member.OnControl(R"({"type":"text","text":"one"})");
  member.OnControl(R"({"type":"received","id":"other","of":"echo","text":9,"data":9})");
  EXPECT_EQ(member.OnData(RoomMember::kAckBytes),
            R"({"type":"received","id":"echo","of":"other","text":0,"data":1})");
}

TEST(RoomMember, IgnoresWhatItDoesNotKnow) {
  RoomMember member("echo");
  member.OnControl(kHello);
  for (const std::string_view message :
       {R"({"type":"muted","audio":true,"video":false})", R"({"type":"bye"})", R"({"type":"pong"})",
        R"({"type":"hologram"})", R"({"type":7})", R"({})", R"([])", R"("text")", R"({"type":)", "",
        "\xFF\xFE"}) {
    EXPECT_THAT(member.OnControl(message), IsEmpty()) << message;
  }
}

TEST(RoomMember, DeepAndLongJsonIsIgnored) {
  RoomMember member("echo");
  member.OnControl(kHello);
  EXPECT_THAT(member.OnControl(std::string(200'000, '[')), IsEmpty());
  EXPECT_THAT(member.OnControl(R"({"type":"received","id":")" +
                               std::string(RoomMember::kMostIdBytes + 1, 'x') + R"("})"),
              IsEmpty());
  EXPECT_EQ(member.OnData(RoomMember::kAckBytes),
            R"({"type":"received","id":"echo","of":"page","text":0,"data":1})");
}

}  // namespace
}  // namespace koeru::server
