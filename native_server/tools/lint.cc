#include "native_server/tools/lint.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include "core/bytes/escape.h"
#include "core/sdp/checks/lint.h"
#include "native_server/tools/input.h"

namespace koeru::tools {
namespace {

constexpr std::string_view kHelp =
    "usage: koeru lint [OPTIONS] FILE...\n"
    "\n"
    "Says what is wrong in session descriptions (SDP): what browsers reject, what the RFCs forbid\n"
    "and what contradicts itself. A FILE of '-' is standard input.\n"
    "\n"
    "  koeru lint --type offer offer.sdp\n"
    "  offer.sdp:18:1: error: no a=rtcp-mux: ... [rtcp-mux-missing]\n"
    "\n"
    "  --strict      judge by the RFCs; otherwise by what Chromium and Firefox take\n"
    "  --type TYPE   offer or answer: some rules are for one of them only\n"
    "  --rules       print the table of rules, and end\n"
    "\n"
    "Exit code: 0 no errors, 1 errors, 2 bad usage or a file that cannot be read.\n";

struct Options {
  sdp::Mode mode = sdp::Mode::kLenient;
  sdp::DescriptionType type = sdp::DescriptionType::kUnknown;
  bool help = false;
  bool rules = false;
  std::vector<std::string> files;
  std::string error;
};

void SetType(std::string_view name, Options& options) {
  if (name == "offer") {
    options.type = sdp::DescriptionType::kOffer;
  } else if (name == "answer") {
    options.type = sdp::DescriptionType::kAnswer;
  } else {
    options.error = "--type is offer or answer, not '" + Escape(name) + "'";
  }
}

Options ParseOptions(Arguments arguments) {
  constexpr std::string_view kType = "--type";
  Options options;
  for (size_t i = 0; i < arguments.size() && options.error.empty(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--strict") {
      options.mode = sdp::Mode::kStrict;
    } else if (argument == kType && i + 1 < arguments.size()) {
      SetType(arguments[++i], options);
    } else if (argument.starts_with("--type=")) {
      SetType(argument.substr(kType.size() + 1), options);
    } else if (argument == "--rules") {
      options.rules = true;
    } else if (argument == "--help" || argument == "-h") {
      options.help = true;
    } else if (argument.size() > 1 && argument.starts_with('-')) {
      options.error = argument == kType ? "--type needs a value: --type offer"
                                        : "there is no option " + Escape(argument) +
                                              "; `koeru lint --help` lists them";
    } else {
      options.files.emplace_back(argument);
    }
  }
  if (options.error.empty() && options.files.empty() && !options.help && !options.rules) {
    options.error = "name a file with a session description, or '-' for standard input";
  }
  return options;
}

// What is wrong with the file itself, or nothing.
std::string ReadAll(std::FILE* file, std::string& text) {
  char chunk[65536];
  while (text.size() <= kMaxPlainInput) {
    const size_t got = std::fread(chunk, 1, sizeof(chunk), file);
    text.append(chunk, got);
    if (got == 0) {
      return std::ferror(file) == 0 ? "" : std::string("cannot be read: ") + std::strerror(errno);
    }
  }
  return "is larger than 16 MiB, and so no session description";
}

std::string ReadFile(const std::string& name, std::FILE* standard_input, std::string& text) {
  if (name == "-") return ReadAll(standard_input, text);
  const FilePointer file(std::fopen(name.c_str(), "rb"));
  if (!file) return std::string("cannot be opened: ") + std::strerror(errno);
  return ReadAll(file.get(), text);
}

bool PrintFindings(const std::string& name, std::string_view text, const Options& options,
                   std::FILE* out) {
  const std::string shown = name == "-" ? "standard input" : Escape(name);
  bool has_errors = false;
  for (const sdp::Finding& finding :
       sdp::Lint(sdp::Document::Parse(text), options.mode, options.type)) {
    has_errors = has_errors || finding.severity == sdp::Severity::kError;
    Put(out, shown + ":" + std::to_string(finding.line) + ":" + std::to_string(finding.column) +
                 ": " + std::string(sdp::SeverityName(finding.severity)) + ": " + finding.message +
                 " [" + std::string(finding.rule) + "]\n");
  }
  return has_errors;
}

// Markdown, for the docs.
void PrintRules(std::FILE* out) {
  constexpr std::string_view kRejecters[] = {"", "Chromium", "Firefox", "both"};
  Put(out,
      "| rule | strict | lenient | rejected by | RFC | finding |\n"
      "|---|---|---|---|---|---|\n");
  for (const sdp::Rule& rule : sdp::Rules()) {
    std::string row = "| " + std::string(rule.name) + " | ";
    row += std::string(sdp::SeverityName(rule.strict)) + " | ";
    row += std::string(sdp::SeverityName(rule.lenient)) + " | ";
    row += std::string(kRejecters[static_cast<size_t>(rule.browsers)]) + " | ";
    row += std::string(rule.rfc.empty() ? "the line's" : rule.rfc) + " | ";
    Put(out, row + std::string(rule.text) + " |\n");
  }
}

}  // namespace

int RunLint(Arguments arguments, const CommandIo& io) {
  const Options options = ParseOptions(arguments);
  if (!options.error.empty()) {
    Put(io.err, "koeru lint: " + options.error + "\n");
    return kExitBadInput;
  }
  if (options.help) {
    Put(io.out, kHelp);
    return kExitOk;
  }
  if (options.rules) {
    PrintRules(io.out);
    return kExitOk;
  }
  int code = kExitOk;
  for (const std::string& name : options.files) {
    std::string text;
    if (const std::string error = ReadFile(name, io.in, text); !error.empty()) {
      Put(io.err, "koeru lint: " + Escape(name) + ": " + error + "\n");
      return kExitBadInput;
    }
    if (PrintFindings(name, text, options, io.out)) code = kExitErrorsFound;
  }
  return code;
}

}  // namespace koeru::tools
