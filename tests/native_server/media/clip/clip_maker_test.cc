#include "native_server/media/clip/clip_maker.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

namespace koeru::server {
namespace {

using ClipPtr = ClipMaker::ClipPtr;

// A clip that is made when the test says so.
struct Workshop {
  std::promise<ClipPtr> finished;
  int begun = 0;
  ClipMaker::Make make() {
    return [this](const std::stop_token&) {
      ++begun;
      return finished.get_future().get();
    };
  }
};

TEST(ClipMaker, GivesOneClipToAllWhoAskWhileItIsMade) {
  Workshop workshop;
  ClipMaker maker(workshop.make());
  std::promise<ClipPtr> first, second;
  ASSERT_TRUE(maker.Ask([&](ClipPtr clip) { first.set_value(std::move(clip)); }));
  ASSERT_TRUE(maker.Ask([&](ClipPtr clip) { second.set_value(std::move(clip)); }));
  const auto made = std::make_shared<const media::Clip>();
  workshop.finished.set_value(made);
  EXPECT_EQ(first.get_future().get(), made);
  EXPECT_EQ(second.get_future().get(), made);
  EXPECT_EQ(workshop.begun, 1);
}

TEST(ClipMaker, GivesAtOnceWhatIsThere) {
  const auto made = std::make_shared<const media::Clip>();
  ClipMaker maker([made](const std::stop_token&) { return made; });
  std::promise<ClipPtr> first;
  maker.Ask([&](ClipPtr clip) { first.set_value(std::move(clip)); });
  first.get_future().wait();
  ClipPtr second;
  EXPECT_TRUE(maker.Ask([&](ClipPtr clip) { second = std::move(clip); }));
  EXPECT_EQ(second, made);
}

TEST(ClipMaker, BeginsAnewAfterAFailure) {
  int begun = 0;
  const auto made = std::make_shared<const media::Clip>();
  ClipMaker maker([&begun, made](const std::stop_token&) { return ++begun == 1 ? nullptr : made; });
  std::promise<ClipPtr> first, second;
  maker.Ask([&](ClipPtr clip) { first.set_value(std::move(clip)); });
  EXPECT_EQ(first.get_future().get(), nullptr);
  maker.Ask([&](ClipPtr clip) { second.set_value(std::move(clip)); });
  EXPECT_EQ(second.get_future().get(), made);
}

TEST(ClipMaker, LetsABoundedNumberWait) {
  Workshop workshop;
  ClipMaker maker(workshop.make());
  std::atomic<size_t> told = 0;
  for (size_t i = 0; i < ClipMaker::kMostWaiting; ++i) {
    ASSERT_TRUE(maker.Ask([&](const ClipPtr&) { ++told; }));
  }
  EXPECT_FALSE(maker.Ask([&](const ClipPtr&) { ++told; }));
  workshop.finished.set_value(std::make_shared<const media::Clip>());
  while (told != ClipMaker::kMostWaiting) std::this_thread::yield();
}

TEST(ClipMaker, TellsNobodyAfterItsEnd) {
  bool is_told = false;
  {
    ClipMaker maker([](const std::stop_token& stop) -> ClipPtr {
      while (!stop.stop_requested()) std::this_thread::yield();
      return nullptr;
    });
    maker.Ask([&](const ClipPtr&) { is_told = true; });
  }
  EXPECT_FALSE(is_told);
}

}  // namespace
}  // namespace koeru::server
