#include "native_server/tools/input.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "core/bytes/escape.h"
#include "core/capture/capture_reader.h"

namespace koeru::tools {
namespace {

constexpr size_t kHeadSize = 4;

// Reads until the end or until `limit` is passed.
bool ReadUpTo(std::FILE* file, size_t limit, std::vector<uint8_t>& bytes) {
  constexpr size_t kChunk = size_t{64} << 10;
  while (bytes.size() <= limit) {
    const size_t before = bytes.size();
    bytes.resize(before + kChunk);
    const size_t got = std::fread(bytes.data() + before, 1, kChunk, file);
    bytes.resize(before + got);
    if (got == 0) return true;
  }
  return false;
}

std::string TooLarge(size_t limit) {
  return "more than " + std::to_string(limit >> 20) +
         " MiB: cut out the part of interest, or save a capture to a file first";
}

// fmemopen() has no closing hook: the bytes stay in the Input beside the FILE.
void OpenPipedCapture(std::FILE* file, Input& input) {
  if (!ReadUpTo(file, kMaxPipedCapture, input.bytes)) {
    input.error = TooLarge(kMaxPipedCapture);
    return;
  }
  input.capture.reset(fmemopen(input.bytes.data(), input.bytes.size(), "rb"));
  if (!input.capture) input.error = std::string("cannot read from memory: ") + std::strerror(errno);
}

// `owned` is null for standard input, which stays open.
void Load(std::FILE* file, FilePointer owned, InputFormat format, Input& input) {
  input.bytes.resize(kHeadSize);
  input.bytes.resize(std::fread(input.bytes.data(), 1, kHeadSize, file));
  const bool capture = format == InputFormat::kCapture ||
                       (format == InputFormat::kAuto && capture::LooksLikeCapture(input.bytes));
  if (std::ferror(file) != 0) {
    input.error = std::string("cannot be read: ") + std::strerror(errno);
  } else if (capture && owned && std::fseek(file, 0, SEEK_SET) == 0) {
    input.capture = std::move(owned);
  } else if (capture && input.bytes.empty()) {
    input.error = "is empty";
  } else if (capture) {
    OpenPipedCapture(file, input);
  } else if (!ReadUpTo(file, kMaxPlainInput, input.bytes)) {
    input.error = TooLarge(kMaxPlainInput);
  }
}

bool IsDirectory(std::FILE* file) {
  struct stat status {};
  return fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode);
}

// Hex digits in several arguments belong together; so do the words of a candidate.
std::string Joined(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) {
    if (!joined.empty()) joined += ' ';
    joined += text;
  }
  return joined;
}

// True for what can be no file's name that somebody meant: a URI, a candidate, hex digits.
bool LooksLikeInput(std::string_view text) {
  return text.find(':') != std::string_view::npos || text.find(' ') != std::string_view::npos ||
         text.find_first_not_of("0123456789abcdefABCDEFx") == std::string_view::npos;
}

}  // namespace

Input OpenInput(const DecodeOptions& options, std::FILE* standard_input) {
  Input input;
  const auto& given = options.inputs;
  if (given.empty() || (given.size() == 1 && given[0] == "-")) {
    input.name = "standard input";
    Load(standard_input, nullptr, options.format, input);
    return input;
  }
  if (given.size() == 1) {
    FilePointer file(std::fopen(given[0].c_str(), "rb"));
    const int why = errno;
    if (file || !LooksLikeInput(given[0])) {
      input.name = Escape(given[0]);
      if (!file) {
        input.error = std::string("cannot be opened (") + std::strerror(why) +
                      "), and it is no hex, candidate or URI either";
      } else if (IsDirectory(file.get())) {
        input.error = "is a directory: name a file in it";
      } else {
        std::FILE* const raw = file.get();
        FilePointer keep = std::move(file);
        Load(raw, std::move(keep), options.format, input);
      }
      return input;
    }
  }
  input.name = "arguments";
  const std::string joined = Joined(given);
  input.bytes.assign(joined.begin(), joined.end());
  return input;
}

}  // namespace koeru::tools
