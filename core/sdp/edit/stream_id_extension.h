#pragma once

// The RTP header extension that tells streams apart by their rid: RFC 8852 section 4.3. Simulcast
// does not work without it, and browsers refuse such a description.

#include <bitset>

#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

inline constexpr std::string_view kStreamIdExtension =
    "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";

class StreamIdExtension {
 public:
  // Adds the a=extmap line where the section has none, behind the last other one or at `place`. The
  // number is free in all of the description, because bundled sections share their numbers (RFC
  // 9143 section 9.2), or the one that another section has for it.
  EditResult AddTo(SectionEdit& edit, size_t place);

 private:
  void Look(const Document& document);

  // RFC 8285 section 4.2: 1 to 14 fit into one byte. 15 is no number there.
  static constexpr size_t kMaxId = 14;

  bool has_looked_ = false;
  std::bitset<kMaxId + 1> used_;
  size_t id_ = 0;
};

}  // namespace koeru::sdp
