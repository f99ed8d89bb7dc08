#pragma once

// The `koeru` program: one file for each subcommand, and one table of them (commands.cc).
//
//   koeru decode call.pcap
//   koeru --help
//
// A command gets its own arguments (without "koeru" and its name) and three streams, so that tests
// run it without a process. It returns the exit code: 0 done, 1 done but nothing found, 2 bad input
// or usage (said on `err`, with the place and the remedy).

#include <cstdio>
#include <span>
#include <string>
#include <string_view>

namespace koeru::tools {

inline constexpr int kExitOk = 0;
inline constexpr int kExitNothingFound = 1;
inline constexpr int kExitBadInput = 2;

struct CommandIo {
  std::FILE* in = stdin;
  std::FILE* out = stdout;
  std::FILE* err = stderr;
};

using Arguments = std::span<const std::string_view>;

struct Command {
  std::string_view name;
  std::string_view summary;  // one line for --help
  int (*run)(Arguments arguments, const CommandIo& io);
};

// Ordered as --help lists them.
std::span<const Command> Commands();

// What main() does: finds the command, or answers --help and --version, or says what is wrong.
int RunKoeru(Arguments arguments, const CommandIo& io);

inline void Put(std::FILE* file, std::string_view text) {
  if (!text.empty()) std::fwrite(text.data(), 1, text.size(), file);
}

}  // namespace koeru::tools
