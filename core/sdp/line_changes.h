#pragma once

// Many edits of lines, to be made at once: Document::Apply().
//
//   LineChanges changes;
//   changes.Erase(12);
//   changes.Insert(14, "a=ptime:20");      // in front of what is line 14 now
//   (void)document.Apply(std::move(changes));
//
// Indexes are those of the document before any of the edits. Of several edits of one line the
// insertions come first, in the order in which they were asked for; among the others the last wins.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace koeru::sdp {

struct LineChange {
  enum class Kind : uint8_t { kInsert, kReplace, kErase };

  size_t line = 0;
  Kind kind = Kind::kInsert;
  std::string text;  // without its ending
};

class LineChanges {
 public:
  void Insert(size_t before, std::string text) {
    Add({before, LineChange::Kind::kInsert, std::move(text)});
  }
  void Replace(size_t line, std::string text) {
    Add({line, LineChange::Kind::kReplace, std::move(text)});
  }
  void Erase(size_t line) { Add({line, LineChange::Kind::kErase, {}}); }

  bool empty() const { return list_.empty(); }
  // Of all new lines.
  size_t text_size() const { return text_size_; }

 private:
  friend class Document;

  void Add(LineChange change) {
    text_size_ += change.text.size();
    list_.push_back(std::move(change));
  }

  std::vector<LineChange> list_;
  size_t text_size_ = 0;
};

}  // namespace koeru::sdp
