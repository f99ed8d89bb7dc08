#include "native_server/config/help.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "native_server/config/option_table.h"

namespace koeru::server {
namespace {

std::string_view ValueName(Kind kind) {
  switch (kind) {
    case Kind::kFlag:
      return "";
    case Kind::kNumber:
      return "N";
    case Kind::kPort:
      return "PORT";
    case Kind::kSeconds:
      return "SECONDS";
    case Kind::kBytes:
      return "BYTES";
    case Kind::kText:
      return "TEXT";
    case Kind::kSecret:
      return "SECRET";
    case Kind::kAddress:
      return "IP";
    case Kind::kFile:
      return "PATH";
  }
  return "";
}

std::string Synopsis(const Option& option) {
  std::string text;
  if (option.letter != 0) absl::StrAppend(&text, "-", std::string_view(&option.letter, 1), ", ");
  absl::StrAppend(&text, "--", option.name);
  if (option.kind != Kind::kFlag) absl::StrAppend(&text, "=", ValueName(option.kind));
  return text;
}

std::string Description(const Option& option) {
  std::string text(option.help);
  if (!option.default_text.empty()) absl::StrAppend(&text, " (default: ", option.default_text, ")");
  if (option.list) absl::StrAppend(&text, "; may be repeated");
  if (option.live) absl::StrAppend(&text, "; SIGHUP changes it");
  return text;
}

// Breaks at spaces; further lines are indented by `indent`.
std::string Wrapped(std::string_view text, size_t indent, size_t width) {
  std::string out;
  size_t column = indent;
  while (!text.empty()) {
    const size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    if (column > indent && column + 1 + word.size() > width) {
      absl::StrAppend(&out, "\n", std::string(indent, ' '));
      column = indent;
    }
    absl::StrAppend(&out, column > indent ? " " : "", word);
    column += word.size() + 1;
    text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
  }
  return out;
}

template <typename Visit>
void ForEachByGroup(Support support, Visit visit) {
  const Option* previous = nullptr;
  for (const Option& option : OptionTable()) {
    if (option.support != support) continue;
    visit(option, previous == nullptr || previous->group != option.group);
    previous = &option;
  }
}

std::string_view StatusName(Support support) {
  switch (support) {
    case Support::kHere:
      return "works";
    case Support::kNotYet:
      return "not yet";
    case Support::kNoEffect:
      return "no effect";
    case Support::kRefused:
      return "refused";
  }
  return "";
}

// A dash that is no hyphen, and a backslash that is no escape.
std::string Troff(std::string_view text) {
  return absl::StrReplaceAll(text, {{"\\", "\\e"}, {"-", "\\-"}});
}

}  // namespace

std::string HelpText() {
  std::string text =
      "koeru-relay: a STUN and TURN server (RFC 8489, RFC 8656) that also serves a page,\n"
      "signalling and TURN credentials over HTTPS.\n\n"
      "  koeru-relay --demo                     a first try, all in one\n"
      "  koeru-relay -c /etc/turnserver.conf    with a configuration file\n\n"
      "Options stand in the file without dashes, as name=value, or on the command line, which\n"
      "wins. Flags take yes or no.\n\n"
      "  -c FILE                     read this configuration file; none is read otherwise\n"
      "  -h, --help                  this text; --help=man a manual page, --help=markdown a "
      "table,\n"
      "                              --help=completion for bash\n"
      "  --check-config              print the effective configuration, what is wrong with it and\n"
      "                              what it risks, start nothing; ends with 0 if it would start\n"
      "  --version                   the version\n";
  ForEachByGroup(Support::kHere, [&](const Option& option, bool first) {
    if (first) absl::StrAppend(&text, "\n", GroupTitle(option.group), ":\n");
    std::string left = absl::StrCat("  ", Synopsis(option), "  ");
    if (left.size() < 30) {
      left.append(30 - left.size(), ' ');
    } else {
      left.append("\n").append(30, ' ');
    }
    absl::StrAppend(&text, left, Wrapped(Description(option), 30, 100), "\n");
  });
  absl::StrAppend(&text,
                  "\nOther names of coturn's are known, too: each of them says what becomes "
                  "of it.\n");
  return text;
}

std::string ManualPage() {
  std::string text =
      ".TH KOERU-RELAY 1\n.SH NAME\nkoeru-relay \\- STUN and TURN server with page, signalling and "
      "credentials over HTTPS\n.SH SYNOPSIS\n.B koeru-relay\n[\\-c FILE] [OPTIONS]\n"
      ".SH DESCRIPTION\nReads coturn's turnserver.conf and takes coturn's long options. Nothing is "
      "skipped in silence: what is unknown, wrong or not there yet stops the start with a message "
      "that names the place and the remedy.\n.SH OPTIONS\n";
  ForEachByGroup(Support::kHere, [&](const Option& option, bool first) {
    if (first) absl::StrAppend(&text, ".SS ", GroupTitle(option.group), "\n");
    absl::StrAppend(&text, ".TP\n.B ", Troff(Synopsis(option)), "\n", Troff(Description(option)),
                    "\n");
  });
  absl::StrAppend(&text,
                  ".SH SIGNALS\n.TP\n.B SIGTERM, SIGINT\nEnd all allocations and exit; the "
                  "second one exits at once.\n.TP\n.B SIGHUP\nOpen the log file anew and "
                  "read the configuration again; all of it counts or nothing does.\n.TP\n"
                  ".B SIGUSR1\nDrain: no new allocations; exit when the last one has ended, "
                  "or after drain\\-timeout.\n.TP\n.B SIGUSR2\nRead certificates again.\n");
  return text;
}

std::string OptionsTable() {
  std::string text =
      "| option | short | status | what it does, or what to do instead |\n"
      "|---|---|---|---|\n";
  const Option* previous = nullptr;
  for (const Option& option : OptionTable()) {
    if (previous == nullptr || previous->group != option.group) {
      absl::StrAppend(&text, "| **", GroupTitle(option.group), "** | | | |\n");
    }
    previous = &option;
    const std::string letter =
        option.letter == 0 ? "" : absl::StrCat("`-", std::string_view(&option.letter, 1), "`");
    absl::StrAppend(
        &text, "| `", option.name, "` | ", letter, " | ", StatusName(option.support), " | ",
        option.support == Support::kHere ? Description(option) : std::string(option.help), " |\n");
  }
  return text;
}

std::string Completion() {
  std::string words = "--help --version --check-config", files;
  for (const Option& option : OptionTable()) {
    if (option.support != Support::kHere) continue;
    absl::StrAppend(&words, " --", option.name, option.kind == Kind::kFlag ? "" : "=");
    if (option.kind == Kind::kFile) absl::StrAppend(&files, "|--", option.name);
  }
  // bash takes '=' for a word of its own.
  return absl::StrCat(
      "# bash completion for koeru-relay, made by koeru-relay --help=completion\n"
      "_koeru_relay() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  if [[ $word == = ]]; then word=; elif [[ $option == = ]]; then\n"
      "    option=${COMP_WORDS[COMP_CWORD-2]}\n"
      "  fi\n"
      "  case $option in -c",
      files,
      ")\n"
      "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return ;;\n"
      "  esac\n"
      "  mapfile -t COMPREPLY < <(compgen -W '",
      words,
      "' -- \"$word\")\n"
      "  [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null\n"
      "}\n"
      "complete -F _koeru_relay koeru-relay\n");
}

}  // namespace koeru::server
