#include "core/sdp/checks/context.h"

#include "core/sdp/attributes/fingerprint.h"

namespace koeru::sdp {

bool Context::UsesDtls(const SectionView& section) const {
  return section.has_media() && (IsDtls(section.media().protocol) || Has<Fingerprint>(section));
}

}  // namespace koeru::sdp
