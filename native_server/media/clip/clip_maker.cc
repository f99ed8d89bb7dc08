#include "native_server/media/clip/clip_maker.h"

#include <utility>

namespace koeru::server {

bool ClipMaker::Ask(Ready ready) {
  std::unique_lock lock(mutex_);
  if (clip_ != nullptr) {
    ClipPtr clip = clip_;
    lock.unlock();
    ready(std::move(clip));
    return true;
  }
  if (waiting_.size() >= kMostWaiting) return false;
  waiting_.push_back(std::move(ready));
  if (is_being_made_) return true;
  is_being_made_ = true;
  // One before it has nothing left to do but to tell; those it tells do not ask.
  thread_ = std::jthread([this](const std::stop_token& stop) { Run(stop); });
  return true;
}

void ClipMaker::Run(const std::stop_token& stop) {
  const ClipPtr clip = make_(stop);
  std::vector<Ready> waiting;
  {
    const std::lock_guard lock(mutex_);
    clip_ = clip;
    is_being_made_ = false;
    waiting.swap(waiting_);
  }
  for (const Ready& ready : waiting) {
    if (!stop.stop_requested()) ready(clip);
  }
}

}  // namespace koeru::server
