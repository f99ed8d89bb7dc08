#include "core/ice/agent/check_list.h"

#include <algorithm>

namespace koeru::ice {
namespace {

bool IsBusy(const CandidatePair& pair) {
  return pair.state == PairState::kWaiting || pair.state == PairState::kInProgress;
}

// May leave the list to make room for a better one.
bool MayGo(const CandidatePair& pair) {
  return !pair.nominated && !pair.in_queue &&
         (pair.state == PairState::kFrozen || pair.state == PairState::kWaiting ||
          pair.state == PairState::kFailed);
}

}  // namespace

void CheckList::SetRole(Role role) {
  role_ = role;
  Sort();
}

CandidatePair* CheckList::Add(CandidatePair pair) {
  if (CandidatePair* known = Find(pair.path)) return known;
  if (pairs_.size() >= kMaxPairs) {
    const auto last = std::find_if(pairs_.rbegin(), pairs_.rend(), MayGo);
    if (last == pairs_.rend() || last->PriorityAs(role_) >= pair.PriorityAs(role_)) return nullptr;
    pairs_.erase(std::next(last).base());
  }
  pair.id = ++last_id_;
  // RFC 8838 section 12: a pair that comes later is Waiting when nothing of its foundation is being
  // worked on, or when that has succeeded already.
  pair.state = MayThaw(pair) ? PairState::kWaiting : PairState::kFrozen;
  const uint32_t id = pair.id;
  pairs_.push_back(std::move(pair));
  Sort();
  return Find(id);
}

CandidatePair* CheckList::Find(const Path& path) {
  for (CandidatePair& pair : pairs_) {
    if (pair.path == path) return &pair;
  }
  return nullptr;
}

CandidatePair* CheckList::Find(uint32_t id) {
  for (CandidatePair& pair : pairs_) {
    if (pair.id == id) return &pair;
  }
  return nullptr;
}

void CheckList::Trigger(CandidatePair& pair) {
  if (pair.in_queue) return;
  pair.in_queue = true;
  pair.state = PairState::kWaiting;
  triggered_.push_back(pair.id);
}

CandidatePair* CheckList::TakeNext() {
  CandidatePair* next = nullptr;
  while (next == nullptr && !triggered_.empty()) {
    next = Find(triggered_.front());
    triggered_.pop_front();
  }
  // RFC 8445 section 6.1.4.2.
  for (const PairState wanted : {PairState::kWaiting, PairState::kFrozen}) {
    for (CandidatePair& pair : pairs_) {
      if (next != nullptr) break;
      if (pair.state == wanted && (wanted == PairState::kWaiting || MayThaw(pair))) next = &pair;
    }
  }
  if (next == nullptr) return nullptr;
  next->in_queue = false;
  next->state = PairState::kInProgress;
  return next;
}

bool CheckList::HasNext() const {
  return !triggered_.empty() ||
         std::any_of(pairs_.begin(), pairs_.end(), [this](const CandidatePair& pair) {
           return pair.state == PairState::kWaiting ||
                  (pair.state == PairState::kFrozen && MayThaw(pair));
         });
}

void CheckList::Succeeded(CandidatePair& pair) {
  pair.state = PairState::kSucceeded;
  pair.in_queue = false;
  std::erase(triggered_, pair.id);
  for (CandidatePair& other : pairs_) {
    if (other.state == PairState::kFrozen && other.foundation == pair.foundation) {
      other.state = PairState::kWaiting;
    }
  }
}

size_t CheckList::busy_count() const {
  return static_cast<size_t>(std::count_if(pairs_.begin(), pairs_.end(), IsBusy));
}

bool CheckList::IsConsistent() const {
  if (pairs_.size() > kMaxPairs) return false;
  for (size_t i = 0; i < pairs_.size(); ++i) {
    if (i > 0 && pairs_[i].PriorityAs(role_) > pairs_[i - 1].PriorityAs(role_)) return false;
    for (size_t k = 0; k < i; ++k) {
      if (pairs_[i].path == pairs_[k].path || pairs_[i].id == pairs_[k].id) return false;
    }
  }
  return true;
}

bool CheckList::HasBusy(const std::string& foundation) const {
  return std::any_of(pairs_.begin(), pairs_.end(), [&](const CandidatePair& pair) {
    return IsBusy(pair) && pair.foundation == foundation;
  });
}

bool CheckList::MayThaw(const CandidatePair& pair) const {
  const bool succeeded = std::any_of(pairs_.begin(), pairs_.end(), [&](const CandidatePair& other) {
    return other.state == PairState::kSucceeded && other.foundation == pair.foundation;
  });
  return succeeded || !HasBusy(pair.foundation);
}

void CheckList::Sort() {
  std::stable_sort(pairs_.begin(), pairs_.end(), [this](const auto& a, const auto& b) {
    return a.PriorityAs(role_) > b.PriorityAs(role_);
  });
}

}  // namespace koeru::ice
