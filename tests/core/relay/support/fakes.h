#pragma once

// Stand-ins for what the edge gives a relay.

#include <cstring>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/relay/config.h"
#include "core/relay/events.h"

namespace koeru::relay::testing {

// Repeatable; each seed gives another sequence.
class SeededRandom : public RandomSource {
 public:
  explicit SeededRandom(uint64_t seed = 1) : engine_(seed) {}
  void Fill(MutableBytes bytes) override {
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(engine_());
  }

 private:
  std::mt19937_64 engine_;
};

class FakeQuota : public QuotaLedger {
 public:
  size_t per_user = SIZE_MAX;
  std::map<std::string, size_t> used;             // by user
  std::map<std::string, size_t> used_by_account;  // by "user@realm"

  bool Acquire(std::string_view username, std::string_view realm) override {
    size_t& count = used[std::string(username)];
    if (count >= per_user) return false;
    ++count;
    ++used_by_account[Account(username, realm)];
    return true;
  }
  void Release(std::string_view username, std::string_view realm) override {
    --used.at(std::string(username));
    --used_by_account.at(Account(username, realm));
  }
  static std::string Account(std::string_view username, std::string_view realm) {
    return username.empty() ? std::string() : std::string(username) + "@" + std::string(realm);
  }
  size_t total() const {
    size_t sum = 0;
    for (const auto& [name, count] : used) sum += count;
    return sum;
  }
};

class FakeLive : public LiveRelayedAddresses {
 public:
  std::set<net::Endpoint> endpoints;

  void Add(const net::Endpoint& relayed) override { endpoints.insert(relayed); }
  void Remove(const net::Endpoint& relayed) override { endpoints.erase(relayed); }
  bool Contains(const net::Endpoint& relayed) const override {
    return endpoints.contains(relayed);
  }
};

// Keeps what it was told, copies of the texts included.
class RecordingEvents : public EventSink {
 public:
  struct Refused {
    int code;
    RefusalCause cause;
    std::string username, detail;
    net::Endpoint peer;
  };
  std::vector<std::string> created;  // usernames
  std::vector<EndReason> ended;
  std::vector<Refused> refused;

  void OnAllocationCreated(const AllocationEvent& event) override {
    created.emplace_back(event.username);
  }
  void OnAllocationEnded(const AllocationEvent&, EndReason reason) override {
    ended.push_back(reason);
  }
  void OnRefused(const Refusal& refusal) override {
    refused.push_back({refusal.code, refusal.cause, std::string(refusal.username),
                       std::string(refusal.detail), refusal.peer});
  }
};

}  // namespace koeru::relay::testing
