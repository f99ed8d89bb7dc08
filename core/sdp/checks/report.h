#pragma once

// Collects findings, and keeps them few: of each rule the first kMaxOfRule, and the kMaxFindings
// most severe of all. A last one says how many there were besides.
//
//   report.Add(RuleId::kMidDuplicate, line, {tag}, tag);

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "core/sdp/checks/rule.h"
#include "core/sdp/document.h"

namespace koeru::sdp {

struct Finding {
  std::string_view rule;  // "mid-duplicate"
  Severity severity = Severity::kError;
  std::string message;            // what is wrong; what to do
  size_t line = 1;                // from 1
  size_t column = 1;              // from 1, in bytes
  std::optional<size_t> section;  // index of the media section; absent in the session
  std::string_view rfc;           // "RFC 5888 §4"
};

class Report {
 public:
  static constexpr size_t kMaxOfRule = 100;
  static constexpr size_t kMaxFindings = 1000;

  // What takes the place of "%" or "$" in the rule's text: a text or a number. A number is a text
  // without data, so that the many calls of Add() stay small.
  struct Argument {
    std::string_view text;

    Argument(std::string_view value) : text(value) {}
    Argument(size_t value) : text(static_cast<const char*>(nullptr), value) {}
  };
  using Arguments = std::initializer_list<Argument>;

  Report(const Document& document, Mode mode) : document_(document), mode_(mode) {}

  Mode mode() const { return mode_; }
  // Of the findings to come: 0 is the session.
  void set_section(size_t section) { section_ = section; }

  // `line` is an index into the document's lines; `at` a part of it, for the column.
  void Add(RuleId id, size_t line, Arguments arguments = {}, std::string_view at = {});
  void Add(RuleId id, size_t line, Arguments arguments, size_t offset, std::string_view rfc = {});

  // In the order of lines.
  std::vector<Finding> Take();

 private:
  void KeepBest(size_t count, bool by_severity);

  const Document& document_;
  const Mode mode_;
  size_t section_ = 0;
  std::array<uint32_t, static_cast<size_t>(RuleId::kCount)> counts_{};
  size_t left_out_ = 0;
  std::vector<Finding> findings_;
};

}  // namespace koeru::sdp
