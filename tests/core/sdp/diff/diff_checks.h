#pragma once

// Differences as short texts: "codec-removed 0 -a=rtpmap:8 PCMA/8000", with "-" for the line before
// and "+" for the line after.

#include <string>
#include <vector>

#include "core/sdp/diff/diff.h"

namespace koeru::sdp {

inline std::vector<std::string> Differences(std::string_view before, std::string_view after) {
  const Document first = Document::Parse(before);
  const Document second = Document::Parse(after);
  std::vector<std::string> texts;
  for (const Difference& one : Diff(first, second)) {
    std::string text = one.kind;
    if (one.section > 0) text += ' ' + std::to_string(one.section - 1);
    if (one.line_before) text.append(" -").append(first.lines()[*one.line_before].text());
    if (one.line_after) text.append(" +").append(second.lines()[*one.line_after].text());
    texts.push_back(std::move(text));
  }
  return texts;
}

inline std::vector<std::string> Messages(std::string_view before, std::string_view after) {
  const Document first = Document::Parse(before);
  const Document second = Document::Parse(after);
  std::vector<std::string> texts;
  for (const Difference& one : Diff(first, second)) texts.push_back(one.message);
  return texts;
}

}  // namespace koeru::sdp
