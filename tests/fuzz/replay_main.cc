// Runs a fuzzer over its seeds, without libFuzzer: each file as it is and every truncation of it.
//
//   fuzz_NAME DIRECTORY-OR-FILE...

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

// Truncations of larger seeds are sampled: 64 KB have too many to try all of them in a test.
constexpr size_t kMaxTruncations = 2048;

void Run(const std::vector<uint8_t>& input, size_t size) {
  // A copy of the exact size lets a sanitizer see the first byte too far.
  const std::vector<uint8_t> part(input.begin(), input.begin() + static_cast<std::ptrdiff_t>(size));
  LLVMFuzzerTestOneInput(part.data(), part.size());
}

bool ReplayFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "%s cannot be read\n", path.c_str());
    return false;
  }
  const std::vector<uint8_t> input{std::istreambuf_iterator<char>(file), {}};
  std::fprintf(stderr, "%s: %zu bytes\n", path.filename().c_str(), input.size());
  Run(input, input.size());
  const size_t step = input.size() / kMaxTruncations + 1;
  for (size_t size = 0; size < input.size(); size += step) Run(input, size);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  size_t files = 0;
  for (int i = 1; i < argc; ++i) {
    const std::filesystem::path path = argv[i];
    if (!std::filesystem::is_directory(path)) {
      if (!ReplayFile(path)) return 1;
      ++files;
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      if (!entry.is_regular_file()) continue;
      if (!ReplayFile(entry.path())) return 1;
      ++files;
    }
  }
  if (files == 0) {
    std::fprintf(stderr, "no seeds: name a directory such as tests/fuzz/corpus/NAME\n");
    return 1;
  }
  return 0;
}
