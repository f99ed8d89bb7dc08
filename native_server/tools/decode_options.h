#pragma once

// What `koeru decode` was asked for.

#include <optional>
#include <string>
#include <vector>

#include "native_server/tools/command.h"

namespace koeru::tools {

enum class InputFormat { kAuto, kHex, kBinary, kCapture, kText };

struct DecodeOptions {
  InputFormat format = InputFormat::kAuto;
  bool json = false;
  bool trees = false;  // of every message in a capture
  bool help = false;
  std::string user;
  std::string realm;
  std::optional<std::string> password;
  std::vector<std::string> inputs;  // a file, or hex, or a line; empty or "-": standard input
};

struct ParsedOptions {
  DecodeOptions options;
  std::string error;  // empty when fine
};

ParsedOptions ParseDecodeOptions(Arguments arguments);

// The text of `koeru decode --help`.
std::string_view DecodeHelp();

}  // namespace koeru::tools
