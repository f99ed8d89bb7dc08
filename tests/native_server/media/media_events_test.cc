// What counters and events say of calls with the media peer.
#include <gmock/gmock.h>

#include "native_server/media/media_counters.h"
#include "tests/native_server/media/media_world.h"

namespace koeru::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// Events as lines.
class Heard final : public MediaEvents {
 public:
  void OnMediaCallBegan(const MediaCallEvent& event) override {
    lines.push_back("began " + Who(event));
  }
  void OnMediaPath(const MediaCallEvent& event) override {
    lines.push_back("path " + Who(event) + " " + event.path->remote.ToString());
  }
  void OnMediaCallEnded(const MediaCallEvent& event, MediaEnd reason) override {
    lines.push_back("ended " + Who(event) + " " + std::string(NameOf(reason)));
    last = event;
    last.page = last.user = last.mode = {};
  }
  void OnMediaRefused(std::string_view page, MediaRefusal reason) override {
    lines.push_back("refused " + std::string(page) + " " + std::string(NameOf(reason)));
  }
  std::vector<std::string> lines;
  MediaCallEvent last;

 private:
  static std::string Who(const MediaCallEvent& event) {
    return std::string(event.page) + " " + std::string(event.user) + " " + std::string(event.mode);
  }
};

MediaCounts CountsOf(const MediaWorld& world) {
  MediaCounts counts;
  counts.Add(world.counters);
  return counts;
}
uint64_t Ended(const MediaWorld& world, MediaEnd reason) {
  return CountsOf(world).ended[static_cast<size_t>(reason)];
}
uint64_t Refused(const MediaWorld& world, MediaRefusal reason) {
  return CountsOf(world).refused[static_cast<size_t>(reason)];
}

TEST(MediaEvents, ACallBeginsHasAPathAndEndsWithWhatCame) {
  Heard heard;
  MediaWorld world({}, &heard);
  Page& page = world.Join("page", "192.0.2.10:5000", R"({"mode":"echo","username":"anna"})");
  EXPECT_THAT(heard.lines, IsEmpty());
  page.Offer();
  world.Run(seconds(3));
  EXPECT_EQ(CountsOf(world).started, 1u);
  EXPECT_EQ(CountsOf(world).setup.total(), 1u);
  EXPECT_GT(CountsOf(world).setup.sum, milliseconds(40)) << "two flights of 20 ms each, and ICE";
  EXPECT_LT(CountsOf(world).setup.sum, seconds(2));
  for (uint16_t i = 0; i < 50; ++i) {
    // One in ten is lost.
    if (i % 10 != 5) page.SendRtp(MakeRtp(111, static_cast<uint16_t>(1000 + i), 5));
    world.Run(milliseconds(20));
  }
  world.Run(seconds(2));
  world.Leave("page");
  EXPECT_THAT(heard.lines,
              ElementsAre("began page anna echo", "path page anna echo 192.0.2.10:5000",
                          "ended page anna echo left"));
  EXPECT_EQ(heard.last.received_packets, 45u);
  EXPECT_EQ(heard.last.received_lost, 5);
  EXPECT_EQ(heard.last.sent_packets, 45u);
  EXPECT_EQ(heard.last.age, seconds(6));
  EXPECT_EQ(Ended(world, MediaEnd::kLeft), 1u);
}

TEST(MediaEvents, ASecondConnectionIsASecondCall) {
  Heard heard;
  MediaWorld world({}, &heard);
  Page& page = world.Join("page");
  page.Offer();
  world.Run(seconds(3));
  page.Offer({}, 2);
  EXPECT_EQ(CountsOf(world).started, 2u);
  EXPECT_EQ(Ended(world, MediaEnd::kReplaced), 1u);
  EXPECT_THAT(heard.lines.back(), StartsWith("began"));
}

TEST(MediaEvents, EachEndHasItsReason) {
  Heard heard;
  MediaWorld world({.calls_per_user = 9, .time = seconds(100)}, &heard);
  Page& silent = world.Join("silent", "192.0.2.11:5000");
  silent.is_silent = true;
  silent.Offer();
  Page& forger = world.Join("forger", "192.0.2.12:5000");
  std::string other = forger.fingerprint;
  other[0] = other[0] == 'A' ? 'B' : 'A';
  forger.Offer({.fingerprint = other});
  world.Join("odd", "192.0.2.13:5000");
  world.Signal("odd", R"({"g":1,"description":{"type":"offer","sdp":"v=0\r\n"}})");
  Page& patient = world.Join("patient", "192.0.2.14:5000");
  patient.Offer();
  world.Run(seconds(40));
  Page& deserter = world.Join("deserter", "192.0.2.15:5000");
  deserter.Offer();
  world.Run(seconds(3));
  deserter.is_silent = true;
  world.Run(seconds(70));
  EXPECT_EQ(Ended(world, MediaEnd::kSetup) + Ended(world, MediaEnd::kIce), 2u)
      << ::testing::PrintToString(heard.lines);
  EXPECT_EQ(Ended(world, MediaEnd::kFingerprint), 1u);
  EXPECT_EQ(Ended(world, MediaEnd::kOffer), 1u);
  EXPECT_EQ(Ended(world, MediaEnd::kTime), 1u);
  uint64_t ended = 0;
  for (const uint64_t count : CountsOf(world).ended) ended += count;
  EXPECT_EQ(ended, CountsOf(world).started) << "all are over";
  EXPECT_EQ(Ended(world, MediaEnd::kOther), 0u);
}

TEST(MediaEvents, EachRefusalHasItsReason) {
  Heard heard;
  MediaWorld world({.calls = 1}, &heard);
  world.Join("odd", "192.0.2.10:5000", "[]");
  world.Join("wrong", "192.0.2.10:5000", R"({"credential":"wrong"})");
  world.Join("stored", "192.0.2.10:5000", R"({"username":"stored"})");
  world.Decide(world.asked[0], {.unanswered = true});
  world.Join("first");
  world.Join("second");
  EXPECT_THAT(heard.lines, ElementsAre("refused odd request", "refused wrong credential",
                                       "refused stored unanswered", "refused second full"));
  for (const MediaRefusal reason : {MediaRefusal::kRequest, MediaRefusal::kCredential,
                                    MediaRefusal::kUnanswered, MediaRefusal::kFull}) {
    EXPECT_EQ(Refused(world, reason), 1u) << NameOf(reason);
  }
}

TEST(MediaCounters, EndsAreNamedAsPagesHearThem) {
  for (const char* code : {"offer", "ice", "setup", "dtls", "fingerprint", "srtp", "closed",
                           "channels", "source", "time"}) {
    EXPECT_EQ(NameOf(MediaEndOf(code)), code);
  }
  EXPECT_EQ(MediaEndOf("something else"), MediaEnd::kOther);
  EXPECT_EQ(NameOf(MediaEnd::kOther), "other");
}

}  // namespace
}  // namespace koeru::server
