// The golden files of the inspector (tests/core/inspect/golden/*.md): prose, the input in a code
// block, the expected tree in a code block. They are compared byte for byte.
//
//   ```hex user=... realm=... password=...        an input: hex, candidate, uri or sdp
//   ```text                                       the tree as PrintText() gives it
//   ```json                                       the tree as PrintJson() gives it, optional
//
// A file may have several inputs, each followed by its trees. With KOERU_UPDATE_GOLDEN=1 in the
// environment the test writes the trees into the files instead of comparing: read the diff.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/bytes/hex.h"
#include "core/inspect/candidate_tree.h"
#include "core/inspect/packet_tree.h"
#include "core/inspect/print_json.h"
#include "core/inspect/print_text.h"
#include "core/inspect/sdp_tree.h"
#include "core/inspect/uri_tree.h"

namespace koeru::inspect {
namespace {

// A code block, or the prose between two.
struct Block {
  bool code = false;
  std::string info;
  std::string text;
};

std::vector<Block> BlocksOf(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<Block> blocks(1);
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with("```")) {
      const bool code = !blocks.back().code;
      blocks.push_back({code, code ? line.substr(3) : "", {}});
    } else {
      blocks.back().text += line + "\n";
    }
  }
  EXPECT_FALSE(blocks.back().code) << path << ": a code block is not closed";
  return blocks;
}

void Write(const std::filesystem::path& path, const std::vector<Block>& blocks) {
  std::ofstream file(path);
  for (const Block& block : blocks) {
    if (block.code) {
      file << "```" << block.info << "\n" << block.text << "```\n";
    } else {
      file << block.text;
    }
  }
}

// "hex user=alice realm=example.org" -> "alice" for "user".
std::string Parameter(const std::string& info, const std::string& name) {
  std::istringstream words(info);
  std::string word;
  while (words >> word) {
    if (word.starts_with(name + "=")) return word.substr(name.size() + 1);
  }
  return {};
}

Node TreeOf(const Block& input) {
  std::string line = input.text;
  if (!line.empty()) line.pop_back();  // the line break before the closing fence
  if (input.info.starts_with("candidate")) return InspectCandidate(line);
  if (input.info.starts_with("uri")) return InspectUri(line);
  if (input.info.starts_with("sdp")) return InspectSdp(input.text);
  const auto bytes = FromHex(input.text);
  EXPECT_TRUE(bytes.ok()) << bytes.error().reason << " at " << bytes.error().offset;
  const std::string user = Parameter(input.info, "user");
  const std::string realm = Parameter(input.info, "realm");
  const std::string password = Parameter(input.info, "password");
  return InspectPacket(*bytes, {.credentials = {user, realm, password, !password.empty()}});
}

std::vector<std::filesystem::path> GoldenFiles() {
  std::vector<std::filesystem::path> files;
  const std::filesystem::path folder =
      std::filesystem::path(KOERU_SOURCE_DIR) / "tests/core/inspect/golden";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".md") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

class Golden : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Golden, TreesAreByteForByteAsWritten) {
  std::vector<Block> blocks = BlocksOf(GetParam());
  const bool update = std::getenv("KOERU_UPDATE_GOLDEN") != nullptr;
  size_t compared = 0;
  Node tree;
  for (Block& block : blocks) {
    if (!block.code) continue;
    const bool text = block.info == "text";
    if (!text && block.info != "json") {
      tree = TreeOf(block);
      continue;
    }
    const std::string actual = text ? PrintText(tree) : PrintJson(tree) + "\n";
    if (update) {
      block.text = actual;
    } else {
      EXPECT_EQ(actual, block.text);
    }
    ++compared;
  }
  EXPECT_GT(compared, 0u) << "no tree to compare with";
  if (update) Write(GetParam(), blocks);
}

std::string NameOf(const testing::TestParamInfo<std::filesystem::path>& file) {
  std::string name = file.param.stem();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Inspect, Golden, testing::ValuesIn(GoldenFiles()), NameOf);

}  // namespace
}  // namespace koeru::inspect
