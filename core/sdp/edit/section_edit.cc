#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {
namespace {

// One edit adds no more text than this, so that a short request cannot fill the memory.
constexpr size_t kMaxGrowth = 1u << 20;

EditResult NoSuchSection(const Document& document, size_t section) {
  const size_t media = document.sections().size() - 1;
  if (section == kEveryMediaSection) {
    return EditError{"the description has no media section", "section"};
  }
  return EditError{"there is no media section " + std::to_string(section - 1) +
                       ": the description has " + std::to_string(media) + ", counted from 0",
                   "section"};
}

}  // namespace

size_t SectionEdit::EndOfContent() const {
  size_t at = end();
  while (at > first() && line(at - 1).type() == 0) --at;
  return at;
}

size_t SectionEdit::PlaceOf(char type) const {
  // RFC 8866 section 5.
  const std::string_view order = is_session() ? "vosiuepcbtrzka" : "micbka";
  const size_t rank = order.find(type);
  size_t place = first();
  for (size_t i = first(); i < end(); ++i) {
    const char other = line(i).type();
    if (other != 0 && order.find(other) <= rank) place = i + 1;
    // What stands behind the attributes by mistake draws no other line there.
    if (other == 'a' && type != 'a') break;
  }
  return place;
}

void SectionEdit::Set(size_t index, std::string text) {
  if (line(index).text() != text) changes_.Replace(index, std::move(text));
}

EditResult EditSections(Document& document, size_t section, SectionEditor& editor) {
  const bool every = section == kEveryMediaSection;
  const size_t count = document.sections().size();
  const size_t begin = every ? 1 : section;
  const size_t end = every ? count : section + 1;
  if (begin >= count) return NoSuchSection(document, section);
  LineChanges changes;
  EditResult elsewhere;
  bool done = false;
  for (size_t i = begin; i < end; ++i) {
    SectionEdit edit(document, i, changes);
    EditResult error = editor.Edit(edit);
    if (error && !(every && error->elsewhere)) return error;
    if (error && !elsewhere) elsewhere = std::move(error);
    done = done || !error;
    if (changes.text_size() > kMaxGrowth) {
      return EditError{"this would add more than 1 MiB: edit fewer sections at once", "section"};
    }
  }
  if (!done) return elsewhere;
  if (EditResult error = editor.Finish()) return error;
  if (!document.Apply(std::move(changes))) {
    return EditError{"has a line break or a NUL in it: write one line without them", ""};
  }
  return std::nullopt;
}

std::string Quoted(std::string_view text) {
  constexpr size_t kMost = 60;
  std::string quoted = "\"";
  quoted += text.substr(0, kMost);
  quoted += text.size() > kMost ? "...\"" : "\"";
  return quoted;
}

}  // namespace koeru::sdp
