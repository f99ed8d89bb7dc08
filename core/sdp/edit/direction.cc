#include "core/sdp/edit/direction.h"

#include <algorithm>

#include "core/sdp/media_line.h"

namespace koeru::sdp {
namespace {

constexpr std::string_view kDirections[] = {"sendrecv", "sendonly", "recvonly", "inactive"};

bool IsDirection(std::string_view text) {
  return std::find(std::begin(kDirections), std::end(kDirections), text) != std::end(kDirections);
}

class DirectionEditor final : public SectionEditor {
 public:
  explicit DirectionEditor(std::string_view direction) : line_("a=") { line_ += direction; }

  EditResult Edit(SectionEdit& edit) override {
    if (!edit.is_session()) {
      const auto media = MediaLine::Parse(edit.line(edit.first()).text());
      if (!media || !media->is_rtp()) {
        return EditError{"only a section of RTP has a direction: choose another one", "section",
                         true};
      }
    }
    bool found = false;
    for (size_t i = edit.first(); i < edit.end(); ++i) {
      const auto attribute = edit.line(i).attribute();
      if (!attribute || attribute->value || !IsDirection(attribute->name)) continue;
      // A second one would contradict the first.
      if (found) edit.changes().Erase(i);
      if (!found) edit.Set(i, line_);
      found = true;
    }
    if (found) return std::nullopt;
    const auto mid = edit.FindAttribute("mid");
    edit.changes().Insert(mid ? *mid + 1 : edit.EndOfContent(), line_);
    return std::nullopt;
  }

 private:
  std::string line_;
};

}  // namespace

EditResult SetDirection(Document& document, size_t section, std::string_view direction) {
  if (!IsDirection(direction)) {
    return EditError{Quoted(direction) + " is none of sendrecv, sendonly, recvonly, inactive",
                     "direction"};
  }
  DirectionEditor editor(direction);
  return EditSections(document, section, editor);
}

}  // namespace koeru::sdp
