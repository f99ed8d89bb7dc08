#pragma once

// What one worker remembers of users who stand in a database, so that the database is asked once
// for many requests, and not at all while it is down.
//
//   KnownUsers::Answer answer = known.Find(name, now);
//   if (answer.standing == KnownUsers::Standing::kFresh) Check(message, answer.key);
//
// Memory is bounded: kMaxFound users and kMaxAbsent names of nobody, in tables of their own, so
// that a flood of invented names pushes no user out. Each table is two generations: the older one
// goes when the younger one is full, and who is found in it moves to the younger one.

#include <chrono>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "core/net/time.h"
#include "core/relay/long_term_key.h"

namespace koeru::relay {

class KnownUsers {
 public:
  // 64 Ki users with names of 40 bytes are about 8 MB.
  static constexpr size_t kMaxFound = 64u << 10;
  static constexpr size_t kMaxAbsent = 8u << 10;

  // Ages. A user who is removed, or a new password, counts after kStaleAfter + one lookup at the
  // latest; only while the database is down an old key lives on, up to kForgottenAfter.
  static constexpr net::Duration kStaleAfter = std::chrono::seconds(10);
  static constexpr net::Duration kOldAfter = std::chrono::seconds(60);
  static constexpr net::Duration kForgottenAfter = std::chrono::hours(1);
  static constexpr net::Duration kAbsentFor = std::chrono::seconds(3);

  enum class Standing : uint8_t {
    kUnknown,
    kAbsent,  // the database said so, a moment ago
    kFresh,   // counts
    kStale,   // counts, while the database is asked again
    kOld,     // counts only when the database does not answer
  };
  struct Answer {
    Standing standing = Standing::kUnknown;
    LongTermKey key = {};  // from kFresh on
  };

  Answer Find(std::string_view name, net::Instant now);
  void Learn(std::string_view name, const LongTermKey& key, net::Instant now);
  void LearnAbsent(std::string_view name, net::Instant now);
  void Clear();

  size_t size() const { return found_.size() + absent_.size(); }

 private:
  struct Entry {
    LongTermKey key;
    net::Instant since;
  };
  class Table {
   public:
    explicit Table(size_t limit) : half_(limit / 2) {}
    const Entry* Find(std::string_view name);
    void Put(std::string_view name, const Entry& entry);
    void Erase(std::string_view name);
    void Clear();
    size_t size() const { return young_.size() + old_.size(); }

   private:
    using Map = absl::flat_hash_map<std::string, Entry>;
    const size_t half_;
    Map young_, old_;  // a name is in one of them
  };

  Table found_{kMaxFound};
  Table absent_{kMaxAbsent};
};

}  // namespace koeru::relay
