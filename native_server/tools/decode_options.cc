#include "native_server/tools/decode_options.h"

#include <array>
#include <fstream>

#include "core/bytes/escape.h"
#include "core/bytes/nearest_name.h"

namespace koeru::tools {
namespace {

// One row an option: its name, and what its value is called (empty for a switch).
struct Row {
  std::string_view name;
  std::string_view value_name;
  // Returns an error, or nothing.
  std::string (*apply)(std::string_view value, DecodeOptions& options);
};

std::string SetFormat(std::string_view value, DecodeOptions& options) {
  constexpr std::array<std::string_view, 4> kNames = {"hex", "binary", "pcap", "text"};
  constexpr InputFormat kFormats[] = {InputFormat::kHex, InputFormat::kBinary,
                                      InputFormat::kCapture, InputFormat::kText};
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (value == kNames[i]) {
      options.format = kFormats[i];
      return {};
    }
  }
  return "--format is one of hex, binary, pcap, text, not '" + Escape(value) + "'";
}

std::string ReadPassword(std::string_view path, DecodeOptions& options) {
  std::ifstream file{std::string(path)};
  std::string line;
  if (!std::getline(file, line)) {
    return "--password-file: cannot read a line of '" + Escape(path) +
           "': name a file with the password in its first line";
  }
  options.password = line;
  return {};
}

constexpr std::array<Row, 8> kRows = {{
    {"--format", "FORMAT", &SetFormat},
    {"--user", "NAME",
     [](std::string_view value, DecodeOptions& o) {
       o.user = value;
       return std::string();
     }},
    {"--password", "TEXT",
     [](std::string_view value, DecodeOptions& o) {
       o.password = value;
       return std::string();
     }},
    {"--password-file", "FILE", &ReadPassword},
    {"--realm", "TEXT",
     [](std::string_view value, DecodeOptions& o) {
       o.realm = value;
       return std::string();
     }},
    {"--json", "",
     [](std::string_view, DecodeOptions& o) {
       o.json = true;
       return std::string();
     }},
    {"--tree", "",
     [](std::string_view, DecodeOptions& o) {
       o.trees = true;
       return std::string();
     }},
    {"--help", "",
     [](std::string_view, DecodeOptions& o) {
       o.help = true;
       return std::string();
     }},
}};

std::string UnknownOption(std::string_view name) {
  std::array<std::string_view, kRows.size()> names;
  for (size_t i = 0; i < kRows.size(); ++i) names[i] = kRows[i].name;
  const std::string_view nearest = NearestName(name, names);
  return "there is no option " + Escape(name) +
         (nearest.empty() ? "; `koeru decode --help` lists them"
                          : "; did you mean " + std::string(nearest) + "?");
}

const Row* FindRow(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace

ParsedOptions ParseDecodeOptions(Arguments arguments) {
  ParsedOptions parsed;
  bool only_inputs = false;  // behind "--"
  for (size_t i = 0; i < arguments.size() && parsed.error.empty(); ++i) {
    const std::string_view argument = arguments[i];
    if (only_inputs || argument == "-" || !argument.starts_with('-')) {
      parsed.options.inputs.emplace_back(argument);
      continue;
    }
    if (argument == "--") {
      only_inputs = true;
      continue;
    }
    const size_t equals = argument.find('=');
    const std::string_view name = argument == "-h" ? "--help" : argument.substr(0, equals);
    const Row* row = FindRow(name);
    if (row == nullptr) {
      parsed.error = UnknownOption(name);
    } else if (row->value_name.empty()) {
      if (equals == std::string_view::npos) {
        parsed.error = row->apply({}, parsed.options);
      } else {
        parsed.error = std::string(name) + " takes no value: remove '=' and what follows";
      }
    } else if (equals != std::string_view::npos) {
      parsed.error = row->apply(argument.substr(equals + 1), parsed.options);
    } else if (i + 1 < arguments.size()) {
      parsed.error = row->apply(arguments[++i], parsed.options);
    } else {
      parsed.error = std::string(name) + " needs a value: " + std::string(name) + " " +
                     std::string(row->value_name);
    }
  }
  const DecodeOptions& options = parsed.options;
  if (parsed.error.empty() && !options.password && !(options.user + options.realm).empty()) {
    parsed.error =
        "--user and --realm need a password: add --password TEXT or --password-file FILE";
  }
  return parsed;
}

std::string_view DecodeHelp() {
  return "usage: koeru decode [OPTIONS] [FILE | HEX... | LINE]\n"
         "\n"
         "Shows what is in STUN and TURN messages, ChannelData, DTLS and RTP headers, session\n"
         "descriptions, ICE candidates, stun: and turn: URIs, and captures of calls (pcap,\n"
         "pcapng). Reads a file, what the arguments say, or standard input, and finds out by\n"
         "itself what it is.\n"
         "\n"
         "  koeru decode call.pcapng --user alice --password-file secret.txt\n"
         "  koeru decode 000100002112a442000102030405060708090a0b\n"
         "  koeru decode 'candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host'\n"
         "\n"
         "  --format FORMAT       hex, binary, pcap or text, when the guess is wrong\n"
         "  --json                JSON instead of text\n"
         "  --tree                of a capture: every message in full, besides the ladder\n"
         "  --user NAME           with a password: check integrity with the long-term key,\n"
         "                        realm from the messages\n"
         "  --realm TEXT          the realm, when the messages do not have it\n"
         "  --password TEXT       alone: check with the short-term key (ICE). Others on this\n"
         "                        machine can see it in the list of processes\n"
         "  --password-file FILE  the same, from the first line of a file\n"
         "\n"
         "Exit code: 0 something was found, 1 nothing was found, 2 bad input or usage.\n";
}

}  // namespace koeru::tools
