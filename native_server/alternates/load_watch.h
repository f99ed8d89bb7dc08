#pragma once

// Asks alternate servers how busy they are, every kEvery, on a thread of its own (libcurl):
//
//   GET <url>   Authorization: Bearer <token>
//   200 {"allocations":12,"total_quota":100,"ready":true}     a koeru-relay's /load
//
// One that gives no such answer kPatience times counts as down: nobody is sent there until it
// answers again. The log says so, once each way. Answers have kMaxAnswer bytes at most, redirects
// are not followed, certificates are checked.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/net/address.h"
#include "native_server/alternates/alternate_choice.h"

namespace koeru::server {

// Null when `text` is no answer of /load.
std::optional<ServerLoad> ReadLoad(std::string_view text);
std::string LoadJson(const ServerLoad& load);

class LoadWatch {
 public:
  static constexpr std::chrono::milliseconds kEvery{2000};
  static constexpr std::chrono::milliseconds kTimeout{2000};
  static constexpr int kPatience = 2;
  static constexpr size_t kMaxAnswer = 4096;

  LoadWatch(std::vector<WatchedServer> servers, std::string token);
  ~LoadWatch();

  // `endpoints` with what is known of them.
  std::vector<AlternateServer> Describe(const std::vector<net::Endpoint>& endpoints) const;
  // Counts the rounds of asking that have ended.
  uint64_t rounds() const { return rounds_.load(std::memory_order_acquire); }

 private:
  struct Known {
    WatchedServer server;
    std::optional<ServerLoad> load;
    int failures = 0;
    bool is_down = false;
  };

  void Run();
  // What the endpoint answered; else the problem in words.
  std::optional<ServerLoad> Ask(const std::string& url, std::string& problem);
  void Note(Known& known, std::optional<ServerLoad> load, const std::string& problem);

  const std::string token_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Known> known_;  // guarded by mutex_; the list itself does not change
  bool stop_ = false;         // guarded by mutex_
  std::atomic<uint64_t> rounds_{0};
  std::thread thread_;
};

}  // namespace koeru::server
