#include "core/relay/parked_requests.h"

namespace koeru::relay {

ParkedRequests::Result ParkedRequests::Park(uint64_t lookup, const net::FiveTuple& from,
                                            Bytes request, net::UnixTime wall) {
  if (Holds(from)) return Result::kRepeated;
  if (size() >= kMaxRequests || request.size() > kMaxBytes) return Result::kNoRoom;
  by_tuple_.emplace(from, Parked{from, {request.begin(), request.end()}, wall});
  tuples_by_lookup_[lookup].push_back(from);
  return Result::kParked;
}

std::vector<ParkedRequests::Parked> ParkedRequests::Take(uint64_t lookup) {
  std::vector<Parked> taken;
  const auto waiting = tuples_by_lookup_.find(lookup);
  if (waiting == tuples_by_lookup_.end()) return taken;
  for (const net::FiveTuple& from : waiting->second) {
    auto parked = by_tuple_.extract(from);
    if (!parked.empty()) taken.push_back(std::move(parked.mapped()));
  }
  tuples_by_lookup_.erase(waiting);
  return taken;
}

void ParkedRequests::Forget(const net::FiveTuple& from) {
  if (by_tuple_.erase(from) == 0) return;
  for (auto& [lookup, tuples] : tuples_by_lookup_) {
    if (std::erase(tuples, from) == 0) continue;
    if (tuples.empty()) tuples_by_lookup_.erase(lookup);
    return;
  }
}

void ParkedRequests::Clear() {
  by_tuple_.clear();
  tuples_by_lookup_.clear();
}

}  // namespace koeru::relay
