#include "core/sdp/edit/stream_id_extension.h"

#include "core/sdp/attributes/extmap.h"
#include "core/sdp/typed_line.h"

namespace koeru::sdp {

void StreamIdExtension::Look(const Document& document) {
  has_looked_ = true;
  for (const Line& line : document.lines()) {
    const auto map = TypedLine(line).As<Extmap>();
    if (!map.ok() || map->id == 0 || map->id > kMaxId) continue;
    used_.set(map->id);
    if (id_ == 0 && map->uri == kStreamIdExtension) id_ = map->id;
  }
  for (size_t id = 1; id_ == 0 && id <= kMaxId; ++id) {
    if (!used_.test(id)) id_ = id;
  }
}

EditResult StreamIdExtension::AddTo(SectionEdit& edit, size_t place) {
  for (size_t i = edit.first(); i < edit.end(); ++i) {
    const auto map = TypedLine(edit.line(i)).As<Extmap>();
    if (!map.ok()) continue;
    if (map->uri == kStreamIdExtension) return std::nullopt;
    place = i + 1;
  }
  if (!has_looked_) Look(edit.document());
  if (id_ == 0) {
    return EditError{
        "no number from 1 to 14 is left for the header extension of rids: remove an "
        "a=extmap line",
        "section"};
  }
  std::string line = "a=extmap:" + std::to_string(id_) + ' ';
  line += kStreamIdExtension;
  edit.changes().Insert(place, std::move(line));
  return std::nullopt;
}

}  // namespace koeru::sdp
