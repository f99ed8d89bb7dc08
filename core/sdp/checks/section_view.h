#pragma once

// One section of a description, prepared for the checks: which row of the registry knows each line,
// and where the first of each stands.
//
//   section.ForEach<Rtpmap>([&](size_t line, const Rtpmap& map) { ... });
//   section.Has<RtcpMux>()
//
// Values are decoded leniently; those that are not understood are left out (values.cc tells of
// them). A view can be loaded again and again; it needs a byte for each line of the section.

#include <array>

#include "core/sdp/checks/media_protocol.h"
#include "core/sdp/decoder.h"
#include "core/sdp/document.h"
#include "core/sdp/lines/media.h"
#include "core/sdp/registry.h"

namespace koeru::sdp {

class SectionView {
 public:
  static constexpr size_t kNone = static_cast<size_t>(-1);

  explicit SectionView(const Document& document) : document_(document) {}

  // 0 is the session.
  void Load(size_t section);

  bool is_session() const { return index_ == 0; }
  size_t index() const { return index_; }
  // Index of the first line in the document; of the m= line, unless this is the session.
  size_t first_line() const { return section_.first_line; }
  std::span<const Line> lines() const { return document_.LinesOf(section_); }

  // Null for lines that the registry does not know.
  const Row* row(size_t index_in_section) const;

  // The document's line where a line type or attribute stands for the first time, or kNone.
  size_t First(std::string_view name) const;
  template <typename T>
  bool Has() const {
    return First(T::kName) != kNone;
  }

  template <typename T, typename Function>
  void ForEach(Function function) const {
    const size_t first = First(T::kName);
    if (first == kNone) return;
    const uint8_t number = numbers_[first - first_line()];
    const std::span<const Line> all = lines();
    for (size_t i = first - first_line(); i < all.size(); ++i) {
      if (numbers_[i] != number) continue;
      const Result<T, SyntaxError> value = Decode<T>(ValueOf(all[i]));
      if (value.ok()) function(first_line() + i, *value);
    }
  }
  // The first one that is understood.
  template <typename T>
  std::optional<T> Find() const {
    std::optional<T> found;
    const size_t first = First(T::kName);
    if (first == kNone) return found;
    Result<T, SyntaxError> value = Decode<T>(ValueOf(document_.lines()[first]));
    if (value.ok()) found = *std::move(value);
    return found;
  }

  // Of the m= line, as far as it is understood; empty in the session.
  const Media& media() const { return media_; }
  bool has_media() const { return has_media_; }
  bool is_rtp() const { return has_media_ && IsRtp(media_.protocol); }
  bool is_sctp() const { return has_media_ && IsSctp(media_.protocol); }
  // RFC 3264 section 6: port 0 refuses a medium, unless it is bundle-only (RFC 9143 section 6).
  bool is_rejected() const;

 private:
  static std::string_view ValueOf(const Line& line) {
    if (line.type() != 'a') return line.value();
    return line.attribute()->value.value_or(std::string_view());
  }

  const Document& document_;
  size_t index_ = 0;
  Section section_;
  Media media_;
  bool has_media_ = false;
  std::vector<uint8_t> numbers_;         // of the row of each line; 0 for none
  std::array<size_t, 128> first_lines_;  // by number
};

}  // namespace koeru::sdp
