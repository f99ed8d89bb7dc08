// Simulcast (RFC 8853) and the rids that it names (RFC 8851).

#include "core/sdp/attributes/simulcast.h"
#include "core/sdp/attributes/rid.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {
namespace {

void CheckRidFormats(Context& context, size_t at, const Rid& rid, Notes& formats) {
  for (const RidParameter& parameter : rid.parameters) {
    if (parameter.name != "pt" || !parameter.value) continue;
    std::string_view list = *parameter.value;
    while (!list.empty()) {
      const std::string_view format = list.substr(0, list.find(','));
      list.remove_prefix(std::min(list.size(), format.size() + 1));
      if (formats.Find({0, format}) != nullptr) continue;
      context.report.Add(RuleId::kRidFormatUnknown, at, {rid.id, format}, format);
    }
  }
}

Notes ReadRids(Context& context, const SectionView& section) {
  Notes rids;
  Notes formats;
  for (const std::string_view format : section.media().formats) formats.Add({0, format}, {});
  section.ForEach<Rid>([&](size_t at, const Rid& rid) {
    if (!rids.Add({0, rid.id}, {static_cast<size_t>(rid.direction)}).is_new) {
      context.report.Add(RuleId::kRidTwice, at, {rid.id}, rid.id);
    }
    CheckRidFormats(context, at, rid, formats);
  });
  return rids;
}

void CheckStream(Context& context, size_t at, std::string_view id, StreamDirection direction,
                 Notes& rids, Notes& named) {
  const Notes::Note* const rid = rids.Find({0, id});
  if (rid == nullptr) {
    context.report.Add(RuleId::kRidUndeclared, at, {id}, id);
  } else if (rid->number != static_cast<size_t>(direction)) {
    context.report.Add(RuleId::kRidDirection, at, {id}, id);
  } else if (!named.Add({0, id}, {}).is_new) {
    context.report.Add(RuleId::kSimulcastIdTwice, at, {id}, id);
  }
}

}  // namespace

void CheckSimulcast(Context& context, const SectionView& section) {
  if (section.is_session() || (!section.Has<Rid>() && !section.Has<Simulcast>())) return;
  Notes rids = ReadRids(context, section);
  Notes named;
  section.ForEach<Simulcast>([&](size_t at, const Simulcast& simulcast) {
    if (at != section.First<Simulcast>()) context.report.Add(RuleId::kSimulcastTwice, at);
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
