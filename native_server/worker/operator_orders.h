#pragma once

// What a person who watches the relay asks of its workers: the list of live allocations, and the
// end of one. Workers answer between two turns of their loop, a bounded number of allocations in
// each, so packets wait for none of it.
//
//   auto survey = std::make_shared<AllocationSurvey>(workers);
//   worker.Post(survey) ...                   // each worker adds its own
//   survey->Wait(2s);
//   std::vector<WatchedAllocation> all = survey->Take();

#include <chrono>
#include <condition_variable>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/net/five_tuple.h"
#include "core/net/time.h"
#include "core/relay/events.h"

namespace koeru::server {

struct WatchedAllocation {
  size_t worker = 0;
  relay::AllocationHandle allocation;
  net::FiveTuple five_tuple;
  net::Endpoint relayed;  // as the client knows it
  std::string username;   // untrusted text; empty when anonymous
  std::string realm;
  net::Duration age{}, left{};
  size_t permissions = 0, channels = 0;
  relay::AllocationTraffic traffic;
};

class AllocationSurvey {
 public:
  explicit AllocationSurvey(size_t workers) : open_(workers) {}

  // By a worker: some of its allocations.
  void Add(std::vector<WatchedAllocation> some) {
    const std::lock_guard lock(mutex_);
    seen_.insert(seen_.end(), std::make_move_iterator(some.begin()),
                 std::make_move_iterator(some.end()));
  }
  // By each worker once: those were all.
  void Finish() {
    const std::lock_guard lock(mutex_);
    if (--open_ == 0) finished_.notify_all();
  }
  // False: not all workers have answered in that time.
  bool Wait(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    return finished_.wait_for(lock, patience, [this] { return open_ == 0; });
  }
  std::vector<WatchedAllocation> Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(seen_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable finished_;
  size_t open_;
  std::vector<WatchedAllocation> seen_;
};

// The end of one allocation. Whether there was one says Wait.
class EndOrder {
 public:
  explicit EndOrder(relay::AllocationHandle allocation) : allocation_(allocation) {}

  relay::AllocationHandle allocation() const { return allocation_; }
  void Answer(bool ended) {
    const std::lock_guard lock(mutex_);
    ended_ = ended;
    answered_ = true;
    changed_.notify_all();
  }
  bool Wait(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [this] { return answered_; });
    return ended_;
  }

 private:
  const relay::AllocationHandle allocation_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool answered_ = false, ended_ = false;
};

// Where one worker finds its orders.
class OperatorOrders {
 public:
  struct Orders {
    std::vector<std::shared_ptr<AllocationSurvey>> surveys;
    std::vector<std::shared_ptr<EndOrder>> ends;
  };
  // From any thread.
  void Leave(std::shared_ptr<AllocationSurvey> survey) {
    const std::lock_guard lock(mutex_);
    orders_.surveys.push_back(std::move(survey));
  }
  void Leave(std::shared_ptr<EndOrder> end) {
    const std::lock_guard lock(mutex_);
    orders_.ends.push_back(std::move(end));
  }
  // By the worker.
  Orders Take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(orders_, {});
  }

 private:
  std::mutex mutex_;
  Orders orders_;  // guarded by mutex_
};

}  // namespace koeru::server
