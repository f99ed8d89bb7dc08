#pragma once

// A command of `koeru` as a call: arguments and standard input in, exit code and texts out.

#include <string>
#include <string_view>
#include <vector>

#include "native_server/tools/command.h"
#include "native_server/tools/input.h"

namespace koeru::tools {

struct CommandOutcome {
  int code = -1;
  std::string out;
  std::string err;
};

inline std::string ContentsOf(std::FILE* file) {
  std::rewind(file);
  std::string text;
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) text += static_cast<char>(c);
  return text;
}

inline CommandOutcome RunCommand(int (*run)(Arguments, const CommandIo&),
                                 const std::vector<std::string>& arguments,
                                 std::string_view standard_input = {}) {
  const FilePointer in(std::tmpfile());
  const FilePointer out(std::tmpfile());
  const FilePointer err(std::tmpfile());
  Put(in.get(), standard_input);
  std::rewind(in.get());
  const std::vector<std::string_view> views(arguments.begin(), arguments.end());
  const int code = run(views, {in.get(), out.get(), err.get()});
  return {code, ContentsOf(out.get()), ContentsOf(err.get())};
}

}  // namespace koeru::tools
