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

#include "core/sdp/decoder.h"
#include "core/sdp/document.h"
#include "core/sdp/lines/media.h"
#include "core/sdp/registry.h"

namespace koeru::sdp {

// What an m= line's protocol says (RFC 8866 section 5.14, RFC 5764 section 8, RFC 8841 section 4):
// UDP/TLS/RTP/SAVPF is RTP over DTLS-SRTP, UDP/DTLS/SCTP is data channels.
inline bool IsRtp(std::string_view protocol) { return protocol.find("RTP/") != protocol.npos; }
inline bool IsSctp(std::string_view protocol) { return protocol.find("SCTP") != protocol.npos; }
inline bool IsDtls(std::string_view protocol) { return protocol.find("TLS/") != protocol.npos; }

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
  size_t First(std::string_view name) const { return first_lines_[NumberOf(name)]; }
  size_t First(const Row& row) const;
  template <typename T>
  size_t First() const {
    // The registry never changes: a type is sought in it once, not in each of a million sections.
    static const uint8_t number = NumberOf(T::kName);
    return first_lines_[number];
  }
  template <typename T>
  bool Has() const {
    return First<T>() != kNone;
  }

  template <typename T, typename Function>
  void ForEach(Function function) const {
    for (size_t line = First<T>(); line != kNone; line = Next(line)) {
      T value;
      if (Read(line, &DescribeAs<T>, &value)) function(line, value);
    }
  }
  // The first one that is understood.
  template <typename T>
  std::optional<T> Find() const {
    std::optional<T> found(std::in_place);
    const size_t first = First<T>();
    if (first == kNone || !Read(first, &DescribeAs<T>, &*found)) found.reset();
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
  template <typename T>
  static void DescribeAs(Syntax& s, void* value) {
    static_cast<T*>(value)->Describe(s);
  }
  // Of the row with that name; 0 for none.
  static uint8_t NumberOf(std::string_view name);
  // Decodes a line's value; false when it is not understood.
  bool Read(size_t line, void (*describe)(Syntax&, void*), void* value) const;
  // The next line that the same row knows, or kNone.
  size_t Next(size_t line) const;

  const Document& document_;
  size_t index_ = 0;
  Section section_;
  Media media_;
  bool has_media_ = false;
  std::vector<uint8_t> numbers_;         // of the row of each line; 0 for none
  std::array<size_t, 128> first_lines_;  // by number
};

}  // namespace koeru::sdp
