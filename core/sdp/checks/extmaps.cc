// RTP header extensions: RFC 8285, and RFC 9143 section 12 for ids in a BUNDLE group.

#include "core/sdp/attributes/extmap.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {
namespace {

constexpr uint32_t kLastOneByteId = 14;
constexpr uint32_t kLastTwoByteId = 255;

// RFC 6904 section 4: "encrypt" is followed by the extension that it encrypts, and may stand for
// several.
bool MayRepeat(std::string_view uri) { return uri == "urn:ietf:params:rtp-hdrext:encrypt"; }

}  // namespace

void CheckExtmaps(Context& context, const SectionView& section) {
  Report& report = context.report;
  const std::optional<Bundles::Member> member = context.bundles.Find(section);
  Notes ids;
  Notes uris;
  section.ForEach<Extmap>([&](size_t at, const Extmap& extmap) {
    constexpr size_t kIdOffset = 9;  // behind "a=extmap:"
    const size_t id = extmap.id;
    if (id == 0 || id > kLastTwoByteId) {
      report.Add(RuleId::kExtmapIdRange, at, {id}, kIdOffset);
    } else if (id > kLastOneByteId) {
      report.Add(RuleId::kExtmapTwoByte, at, {id}, kIdOffset);
    }
    const Notes::Added seen = ids.Add({id}, {0, extmap.uri});
    if (!seen.is_new) {
      report.Add(RuleId::kExtmapIdTwice, at, {id, seen.note.text}, kIdOffset);
    } else if (!MayRepeat(extmap.uri) && !uris.Add({0, extmap.uri}, {}).is_new) {
      report.Add(RuleId::kExtmapUriTwice, at, {extmap.uri}, extmap.uri);
    } else if (member) {
      const std::string_view agreed =
          context.bundles.Agree(member->group, Bundles::Topic::kExtension, extmap.id, extmap.uri);
      if (agreed != extmap.uri) {
        report.Add(RuleId::kBundleExtmapConflict, at, {id, agreed}, kIdOffset);
      }
    }
  });
}

}  // namespace koeru::sdp
