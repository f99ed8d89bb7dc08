// RFC 8866 section 5: which line types must be there, how often, where, and in which order.

#include "core/sdp/attributes/session_attributes.h"
#include "core/sdp/checks/checks.h"
#include "core/sdp/lines/connection_data.h"
#include "core/sdp/lines/origin.h"
#include "core/sdp/lines/text_lines.h"
#include "core/sdp/lines/timing.h"
#include "core/sdp/lines/version.h"

namespace koeru::sdp {
namespace {

// t= and r= take turns, so that they share a place.
constexpr std::string_view kSessionOrder = "vosiuepcbtzka";
constexpr std::string_view kMediaOrder = "micbka";

// npos for types that do not belong here; another rule tells of those.
size_t PlaceOf(char type, bool is_session) {
  if (is_session) return kSessionOrder.find(type == 'r' ? 't' : type);
  return kMediaOrder.find(type);
}

// A c= line may stand in a media section several times, in the session once.
bool MayStandOnce(const Row& row, bool is_session) {
  return row.count == Count::kOnce || (is_session && row.name == ConnectionData::kName);
}

void CheckPresence(Context& context) {
  struct {
    std::string_view name, remedy;
  } constexpr kNeeded[] = {{Version::kName, "v=0"},
                           {Origin::kName, "o=- 0 0 IN IP4 0.0.0.0"},
                           {SessionName::kName, "s=-"},
                           {Timing::kName, "t=0 0"}};
  for (const auto& needed : kNeeded) {
    if (context.session.First(needed.name) != SectionView::kNone) continue;
    context.report.Add(RuleId::kMissingLine, 0, {needed.name, needed.remedy});
  }
}

}  // namespace

void CheckLineOrder(Context& context, const SectionView& section) {
  Report& report = context.report;
  const bool is_session = section.is_session();
  if (is_session) CheckPresence(context);
  size_t highest = 0;
  std::string_view highest_name;
  for (size_t i = 0; i < section.lines().size(); ++i) {
    const Line& line = section.lines()[i];
    if (line.type() == 0) continue;
    const size_t at = section.first_line() + i;
    const std::string_view name = line.text().substr(0, 2);
    const Row* row = section.row(i);
    if (row != nullptr && row->is_line_type()) {
      if (!is_session && row->level == Level::kSession) {
        report.Add(RuleId::kLineLevel, at, {name});
      } else if (section.First(*row) != at && MayStandOnce(*row, is_session)) {
        report.Add(RuleId::kLineTwice, at, {name});
      }
    }
    const size_t place = PlaceOf(line.type(), is_session);
    if (place == std::string_view::npos) continue;
    if (place < highest) {
      report.Add(is_session ? RuleId::kSessionLineOrder : RuleId::kMediaLineOrder, at,
                 {name, highest_name});
    } else {
      highest = place;
      highest_name = name;
    }
  }
}

}  // namespace koeru::sdp
