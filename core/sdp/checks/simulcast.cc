// Simulcast (RFC 8853) and the rids that it names (RFC 8851).

#include <map>
#include <set>

#include "core/sdp/attributes/rid.h"
#include "core/sdp/attributes/simulcast.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {
namespace {

using Rids = std::map<std::string_view, StreamDirection>;
using Names = std::set<std::string_view>;

void CheckRidFormats(Context& context, size_t at, const Rid& rid, const Names& formats) {
  for (const RidParameter& parameter : rid.parameters) {
    if (parameter.name != "pt" || !parameter.value) continue;
    std::string_view list = *parameter.value;
    while (!list.empty()) {
      const std::string_view format = list.substr(0, list.find(','));
      list.remove_prefix(std::min(list.size(), format.size() + 1));
      if (formats.contains(format)) continue;
      context.report.Add(RuleId::kRidFormatUnknown, at, {rid.id, format}, format);
    }
  }
}

Rids ReadRids(Context& context, const SectionView& section) {
  Rids rids;
  const std::vector<std::string_view>& formats = section.media().formats;
  const Names names(formats.begin(), formats.end());
  section.ForEach<Rid>([&](size_t at, const Rid& rid) {
    if (!rids.emplace(rid.id, rid.direction).second) {
      context.report.Add(RuleId::kRidTwice, at, {rid.id}, rid.id);
    }
    CheckRidFormats(context, at, rid, names);
  });
  return rids;
}

void CheckStream(Context& context, size_t at, std::string_view id, StreamDirection direction,
                 const Rids& rids, Names& named) {
  const auto rid = rids.find(id);
  if (rid == rids.end()) {
    context.report.Add(RuleId::kRidUndeclared, at, {id}, id);
  } else if (rid->second != direction) {
    context.report.Add(RuleId::kRidDirection, at, {id}, id);
  } else if (!named.insert(id).second) {
    context.report.Add(RuleId::kSimulcastIdTwice, at, {id}, id);
  }
}

}  // namespace

void CheckSimulcast(Context& context, const SectionView& section) {
  if (section.is_session() || (!section.Has<Rid>() && !section.Has<Simulcast>())) return;
  const Rids rids = ReadRids(context, section);
  Names named;
  section.ForEach<Simulcast>([&](size_t at, const Simulcast& simulcast) {
    if (at != section.First(Simulcast::kName)) context.report.Add(RuleId::kSimulcastTwice, at);
    for (const SimulcastStreams& direction : simulcast.directions) {
      if (direction.names_pt) continue;  // draft 03: payload types
      for (const std::vector<SimulcastFormat>& alternatives : direction.streams) {
        for (const SimulcastFormat& format : alternatives) {
          CheckStream(context, at, format.id, direction.direction, rids, named);
        }
      }
    }
  });
}

}  // namespace koeru::sdp
