#pragma once

// The sources of the peer that are known, a bounded number.
//
//   Sources sources;
//   Source* source = sources.Find(packet.ssrc());
//   if (!source) source = sources.Add(ssrc, section, is_rtx, clock_rate, now);    // null: no room
//
// A source that was silent for kSilence makes room for another one.

#include <functional>
#include <memory>
#include <vector>

#include "core/media/source.h"

namespace koeru::media {

class Sources {
 public:
  static constexpr size_t kMost = 32;
  static constexpr net::Duration kSilence = std::chrono::seconds(10);

  Source* Find(uint32_t ssrc);
  Source* Add(uint32_t ssrc, Section& section, bool is_rtx, uint32_t clock_rate, net::Instant now);
  void Remove(const std::function<bool(const Source&)>& is_gone);

  // Whose packet RTX of the section brings back: `preferred`, or another one that lacks it. Null:
  // nobody needs it.
  Source* Lacking(const Section& section, uint16_t sequence_number, Source* preferred) const;

  auto begin() const { return sources_.begin(); }
  auto end() const { return sources_.end(); }
  size_t size() const { return sources_.size(); }

 private:
  // Ends what points to a source and keeps what it lost.
  static void Forget(Source& source);

  std::vector<std::unique_ptr<Source>> sources_;
  Source* last_ = nullptr;  // found; most packets are of the source of the packet before
};

}  // namespace koeru::media
