#include "core/sdp/diff/ice_diff.h"

#include "core/sdp/edit/section_edit.h"
#include "core/sdp/media_line.h"

namespace koeru::sdp {
namespace {

std::optional<std::string_view> ValueAt(const Document& document, std::optional<size_t> line) {
  if (!line) return std::nullopt;
  return Trimmed(document.lines()[*line].attribute()->value.value_or(std::string_view()));
}

}  // namespace

void CompareIce(const Document& before, const IceLines& lines_before, const Document& after,
                const IceLines& lines_after, size_t order, DiffReport& report) {
  const auto ufrag_before = ValueAt(before, lines_before.ufrag);
  const auto ufrag_after = ValueAt(after, lines_after.ufrag);
  const bool is_same = ufrag_before == ufrag_after;
  if (is_same && ValueAt(before, lines_before.pwd) == ValueAt(after, lines_after.pwd)) return;
  const auto first = is_same ? lines_before.pwd : lines_before.ufrag;
  const auto second = is_same ? lines_after.pwd : lines_after.ufrag;
  if (!first || !second) {
    const bool is_new = second.has_value();
    report.Add(order, is_new ? "ice-credentials-added" : "ice-credentials-removed",
               is_new ? "ICE credentials were added." : "The ICE credentials were removed.", first,
               second);
    return;
  }
  std::string message = "ICE restarts: the ufrag was " + Quoted(*ufrag_before);
  message += is_same ? " and stayed, with another password: a restart changes both."
                     : " and is " + Quoted(*ufrag_after) + '.';
  report.Add(order, "ice-restart", std::move(message), first, second);
}

}  // namespace koeru::sdp
