#include "core/relay/user_lookups.h"

namespace koeru::relay {

std::optional<UserLookups::Open> UserLookups::Find(std::string_view name) const {
  const auto found = open_.find(name);
  if (found == open_.end()) return std::nullopt;
  return found->second;
}

std::optional<uint64_t> UserLookups::Begin(std::string_view name, const net::Address& source,
                                           net::Instant now) {
  if (open_.size() >= kMaxOpen || !limiter_.Admit(source, 0, 1, now)) return std::nullopt;
  const uint64_t id = next_id_++;
  open_.insert_or_assign(std::string(name), Open{id, false});
  name_by_id_.emplace(id, name);
  waiting_.push_back({id, now + kPatience});
  return id;
}

std::optional<std::string> UserLookups::End(uint64_t id) {
  auto question = name_by_id_.extract(id);
  if (question.empty()) return std::nullopt;
  open_.erase(question.mapped());
  while (!waiting_.empty() && !name_by_id_.contains(waiting_.front().id)) waiting_.pop_front();
  return std::move(question.mapped());
}

std::optional<uint64_t> UserLookups::TakeLate(net::Instant now) {
  while (!waiting_.empty() && waiting_.front().deadline <= now) {
    const uint64_t id = waiting_.front().id;
    waiting_.pop_front();
    const auto name = name_by_id_.find(id);
    if (name == name_by_id_.end()) continue;
    open_.find(name->second)->second.is_late = true;
    return id;
  }
  return std::nullopt;
}

net::Instant UserLookups::NextDeadline() const {
  return waiting_.empty() ? net::Instant::Max() : waiting_.front().deadline;
}

void UserLookups::Clear() {
  known.Clear();
  parked.Clear();
  open_.clear();
  name_by_id_.clear();
  waiting_.clear();
}

bool UserLookups::IsConsistent() const {
  return open_.size() == name_by_id_.size() && open_.size() <= kMaxOpen &&
         parked.size() <= ParkedRequests::kMaxRequests;
}

}  // namespace koeru::relay
