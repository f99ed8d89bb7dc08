#include "core/sdp/checks/report.h"

#include <algorithm>

#include "core/bytes/escape.h"

namespace koeru::sdp {
namespace {

constexpr size_t kMaxQuoted = 40;  // bytes

void AppendTo(std::string& text, std::string_view argument, bool is_quoted) {
  if (argument.data() == nullptr) {
    text += std::to_string(argument.size());
  } else if (!is_quoted) {
    text += argument;
  } else {
    text += '\'';
    text += Escape(argument.substr(0, kMaxQuoted));
    text += argument.size() > kMaxQuoted ? "...'" : "'";
  }
}

// The last argument serves all further places.
std::string Filled(std::string_view form, Report::Arguments arguments) {
  std::string text;
  auto next = arguments.begin();
  for (const char c : form) {
    if ((c != '%' && c != '$') || arguments.size() == 0) {
      text += c;
    } else {
      AppendTo(text, next->text, c == '%');
      if (next + 1 != arguments.end()) ++next;
    }
  }
  return text;
}

std::string_view BrowserNote(Rejects browsers) {
  constexpr std::string_view kNotes[] = {"", " (Chromium rejects this)", " (Firefox rejects this)",
                                         " (browsers reject this)"};
  return kNotes[static_cast<size_t>(browsers)];
}

}  // namespace

void Report::Add(RuleId id, size_t line, Arguments arguments, std::string_view at) {
  size_t offset = 0;
  if (line < document_.lines().size() && at.data() != nullptr) {
    const std::string_view text = document_.lines()[line].text();
    if (at.data() >= text.data() && at.data() <= text.data() + text.size()) {
      offset = static_cast<size_t>(at.data() - text.data());
    }
  }
  Add(id, line, arguments, offset);
}

void Report::Add(RuleId id, size_t line, Arguments arguments, size_t offset, std::string_view rfc) {
  if (counts_[static_cast<size_t>(id)]++ >= kMaxOfRule) {
    ++left_out_;
    return;
  }
  const Rule& rule = RuleOf(id);
  Finding& finding = findings_.emplace_back();
  finding.rule = rule.name;
  finding.severity = rule.severity(mode_);
  finding.message = Filled(rule.text, arguments);
  finding.message += BrowserNote(rule.browsers);
  finding.line = line + 1;
  finding.column = offset + 1;
  if (section_ > 0) finding.section = section_ - 1;
  finding.rfc = rule.rfc.empty() ? rfc : rule.rfc;
}

// Sorts, so that the first are those to keep. The order is total, so that every build has the same.
void Report::KeepBest(size_t count, bool by_severity) {
  std::vector<uint32_t> order(findings_.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  // Heapsort, whose code is small; there are few.
  const auto is_before = [&](uint32_t i, uint32_t j) {
    const Finding& a = findings_[i];
    const Finding& b = findings_[j];
    if (by_severity && a.severity != b.severity) return a.severity < b.severity;
    if (a.line != b.line) return a.line < b.line;
    if (a.column != b.column) return a.column < b.column;
    return i < j;
  };
  std::make_heap(order.begin(), order.end(), is_before);
  std::sort_heap(order.begin(), order.end(), is_before);
  order.resize(std::min(order.size(), count));
  std::vector<Finding> kept;
  kept.reserve(order.size());
  for (const uint32_t i : order) kept.push_back(std::move(findings_[i]));
  findings_ = std::move(kept);
}

std::vector<Finding> Report::Take() {
  if (findings_.size() > kMaxFindings) {
    left_out_ += findings_.size() - kMaxFindings;
    KeepBest(kMaxFindings, true);
  }
  KeepBest(kMaxFindings, false);
  if (left_out_ > 0) {
    section_ = 0;
    const size_t line = findings_.back().line - 1;
    Add(RuleId::kMoreFindings, line, {left_out_});
  }
  return std::move(findings_);
}

}  // namespace koeru::sdp
