#include "native_server/tools/load/load_options.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/bytes/escape.h"
#include "native_server/tools/load/load_stats.h"
#include "native_server/tools/word_options.h"

namespace koeru::tools {
namespace {

constexpr int kLargest = 1400;

// "160:70,1200:30"
std::string SetMix(std::string_view value, std::vector<SizeShare>& sizes) {
  sizes.clear();
  for (const std::string_view entry : absl::StrSplit(value, ',')) {
    const std::vector<std::string_view> words = absl::StrSplit(entry, ':');
    int size = 0, parts = 0;
    if (words.size() != 2 || !absl::SimpleAtoi(words[0], &size) ||
        !absl::SimpleAtoi(words[1], &parts) || size < static_cast<int>(kLoadHeader) ||
        size > kLargest || parts < 1 || parts > 1000) {
      return absl::StrCat("is SIZE:PARTS,SIZE:PARTS with sizes of ", kLoadHeader, " to ", kLargest,
                          " bytes, as 160:70,1200:30, not '", Escape(value), "'");
    }
    sizes.push_back({static_cast<size_t>(size), parts});
  }
  return {};
}

std::string SetSize(std::string_view value, std::vector<SizeShare>& sizes) {
  int size = 0;
  const std::string error = Number(size, static_cast<int>(kLoadHeader), kLargest)(value);
  if (error.empty()) sizes = {{static_cast<size_t>(size), 1}};
  return error;
}

}  // namespace

std::string ParseLoadOptions(Arguments arguments, LoadOptions& options) {
  std::vector<std::string> uris;
  const WordOption rows[] = {
      {"--user", "NAME", Text(options.user)},
      {"--password-file", "FILE", Text(options.password_file)},
      {"--secret-file", "FILE", Text(options.secret_file)},
      {"--ca-file", "FILE", Text(options.ca_file)},
      {"--dns", "ADDRESS:PORT", AddressAndPort(options.dns)},
      {"--allocations", "N", Number(options.allocations, 1, 10'000)},
      {"--peers", "N", Number(options.peers, 1, 64)},
      {"--rate", "PPS", Number(options.rate_pps, 1, 200'000)},
      {"--size", "BYTES", [&](std::string_view v) { return SetSize(v, options.sizes); }},
      {"--mix", "SIZE:PARTS,...", [&](std::string_view v) { return SetMix(v, options.sizes); }},
      // Permissions last 300 s and are not made anew.
      {"--duration", "SECONDS", Number(options.duration_s, 1, 240)},
      {"--i-may-load-this-server", "", Switch(options.may_load_this_server)},
      {"--json", "", Switch(options.json)},
      {"--help", "", Switch(options.help)},
  };
  std::string error = ParseWords(arguments, "load", rows, uris);
  if (!error.empty() || options.help) return error;
  if (uris.size() != 1) return "name one server: koeru load turn:127.0.0.1 --user anna";
  options.uri = uris.front();
  if (options.password_file && options.secret_file) {
    return "--password-file and --secret-file are two ways to one password: keep one of them";
  }
  return {};
}

std::string_view LoadHelp() {
  return "usage: koeru load [OPTIONS] URI\n"
         "\n"
         "Sends packets through a TURN server and back: allocations of ours, channels to peers of\n"
         "ours on this machine, which send each packet back. One line each second, a table at the\n"
         "end; Ctrl-C ends early. The server must take this machine's address as a peer\n"
         "(allow-loopback-peers, allowed-peer-ip).\n"
         "\n"
         "  koeru load 'turn:127.0.0.1?transport=udp' --user anna --allocations 50 --rate 5000\n"
         "\n"
         "  --user NAME           of the credentials; the password is asked for\n"
         "  --password-file FILE  the password, from the first line of a file\n"
         "  --secret-file FILE    the server's static-auth-secret\n"
         "  --ca-file FILE        authorities to trust, in PEM; without it none is needed\n"
         "  --dns ADDRESS:PORT    the DNS server to ask, instead of the system's\n"
         "  --allocations N       one client and one socket each (10)\n"
         "  --peers N             sockets that send back; each client has a channel to each (1)\n"
         "  --rate PPS            packets in a second, of all clients together (1000)\n"
         "  --size BYTES          of payload (160)\n"
         "  --mix SIZE:PARTS,...  several sizes: 160:70,1200:30\n"
         "  --duration SECONDS    at most 240 (10)\n"
         "  --json                a JSON report instead of the table\n"
         "  --i-may-load-this-server\n"
         "                        needed for a server that is not on loopback or private "
         "addresses\n"
         "\n"
         "Exit code: 0 packets came back, 1 none did or the server refused, 2 bad usage.\n";
}

}  // namespace koeru::tools
