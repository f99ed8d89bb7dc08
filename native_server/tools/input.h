#pragma once

// Where `koeru decode` reads from: a file, standard input, or the arguments themselves.

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "core/bytes/reader.h"
#include "native_server/tools/decode_options.h"

namespace koeru::tools {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FilePointer = std::unique_ptr<std::FILE, FileCloser>;

struct Input {
  std::string name;            // as messages call it, safe to show
  std::vector<uint8_t> bytes;  // all of it, unless `capture` is set
  FilePointer capture;         // a capture file, positioned at its start
  std::string error;           // empty when fine
};

// What is not a capture is read whole; more than this is refused.
inline constexpr size_t kMaxPlainInput = size_t{16} << 20;
// A capture from a pipe is kept in memory; from a file it is read packet by packet.
inline constexpr size_t kMaxPipedCapture = size_t{1} << 30;

// `text` is one argument: a file's name, or else the input itself (hex, a candidate, a URI).
Input OpenInput(const DecodeOptions& options, std::FILE* standard_input);

}  // namespace koeru::tools
