#include "native_server/tools/capture_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "core/capture/capture_reader.h"

namespace koeru::tools {
namespace {

std::vector<std::filesystem::path> Captures() {
  std::vector<std::filesystem::path> paths = {
      KOERU_SOURCE_DIR "/tests/vectors/turn-coturn-4.6.1.pcap",
      KOERU_SOURCE_DIR "/tests/vectors/turn-coturn-4.6.1.pcapng"};
  for (const auto& entry :
       std::filesystem::directory_iterator(KOERU_SOURCE_DIR "/tests/fuzz/corpus/pcap")) {
    paths.push_back(entry.path());
  }
  return paths;
}

// The page's reader against libpcap's, with every capture in the tree.
TEST(CaptureFile, LibpcapAndOurOwnReaderSeeTheSamePackets) {
  size_t count = 0;
  for (const auto& path : Captures()) {
    std::ifstream file(path, std::ios::binary);
    const std::vector<uint8_t> bytes{std::istreambuf_iterator<char>(file), {}};
    capture::CaptureReader ours(bytes);
    CaptureFile theirs;
    ASSERT_TRUE(theirs.Open(std::fopen(path.c_str(), "rb"))) << path << theirs.error();
    while (const auto expected = theirs.Next()) {
      const auto packet = ours.Next();
      ASSERT_TRUE(packet) << path << (ours.error() ? ours.error()->reason : "ended");
      ++count;
      EXPECT_EQ(packet->time_ns, static_cast<uint64_t>(expected->time_ns)) << path;
      EXPECT_EQ(packet->cut, expected->cut) << path;
      EXPECT_TRUE(std::equal(packet->bytes.begin(), packet->bytes.end(), expected->bytes.begin(),
                             expected->bytes.end()))
          << path;
    }
    EXPECT_FALSE(ours.Next()) << path;
    EXPECT_EQ(ours.error().has_value(), !theirs.error().empty()) << path;
  }
  EXPECT_GT(count, 20u);
}

}  // namespace
}  // namespace koeru::tools
