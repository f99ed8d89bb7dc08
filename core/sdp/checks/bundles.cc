#include "core/sdp/checks/bundles.h"

#include "core/sdp/attributes/group.h"
#include "core/sdp/attributes/mid.h"
#include "core/sdp/checks/section_view.h"

namespace koeru::sdp {

void Bundles::Read(const SectionView& session) {
  session.ForEach<Group>([&](size_t, const Group& group) {
    if (group.semantics != "BUNDLE") return;
    for (const std::string_view mid : group.mids) {
      const Member member{static_cast<uint32_t>(size_), mid.data() == group.mids[0].data()};
      member_by_mid_.emplace(mid, member);
    }
    ++size_;
  });
}

std::optional<Bundles::Member> Bundles::Find(std::string_view mid) const {
  const auto at = member_by_mid_.find(mid);
  if (at == member_by_mid_.end()) return std::nullopt;
  return at->second;
}

std::optional<Bundles::Member> Bundles::Find(const SectionView& section) const {
  const std::optional<Mid> mid = section.Find<Mid>();
  if (!mid) return std::nullopt;
  return Find(mid->tag);
}

std::string_view Bundles::Agree(uint32_t group, Topic topic, uint32_t number,
                                std::string_view text) {
  const uint64_t key =
      (uint64_t{group} << 32) | (uint64_t{static_cast<uint8_t>(topic)} << 24) | number;
  return said_.emplace(key, text).first->second;
}

}  // namespace koeru::sdp
