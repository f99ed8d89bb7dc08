#include "core/sdp/document.h"
#include "core/sdp/stable_order.h"

#include <algorithm>
#include <utility>

namespace koeru::sdp {
namespace {

Line LineFrom(std::string_view text, size_t start, size_t newline) {
  const bool is_cut = newline == std::string_view::npos;
  const std::string_view line = text.substr(start, is_cut ? newline : newline - start);
  if (!line.ends_with('\r')) return {line, is_cut ? LineEnding::kNone : LineEnding::kLf};
  return {line.substr(0, line.size() - 1), is_cut ? LineEnding::kCr : LineEnding::kCrLf};
}

// What is to end a line that was the last. Half an ending is completed.
LineEnding BehindLastLine(const Line& line, LineEnding wanted) {
  return line.ending() == LineEnding::kCr ? LineEnding::kCrLf : wanted;
}

bool IsOneLine(std::string_view text) { return text.find_first_of("\r\n") == text.npos; }

}  // namespace

Document Document::Parse(std::string_view text) {
  Document document;
  for (size_t start = 0; start < text.size();) {
    const size_t newline = text.find('\n', start);
    document.lines_.push_back(LineFrom(text, start, newline));
    if (newline == std::string_view::npos) break;
    start = newline + 1;
  }
  document.FindSections();
  return document;
}

// RFC 8866 section 5: the session-level part ends at the first m= line, each media description at
// the next.
void Document::FindSections() {
  sections_.assign(1, Section{0, lines_.size()});
  for (size_t i = 0; i < lines_.size(); ++i) {
    if (lines_[i].type() != 'm') continue;
    sections_.back().end_line = i;
    sections_.push_back({i, lines_.size()});
  }
}

std::optional<size_t> Document::FindAttribute(size_t section, std::string_view name,
                                              size_t from) const {
  if (section >= sections_.size()) return std::nullopt;
  const Section& where = sections_[section];
  for (size_t i = std::max(from, where.first_line); i < where.end_line; ++i) {
    const std::optional<Attribute> attribute = lines_[i].attribute();
    if (attribute && attribute->name == name) return i;
  }
  return std::nullopt;
}

LineEnding Document::EndingNear(size_t line) const {
  if (line > 0 && !IsUnended(lines_[line - 1].ending())) return lines_[line - 1].ending();
  if (line > 1) return lines_[line - 2].ending();
  if (line < lines_.size() && !IsUnended(lines_[line].ending())) {
    return lines_[line].ending();
  }
  return LineEnding::kCrLf;
}

bool Document::Replace(size_t line, std::string text) {
  if (line >= lines_.size() || !IsOneLine(text)) return false;
  const LineEnding ending = lines_[line].ending();
  lines_[line] = Line(owned_.emplace_back(std::move(text)), ending);
  FindSections();
  return true;
}

bool Document::Insert(size_t before, std::string text) {
  if (before > lines_.size() || !IsOneLine(text)) return false;
  LineEnding ending = EndingNear(before);
  if (before > 0 && IsUnended(lines_[before - 1].ending())) {
    lines_[before - 1].set_ending(BehindLastLine(lines_[before - 1], ending));
    ending = LineEnding::kNone;
  }
  lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(before),
                Line(owned_.emplace_back(std::move(text)), ending));
  FindSections();
  return true;
}

bool Document::Erase(size_t line) {
  if (line >= lines_.size()) return false;
  lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(line));
  FindSections();
  return true;
}

void Document::Append(std::vector<Line>& lines, std::string text, LineEnding ending) {
  if (!lines.empty()) {
    Line& last = lines.back();
    if (!IsUnended(last.ending())) {
      ending = last.ending();
    } else {
      if (lines.size() > 1) ending = lines[lines.size() - 2].ending();
      ending = BehindLastLine(last, ending);
      last.set_ending(ending);
      ending = LineEnding::kNone;
    }
  }
  lines.emplace_back(owned_.emplace_back(std::move(text)), ending);
}

bool Document::Apply(LineChanges changes) {
  using Kind = LineChange::Kind;
  for (const LineChange& change : changes.list_) {
    const size_t end = change.kind == Kind::kInsert ? lines_.size() + 1 : lines_.size();
    if (change.line >= end || !IsOneLine(change.text)) return false;
  }
  const auto order = [](const LineChange& change) {
    return std::pair(change.line, change.kind != Kind::kInsert);
  };
  std::vector<LineChange>& list = changes.list_;
  Arrange(list, StableOrder(list.size(),
                            [&](size_t a, size_t b) { return order(list[a]) < order(list[b]); }));
  std::vector<Line> lines;
  lines.reserve(lines_.size() + changes.list_.size());
  auto next = changes.list_.begin();
  for (size_t i = 0; i <= lines_.size(); ++i) {
    LineChange* last = nullptr;
    for (; next != changes.list_.end() && next->line == i; ++next) {
      if (next->kind == Kind::kInsert) {
        Append(lines, std::move(next->text), EndingNear(i));
      } else {
        last = &*next;
      }
    }
    if (i == lines_.size() || (last != nullptr && last->kind == Kind::kErase)) continue;
    lines.push_back(lines_[i]);
    if (last == nullptr) continue;
    lines.back() = Line(owned_.emplace_back(std::move(last->text)), lines_[i].ending());
  }
  lines_ = std::move(lines);
  FindSections();
  return true;
}

std::string Document::ToString() const {
  size_t size = 0;
  for (const Line& line : lines_) {
    size += line.text().size() + LineEndingText(line.ending()).size();
  }
  std::string text;
  text.reserve(size);
  for (const Line& line : lines_) {
    text += line.text();
    text += LineEndingText(line.ending());
  }
  return text;
}

}  // namespace koeru::sdp
