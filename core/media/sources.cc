#include "core/media/sources.h"

#include <algorithm>

#include "core/media/outgoing_stream.h"
#include "core/media/section.h"

namespace koeru::media {

Source* Sources::Find(uint32_t ssrc) {
  if (last_ != nullptr && last_->ssrc() == ssrc) return last_;
  for (const auto& source : sources_) {
    if (source->ssrc() == ssrc) return last_ = source.get();
  }
  return nullptr;
}

Source* Sources::Add(uint32_t ssrc, Section& section, bool is_rtx, uint32_t clock_rate,
                     net::Instant now) {
  if (sources_.size() >= kMost) {
    const auto oldest =
        std::min_element(sources_.begin(), sources_.end(),
                         [](const auto& a, const auto& b) { return a->last_at() < b->last_at(); });
    if (now - (*oldest)->last_at() < kSilence) return nullptr;
    const Source* const gone = oldest->get();
    Remove([gone](const Source& source) { return &source == gone; });
  }
  sources_.push_back(std::make_unique<Source>(ssrc, section, is_rtx, clock_rate));
  return sources_.back().get();
}

void Sources::Remove(const std::function<bool(const Source&)>& is_gone) {
  last_ = nullptr;
  std::erase_if(sources_, [&](const auto& source) {
    if (!is_gone(*source)) return false;
    Forget(*source);
    return true;
  });
}

void Sources::Forget(Source& source) {
  Section& section = source.section();
  if (!source.is_rtx()) section.lost_of_ended += source.statistics.packets_lost();
  if (section.stream != nullptr && section.stream->source == &source) {
    section.stream->source = nullptr;
  }
}

Source* Sources::Lacking(const Section& section, uint16_t sequence_number,
                         Source* preferred) const {
  if (preferred != nullptr && preferred->Lacks(sequence_number)) return preferred;
  for (const auto& source : sources_) {
    if (&source->section() != &section || source->is_rtx()) continue;
    if (source->Lacks(sequence_number)) return source.get();
  }
  return nullptr;
}

}  // namespace koeru::media
