// koeru_fuzzer deps: koeru_sdp
//
// Session descriptions: any text comes back byte for byte, its sections cover its lines without a
// gap, and an edit that is taken back leaves the text as it was.

#include <string>

#include "core/sdp/document.h"
#include "tests/fuzz/require.h"

namespace {

using koeru::fuzz::Require;
using koeru::sdp::Document;

void CheckSections(const Document& document) {
  size_t next = 0;
  for (size_t i = 0; i < document.sections().size(); ++i) {
    const koeru::sdp::Section& section = document.sections()[i];
    Require(section.first_line == next, "section.first_line == next");
    const auto lines = document.LinesOf(section);
    if (i > 0) Require(lines.front().type() == 'm', "lines.front().type() == 'm'");
    next = section.end_line;
  }
  Require(next == document.lines().size(), "next == document.lines().size()");
}

void CheckEdits(std::string_view text, size_t line) {
  Document document = Document::Parse(text);
  const std::string before(document.lines()[line].text());
  // A carriage return in the middle of a line cannot be put in by an edit.
  const bool is_plain = before.find('\r') == std::string::npos;
  Require(document.Replace(line, "a=x"), "document.Replace(line, \"a=x\")");
  CheckSections(document);
  Require(document.Replace(line, before) == is_plain, "document.Replace(line, before)");
  if (is_plain) Require(document.ToString() == text, "document.ToString() == text");

  Require(document.Insert(line, "m=audio"), "document.Insert(line, \"m=audio\")");
  CheckSections(document);
  Require(document.Erase(line), "document.Erase(line)");
  CheckSections(document);
  if (is_plain) Require(document.ToString() == text, "document.ToString() == text, again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Document document = Document::Parse(text);
  Require(document.ToString() == text, "document.ToString() == text");
  CheckSections(document);
  if (!document.lines().empty()) CheckEdits(text, size % document.lines().size());
  return 0;
}
