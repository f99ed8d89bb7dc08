#pragma once

// A session description without loss: RFC 8866.
//
//   session:   v= o= s= ... a=...
//   media 1:   m=audio ... c= a=...       one section for each m= line, up to the next
//   media 2:   m=video ...
//
//   Document offer = Document::Parse(text);
//   for (const Line& line : offer.LinesOf(offer.sections()[1])) ...
//   if (auto at = offer.FindAttribute(1, "sendrecv")) (void)offer.Replace(*at, "a=recvonly");
//   offer.ToString();
//
// Every byte of the input is in some line: order, unknown lines, odd spacing and line endings stay,
// and ToString() of an unedited document is the input. An edit touches its own line only. Parsing
// refuses nothing and takes linear time; a document needs 16 bytes for each line, and the vector's
// spare room.
//
// A Document holds views into the text given to Parse(), which must outlive it; it owns the lines
// that edits put in. An edit makes indexes and Lines taken before invalid.

#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/sdp/line.h"
#include "core/sdp/line_changes.h"

namespace koeru::sdp {

// Indexes of lines: [first_line, end_line).
struct Section {
  size_t first_line = 0;
  size_t end_line = 0;

  friend bool operator==(const Section&, const Section&) = default;
};

class Document {
 public:
  // At most 4 GiB.
  static Document Parse(std::string_view text);

  Document(Document&&) = default;
  Document& operator=(Document&&) = default;

  std::span<const Line> lines() const { return lines_; }
  // The session's lines come first (there may be none), then one section for each m= line.
  std::span<const Section> sections() const { return sections_; }
  std::span<const Line> LinesOf(const Section& section) const {
    return lines().subspan(section.first_line, section.end_line - section.first_line);
  }

  // The index of a section's first line a=name or a=name:..., from line `from` on. Names of
  // attributes are case-sensitive (RFC 8866 section 5.13).
  std::optional<size_t> FindAttribute(size_t section, std::string_view name, size_t from = 0) const;

  // Edits. `text` is a line without its ending. False, and nothing is changed, when it has a CR or
  // LF inside, which would make it more than one line, or when there is no such line.
  [[nodiscard]] bool Replace(size_t line, std::string text);
  // In front of line `before`; at the end when that is lines().size(). The ending is the one that
  // the neighbours have. Where the last line had none, it gets one, and the new last line has none.
  [[nodiscard]] bool Insert(size_t before, std::string text);
  [[nodiscard]] bool Erase(size_t line);
  // All of them or none; linear in the number of lines (n log n in that of the changes).
  [[nodiscard]] bool Apply(LineChanges changes);

  std::string ToString() const;

 private:
  Document() = default;

  LineEnding EndingNear(size_t line) const;
  // Puts a line behind the last of `lines`, with the ending that the last has, or `ending`.
  void Append(std::vector<Line>& lines, std::string text, LineEnding ending);
  void FindSections();

  std::vector<Line> lines_;
  std::vector<Section> sections_;
  std::deque<std::string> owned_;  // never moves what it holds
};

}  // namespace koeru::sdp
