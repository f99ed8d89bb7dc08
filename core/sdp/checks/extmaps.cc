// RTP header extensions: RFC 8285, and RFC 9143 section 9.1 for ids in a BUNDLE group.

#include <map>

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
  std::map<uint32_t, std::string_view> uri_by_id;
  std::map<std::string_view, uint32_t> id_by_uri;
  section.ForEach<Extmap>([&](size_t at, const Extmap& extmap) {
    constexpr size_t kIdOffset = 9;  // behind "a=extmap:"
    const size_t id = extmap.id;
    if (id == 0 || id > kLastTwoByteId) {
      report.Add(RuleId::kExtmapIdRange, at, {id}, kIdOffset);
    } else if (id > kLastOneByteId) {
      report.Add(RuleId::kExtmapTwoByte, at, {id}, kIdOffset);
    }
    const auto [first, is_new] = uri_by_id.emplace(extmap.id, extmap.uri);
    if (!is_new) {
      report.Add(RuleId::kExtmapIdTwice, at, {id, first->second}, kIdOffset);
    } else if (!MayRepeat(extmap.uri) && !id_by_uri.emplace(extmap.uri, extmap.id).second) {
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
