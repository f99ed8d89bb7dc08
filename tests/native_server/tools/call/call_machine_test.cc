// A call from koeru's side against the media peer's own machines, in one thread and over a network
// that loses what the test wants.

#include "native_server/tools/call/call_machine.h"

#include <gmock/gmock.h>

#include "native_server/client/turn_session.h"
#include "tests/native_server/media/media_world.h"

namespace koeru::tools {
namespace {

using server::Caller;
using server::MediaWorld;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

constexpr std::string_view kHome = "192.0.2.20:6000";

// koeru call where a page would be.
class Machine final : public Caller, public CallSender {
 public:
  Machine(MediaWorld& world, std::string name, const CallMachine::Options& options,
          CallShared shared)
      : Caller(kHome),
        world_(world),
        name_(std::move(name)),
        shared_(std::move(shared)),
        call(options, shared_, *this) {}

  void Begin() {
    world_.Signal(name_, call.OfferSignal());
    if (call.has_answer()) call.BeginIce({endpoint}, world_.now);
  }
  void OnSignal(const std::string& json) override {
    const std::string said = on_signal ? on_signal(json) : json;
    call.OnSignal(said, world_.now);
  }
  void OnDatagram(const ice::Path& path, std::vector<uint8_t> datagram) override {
    call.OnDatagram(path, datagram, world_.now);
  }
  net::Instant NextDeadline() const override { return call.NextDeadline(); }
  void OnTimeout() override {
    if (world_.now < call.NextDeadline()) return;
    const int64_t ns = world_.now.nanoseconds();
    call.OnTimeout(world_.now, rtp::NtpTime::FromUnix(ns / 1'000'000'000,
                                                      static_cast<uint32_t>(ns % 1'000'000'000)));
  }
  void Send(const ice::Path& path, Bytes datagram) override { world_.SendFromPage(path, datagram); }

  // What somebody on the way makes of the peer's signals.
  std::function<std::string(std::string json)> on_signal;

 private:
  MediaWorld& world_;
  const std::string name_;
  const CallShared shared_;

 public:
  CallMachine call;
};

class CallMachineTest : public ::testing::Test {
 protected:
  // A machine that has joined, before its offer.
  Machine& Join(CallMachine::Options options = {}) {
    auto context = server::MediaContext(/*active=*/false);
    auto machine = std::make_unique<Machine>(
        *world_, "call", options,
        CallShared{.passive = context,
                   .fingerprint = server::FingerprintOf(context->certificate_der()),
                   .random = &world_->random,
                   .ids = &ids_,
                   .sctp = &world_->sctp});
    Machine& joined = *machine;
    const std::string mode(NameOf(options.mode));
    world_->Join("call", std::move(machine), R"({"mode":")" + mode + R"("})");
    return joined;
  }
  void RunUntilReady(const Machine& machine) {
    const net::Instant end = world_->now + CallMachine::kSetupTime;
    while (!machine.call.is_ready() && world_->now < end) world_->Run(milliseconds(10));
    EXPECT_TRUE(machine.call.is_ready()) << machine.call.Facts().error;
  }
  // Ready, and then media for that long; what was there when all could be back.
  CallFacts Call(net::Duration time, CallMachine::Options options = {}) {
    Machine& machine = Join(options);
    machine.Begin();
    RunUntilReady(machine);
    machine.call.StartMedia(world_->now, world_->now + time);
    world_->Run(time + seconds(3));
    // A message may be lost some times in a row; each costs SCTP up to kRtoMax.
    for (int i = 0; i < 60 && machine.call.is_waiting_for_data(); ++i) world_->Run(seconds(1));
    return machine.call.Facts();
  }

  // There is one stack of SCTP in a process.
  std::unique_ptr<MediaWorld> world_ = std::make_unique<MediaWorld>();
  server::RandomTransactionIds ids_;
};

TEST_F(CallMachineTest, AllThatIsSentComesBackInTheTimeOfTwoWays) {
  const CallFacts facts = Call(seconds(5));
  for (const StreamFacts* stream : {&facts.audio, &facts.video, &facts.data}) {
    EXPECT_EQ(stream->received, stream->sent);
    EXPECT_EQ(stream->lost + stream->damaged + stream->repeated + stream->out_of_order, 0);
    EXPECT_NEAR(stream->round_trips.PercentileMs(0.5), 20, 1);
  }
  EXPECT_EQ(facts.audio.sent, 250);
  EXPECT_EQ(facts.video.frames, 150);
  EXPECT_EQ(facts.data.sent, 50);
  EXPECT_EQ(facts.error, "");
}

TEST_F(CallMachineTest, LostPicturesAreAskedForInBothDirectionsAndMessagesComeAll) {
  // One in twenty, in each direction; not regularly, and the same ones each time.
  world_->loses = [state = uint32_t{1}](size_t, bool, Bytes) mutable {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % 20 == 0;
  };
  const CallFacts facts = Call(seconds(20), {.bitrate_kbps = 1000});
  EXPECT_EQ(facts.error, "");
  // There and back one in ten is lost, and of what is sent again as much.
  EXPECT_EQ(facts.data.received, facts.data.sent);
  EXPECT_GT(facts.video.repaired, facts.video.sent / 40);
  EXPECT_LT(facts.video.lost, facts.video.sent / 200);
  EXPECT_EQ(facts.video.damaged, 0);
  EXPECT_GT(facts.video.lost_on_the_way_there.value_or(0), facts.video.sent / 40);
  // Sound is not asked for.
  EXPECT_GT(facts.audio.lost, facts.audio.sent / 20);
  EXPECT_EQ(facts.audio.lost + facts.audio.received, facts.audio.sent);
}

// A path may be bad at the end of a call: what SCTP still repeats is no loss.
TEST_F(CallMachineTest, AMessageThatIsStillRepeatedIsWaitedFor) {
  Machine& machine = Join({.audio = false, .video = false});
  machine.Begin();
  RunUntilReady(machine);
  machine.call.StartMedia(world_->now, world_->now + seconds(2));
  world_->Run(milliseconds(1500));
  world_->loses = [](size_t, bool, Bytes datagram) { return datagram[0] == 23; };  // records
  world_->Run(seconds(3));
  EXPECT_TRUE(machine.call.is_waiting_for_data());
  EXPECT_LT(machine.call.Facts().data.received, 20);
  world_->loses = nullptr;
  world_->Run(seconds(4));
  EXPECT_FALSE(machine.call.is_waiting_for_data());
  EXPECT_EQ(machine.call.Facts().data.received, 20);
}

TEST_F(CallMachineTest, Rfc4588WhatIsLostOnTheWayThereIsSentAgain) {
  size_t videos = 0;
  world_->loses = [&](size_t, bool to_server, Bytes datagram) {
    const bool is_video = datagram.size() > 300 && datagram[0] >= 128 && (datagram[1] & 0x7F) == 96;
    return to_server && is_video && ++videos % 10 == 5;
  };
  const CallFacts facts = Call(seconds(3), {.audio = false, .data = false});
  EXPECT_EQ(facts.video.received, facts.video.sent);
  EXPECT_GE(facts.video.sent, 90);
  EXPECT_EQ(facts.video.lost, 0);
}

TEST_F(CallMachineTest, EverySinglePacketOfTheSetUpMayBeLost) {
  size_t posted = 0;
  const auto set_up = [&](size_t lost) {
    SCOPED_TRACE(lost);
    world_.reset();
    world_ = std::make_unique<MediaWorld>();
    Machine& machine = Join();
    world_->loses = [&](size_t number, bool, Bytes) {
      posted = number;
      return number == lost;
    };
    machine.Begin();
    RunUntilReady(machine);
  };
  set_up(SIZE_MAX);
  const size_t all = posted;
  EXPECT_GT(all, 10u);
  for (size_t lost = 0; lost <= all; ++lost) set_up(lost);
}

TEST_F(CallMachineTest, ASinkIsSentToAndReports) {
  const CallFacts facts = Call(seconds(6), {.mode = CallMode::kSink, .data = false});
  EXPECT_EQ(facts.video.received, 0);
  EXPECT_EQ(facts.video.lost_on_the_way_there, 0);
  EXPECT_EQ(facts.error, "");
}

TEST_F(CallMachineTest, ACertificateThatIsNotTheSignalledOneEndsTheCall) {
  Machine& machine = Join();
  // One digit of it, in each section.
  machine.on_signal = [](std::string json) {
    constexpr std::string_view kName = "a=fingerprint:sha-256 ";
    for (size_t at = 0; (at = json.find(kName, at)) != std::string::npos;) {
      at += kName.size();
      json[at] = json[at] == 'A' ? 'B' : 'A';
    }
    return json;
  };
  machine.Begin();
  world_->Run(seconds(5));
  EXPECT_EQ(machine.call.Facts().error_code, "fingerprint");
  EXPECT_EQ(machine.call.NextDeadline(), net::Instant::Max());
}

TEST_F(CallMachineTest, WithoutAPathItGivesUpInTime) {
  world_->loses = [](size_t, bool, Bytes) { return true; };
  Machine& machine = Join();
  machine.Begin();
  world_->Run(CallMachine::kSetupTime + seconds(1));
  EXPECT_EQ(machine.call.Facts().error_code, "ice");
  EXPECT_THAT(machine.call.Facts().error, HasSubstr("no path"));
}

TEST_F(CallMachineTest, Rfc7675APeerThatGoesSilentInMidCallIsNoticed) {
  Machine& machine = Join();
  machine.Begin();
  world_->Run(seconds(3));
  machine.call.StartMedia(world_->now, world_->now + seconds(100));
  world_->Run(seconds(2));
  world_->loses = [](size_t, bool, Bytes) { return true; };
  machine.on_signal = [](const std::string&) { return ""; };
  world_->Run(seconds(40));
  EXPECT_EQ(machine.call.Facts().error_code, "ice");
  EXPECT_THAT(machine.call.Facts().error, HasSubstr("does not answer any more"));
}

TEST_F(CallMachineTest, AnswersThatAreNoneAreIgnoredAndBadOnesToldOf) {
  Machine& machine = Join();
  for (const char* nonsense : {"", "[]", "{", R"({"peer":7})", R"({"description":[]})",
                               R"({"description":{"type":"offer","sdp":"v=0"}})"}) {
    machine.call.OnSignal(nonsense, world_->now);
    EXPECT_FALSE(machine.call.is_over()) << nonsense;
  }
  machine.call.OnSignal(R"({"description":{"type":"answer","sdp":"v=1"}})", world_->now);
  EXPECT_EQ(machine.call.Facts().error_code, "answer");
}

TEST_F(CallMachineTest, WhatThePeerSaysEndsTheCallInItsWords) {
  Machine& machine = Join();
  machine.call.OnSignal(R"({"peer":{"error":{"code":"full","message":"come later"}}})",
                        world_->now);
  EXPECT_EQ(machine.call.Facts().error_code, "full");
  EXPECT_EQ(machine.call.Facts().error, "come later");
}

}  // namespace
}  // namespace koeru::tools
