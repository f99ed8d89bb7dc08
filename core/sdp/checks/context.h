#pragma once

// What all checks share. Each check is a function of one section, called for the session first and
// then for each medium in order; what it has to remember of earlier sections is here.

#include <map>

#include "core/sdp/checks/bundles.h"
#include "core/sdp/checks/lint.h"
#include "core/sdp/checks/report.h"
#include "core/sdp/checks/section_view.h"

namespace koeru::sdp {

struct SsrcUse {
  size_t section = 0;
  bool has_cname = false;
};

struct Context {
  Context(const Document& document, Mode mode, DescriptionType description_type)
      : type(description_type), report(document, mode), session(document) {}

  const DescriptionType type;
  Report report;
  SectionView session;
  Bundles bundles;
  // Some section uses DTLS: this is a description of WebRTC, and browsers' rules apply.
  bool is_webrtc = false;
  std::map<std::string_view, size_t> line_by_mid;
  std::map<uint32_t, SsrcUse> use_by_ssrc;

  // Whether the section, or the session for it, has an attribute.
  template <typename T>
  bool Has(const SectionView& section) const {
    return section.Has<T>() || session.Has<T>();
  }
  // Whether the section's media go over DTLS.
  bool UsesDtls(const SectionView& section) const;
};

}  // namespace koeru::sdp
