#pragma once

// What all edits of session descriptions have in common.
//
//   Document offer = Document::Parse(text);
//   if (auto error = SetDirection(offer, 1, "recvonly")) Show(error->reason);
//   offer.ToString();
//
// Each edit is a function of a document and a section (0: the session, then the media sections) and
// gives back an error, or nothing when it is done. After an error the document is as it was; after
// success only the lines concerned have changed. To ask for what is already so changes nothing.

#include <optional>
#include <string>

#include "core/sdp/document.h"

namespace koeru::sdp {

// In place of an index: every media section to which the edit applies, one at least.
inline constexpr size_t kEveryMediaSection = static_cast<size_t>(-1);

struct EditError {
  std::string reason;  // a sentence: what is wrong, and what to do
  std::string field;   // the argument that is wrong: "section", "codec", ...
  // This section is none for the edit, another may be.
  bool elsewhere = false;
};

using EditResult = std::optional<EditError>;

// How an edit sees its section, and where it puts what is to be changed.
class SectionEdit {
 public:
  SectionEdit(const Document& document, size_t section, LineChanges& changes)
      : document_(document), section_(section), changes_(changes) {}

  const Document& document() const { return document_; }
  size_t section() const { return section_; }
  bool is_session() const { return section_ == 0; }
  // Indexes of lines: [first, end).
  size_t first() const { return document_.sections()[section_].first_line; }
  size_t end() const { return document_.sections()[section_].end_line; }
  const Line& line(size_t index) const { return document_.lines()[index]; }
  LineChanges& changes() { return changes_; }

  std::optional<size_t> FindAttribute(std::string_view name) const {
    return document_.FindAttribute(section_, name);
  }
  // Behind the last line with a type, so that empty lines at the end stay there.
  size_t EndOfContent() const;
  // Behind the last line that may stand in front of one of `type` (RFC 8866 section 5: "micbka").
  size_t PlaceOf(char type) const;

  // Replaces a line, unless it is so already.
  void Set(size_t index, std::string text);

 private:
  const Document& document_;
  size_t section_;
  LineChanges& changes_;
};

// One kind of edit, for one section after the other.
class SectionEditor {
 public:
  virtual EditResult Edit(SectionEdit& edit) = 0;
  // When all sections were seen: what is still wrong.
  virtual EditResult Finish() { return std::nullopt; }

 protected:
  ~SectionEditor() = default;
};

EditResult EditSections(Document& document, size_t section, SectionEditor& editor);

// "\"...\"", cut short where it is long, for sentences.
std::string Quoted(std::string_view text);

}  // namespace koeru::sdp
