#pragma once

// What is different between two session descriptions, one fact each.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koeru::sdp {

struct Difference {
  std::string kind;     // "codec-removed"
  std::string message;  // a sentence
  // Index of Document::sections(): in the second description, and in the first where it has none.
  size_t section = 0;
  bool section_is_new = true;  // `section` counts in the second description
  // Indexes of lines in the two descriptions.
  std::optional<size_t> line_before;
  std::optional<size_t> line_after;
};

// Collects differences up to a bound.
class DiffReport {
 public:
  // A description of 256 KiB can have more lines than anybody would read differences.
  static constexpr size_t kMaxDifferences = 4096;

  void BeginSection(size_t section, bool is_new);
  // `order` sorts the differences of a section; those of one order stand by their lines.
  void Add(size_t order, std::string kind, std::string message, std::optional<size_t> line_before,
           std::optional<size_t> line_after);
  // The last one tells when there were more.
  std::vector<Difference> Take();

 private:
  struct Entry {
    size_t order;
    Difference difference;
  };

  void SortSection();

  std::vector<Entry> entries_;
  size_t section_start_ = 0;  // in entries_
  size_t section_ = 0;
  bool section_is_new_ = true;
  bool is_full_ = false;
};

}  // namespace koeru::sdp
