#pragma once

// The questions to the database of users that one relay has open, and who waits for their answers.
//
// A name is a user of one realm: find_user.cc puts both together.
//
// Bounds: kMaxOpen questions at a time, one for each name; kPerSecond new ones in a second from one
// network. What is beyond is dropped and counted, and the client sends again. Nobody waits longer
// than kPatience: then the question counts as not answered, until its answer comes after all.

#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "core/relay/amplification_limiter.h"
#include "core/relay/known_users.h"
#include "core/relay/parked_requests.h"

namespace koeru::relay {

class UserLookups {
 public:
  static constexpr size_t kMaxOpen = 512;
  static constexpr uint32_t kPerSecond = 200;
  static constexpr net::Duration kPatience = std::chrono::seconds(2);

  explicit UserLookups(RandomSource& random) : limiter_(kPerSecond, random) {}

  KnownUsers known;
  ParkedRequests parked;

  // The open question about `name`.
  struct Open {
    uint64_t id = 0;
    bool is_late = false;  // asked longer than kPatience ago
  };
  std::optional<Open> Find(std::string_view name) const;
  // Opens a question that `source` caused. Nothing: a bound is reached.
  std::optional<uint64_t> Begin(std::string_view name, const net::Address& source,
                                net::Instant now);
  // The question is answered: its name; nothing when it is not open (any more).
  std::optional<std::string> End(uint64_t id);
  // The next question that has been open for kPatience, once.
  std::optional<uint64_t> TakeLate(net::Instant now);
  // Instant::Max() when none is open.
  net::Instant NextDeadline() const;
  // Another realm: nothing that is known or asked counts any more.
  void Clear();

  size_t open() const { return name_by_id_.size(); }
  bool IsConsistent() const;

 private:
  struct Waiting {
    uint64_t id;
    net::Instant deadline;
  };

  AmplificationLimiter limiter_;  // counts lookups instead of bytes
  uint64_t next_id_ = 1;
  absl::flat_hash_map<std::string, Open> open_;
  absl::flat_hash_map<uint64_t, std::string> name_by_id_;
  std::deque<Waiting> waiting_;  // in the order of their deadlines; answered ones among them
};

}  // namespace koeru::relay
