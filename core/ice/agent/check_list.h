#pragma once

// The check list of the one data stream and component that WebRTC has (BUNDLE, rtcp-mux): which
// pair is checked next. RFC 8445 sections 6.1.2 and 6.1.4, with the rules of RFC 8838 section 12
// for candidates that come later.
//
//   CheckList list(Role::kControlled);
//   list.Add({.path = ..., .local_priority = ..., .remote_priority = ..., .foundation = "1:2"});
//   while (CandidatePair* pair = list.TakeNext()) Send a check;   // one every Ta
//   list.Succeeded(*pair);                                         // thaws its foundation
//
// Pointers to pairs live until the next Add().

#include <deque>
#include <vector>

#include "core/ice/agent/candidate_pair.h"

namespace koeru::ice {

class CheckList {
 public:
  // RFC 8445 section 6.1.2.5: "the default limit ... 100". At the limit the pair of the lowest
  // priority that is not in use makes room; a new one that is lower still is not taken.
  static constexpr size_t kMaxPairs = 100;

  explicit CheckList(Role role) : role_(role) {}

  Role role() const { return role_; }
  // RFC 8445 section 7.3.1.1: "a role switch requires an agent to recompute pair priorities".
  void SetRole(Role role);

  // nullptr: not taken, because the list is full. A pair on that path is there at most once: then
  // it is the answer, unchanged.
  CandidatePair* Add(CandidatePair pair);
  CandidatePair* Find(const Path& path);
  CandidatePair* Find(uint32_t id);

  // RFC 8445 section 7.3.1.4: a check has come on this pair, so it is checked before all others.
  void Trigger(CandidatePair& pair);

  // The pair to be checked now, In-Progress from here on: the first triggered one, else the Waiting
  // one of the highest priority, else a Frozen one whose foundation nobody works on. nullptr: none.
  CandidatePair* TakeNext();
  bool HasNext() const;

  // RFC 8445 section 7.2.5.3.3: Frozen pairs of the same foundation become Waiting. A triggered
  // check of the pair that is still to be made is superfluous now.
  void Succeeded(CandidatePair& pair);
  void Failed(CandidatePair& pair) { pair.state = PairState::kFailed; }

  // By descending priority.
  const std::vector<CandidatePair>& pairs() const { return pairs_; }
  // How many are Waiting or In-Progress: RFC 8445 section 14.3.
  size_t busy_count() const;
  bool IsConsistent() const;

 private:
  bool HasBusy(const std::string& foundation) const;
  bool MayThaw(const CandidatePair& pair) const;
  void Sort();

  Role role_;
  std::vector<CandidatePair> pairs_;
  std::deque<uint32_t> triggered_;  // ids; each pair is in it at most once
  uint32_t last_id_ = 0;
};

}  // namespace koeru::ice
