#pragma once

// Edits of short descriptions, shown as text before and after, and of the browsers' offers.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "core/sdp/edit/section_edit.h"

namespace koeru::sdp {

using DocumentEdit = std::function<EditResult(Document&)>;

// The text after the edit; after an error "field: reason", and the document must be as it was.
inline std::string Edited(std::string_view text, const DocumentEdit& edit) {
  Document document = Document::Parse(text);
  const EditResult error = edit(document);
  if (!error) return document.ToString();
  EXPECT_EQ(document.ToString(), text) << error->reason;
  return error->field + ": " + error->reason;
}

inline std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  const Document document = Document::Parse(text);
  for (const Line& line : document.lines()) lines.emplace_back(line.text());
  return lines;
}

// "-a=x" for a line that went, "+a=y" for one that came, in their order; for edits that move none.
inline std::vector<std::string> Changes(std::string_view before, std::string_view after) {
  std::vector<std::string> old_lines = LinesOf(before);
  std::vector<std::string> changes;
  const std::vector<std::string> new_lines = LinesOf(after);
  auto at = old_lines.begin();
  for (const std::string& line : new_lines) {
    const auto found = std::find(at, old_lines.end(), line);
    if (found == old_lines.end()) {
      changes.push_back("+" + line);
      continue;
    }
    for (; at != found; ++at) changes.push_back("-" + *at);
    ++at;
  }
  for (; at != old_lines.end(); ++at) changes.push_back("-" + *at);
  return changes;
}

inline std::string Vector(const std::string& name) {
  const std::filesystem::path folder =
      std::filesystem::path(KOERU_SOURCE_DIR) / "tests/vectors/sdp";
  std::ifstream file(folder / (name + ".sdp"), std::ios::binary);
  EXPECT_TRUE(file.good()) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

// Names of all offers and answers.
inline std::vector<std::string> VectorNames() {
  std::vector<std::string> names;
  const std::filesystem::path folder =
      std::filesystem::path(KOERU_SOURCE_DIR) / "tests/vectors/sdp";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".sdp") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace koeru::sdp
