#include "core/sdp/checks/context.h"

#include "core/sdp/attributes/fingerprint.h"
#include "core/sdp/attributes/flags.h"

namespace koeru::sdp {

bool Context::UsesDtls(const SectionView& section) const {
  return section.has_media() && (IsDtls(section.media().protocol) || Has<Fingerprint>(section));
}

bool Context::BorrowsTransport(const SectionView& section) {
  const std::optional<Bundles::Member> member = bundles.Find(section);
  if (!member || member->is_tag) return false;
  return type != DescriptionType::kOffer || section.Has<BundleOnly>();
}

}  // namespace koeru::sdp
