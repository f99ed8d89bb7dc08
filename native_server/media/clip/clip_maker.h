#pragma once

// The clip of the process: made on a thread of its own when it is first asked for, then shared.
//
//   ClipMaker maker(MakeOneMinute);
//   const bool is_asked = maker.Ask([&](std::shared_ptr<const media::Clip> clip) { ... });
//
// The function is called once: before Ask() returns when the clip is there, else by the maker's
// thread. With null when it could not be made; the next who asks begins anew. False: kMostWaiting
// wait already, and the function is not called. After the destructor none is called any more.

#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/media/clip.h"

namespace koeru::server {

class ClipMaker {
 public:
  using ClipPtr = std::shared_ptr<const media::Clip>;
  using Make = std::function<ClipPtr(std::stop_token)>;
  using Ready = std::function<void(ClipPtr)>;
  static constexpr size_t kMostWaiting = 1000;

  explicit ClipMaker(Make make) : make_(std::move(make)) {}

  // Thread-safe; `ready` must not call it.
  bool Ask(Ready ready);

 private:
  void Run(const std::stop_token& stop);

  const Make make_;
  std::mutex mutex_;
  ClipPtr clip_;                // under mutex_
  bool is_being_made_ = false;  // under mutex_
  std::vector<Ready> waiting_;  // under mutex_
  std::jthread thread_;         // last: it ends before what it uses does
};

}  // namespace koeru::server
