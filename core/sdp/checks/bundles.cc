#include "core/sdp/checks/bundles.h"

#include "core/sdp/attributes/group.h"
#include "core/sdp/attributes/mid.h"
#include "core/sdp/checks/section_view.h"

namespace koeru::sdp {

void Bundles::Read(const SectionView& session) {
  session.ForEach<Group>([&](size_t, const Group& group) {
    if (group.semantics != "BUNDLE") return;
    for (const std::string_view mid : group.mids) {
      member_by_mid_.Add({0, mid}, {size_, {}, mid.data() == group.mids[0].data()});
    }
    ++size_;
  });
}

std::optional<Bundles::Member> Bundles::Find(std::string_view mid) {
  const Notes::Note* const note = member_by_mid_.Find({0, mid});
  if (note == nullptr) return std::nullopt;
  return Member{static_cast<uint32_t>(note->number), note->flag};
}

std::optional<Bundles::Member> Bundles::Find(const SectionView& section) {
  const std::optional<Mid> mid = section.Find<Mid>();
  if (!mid) return std::nullopt;
  return Find(mid->tag);
}

std::string_view Bundles::Agree(uint32_t group, Topic topic, uint32_t number,
                                std::string_view text) {
  const uint64_t key =
      (uint64_t{group} << 32) | (uint64_t{static_cast<uint8_t>(topic)} << 24) | number;
  return said_.Add({key}, {0, text}).note.text;
}

}  // namespace koeru::sdp
