#pragma once

// What all checks share. Each check is a function of one section, called for the session first and
// then for each medium in order; what it has to remember of earlier sections is here.

#include "core/sdp/checks/bundles.h"
#include "core/sdp/checks/lint.h"
#include "core/sdp/checks/notes.h"
#include "core/sdp/checks/report.h"
#include "core/sdp/checks/section_view.h"

namespace koeru::sdp {

struct Context {
  Context(const Document& document, Mode mode, DescriptionType description_type)
      : type(description_type), report(document, mode), session(document) {}

  const DescriptionType type;
  Report report;
  SectionView session;
  Bundles bundles;
  // Some section uses DTLS: this is a description of WebRTC, and browsers' rules apply.
  bool is_webrtc = false;
  Notes mids;
  Notes ssrcs;  // the section of each, and whether it has a cname

  // Whether the section, or the session for it, has an attribute.
  template <typename T>
  bool Has(const SectionView& section) const {
    return section.Has<T>() || session.Has<T>();
  }
  // Whether the section's media go over DTLS.
  bool UsesDtls(const SectionView& section) const;
  // Whether another section of its BUNDLE group describes the section's transport. RFC 9143
  // sections 7.1.3 and 7.3: in answers only the tagged section has those attributes, in offers all
  // but the bundle-only ones have.
  bool BorrowsTransport(const SectionView& section);
};

}  // namespace koeru::sdp
