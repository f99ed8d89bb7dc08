#include "native_server/tools/check/check_options.h"

#include "native_server/tools/word_options.h"

namespace koeru::tools {

std::string ParseCheckOptions(Arguments arguments, CheckOptions& options) {
  const WordOption rows[] = {
      {"--user", "NAME", Text(options.user)},
      {"--password-file", "FILE", Text(options.password_file)},
      {"--secret-file", "FILE", Text(options.secret_file)},
      {"--ca-file", "FILE", Text(options.ca_file)},
      {"--dns", "ADDRESS:PORT", AddressAndPort(options.dns)},
      {"--echo-peer", "ADDRESS:PORT", AddressAndPort(options.echo_peer)},
      {"--media", "URL", Text(options.media_text)},
      {"--timeout", "SECONDS", Number(options.timeout_s, 1, 60)},
      {"--rate", "KBITS", Number(options.rate_kbps, 0, 20'000)},
      {"--json", "", Switch(options.json)},
      {"--help", "", Switch(options.help)},
  };
  std::string error = ParseWords(arguments, "check", rows, options.uris);
  if (!error.empty() || options.help) return error;
  if (options.uris.empty()) return "name a server: koeru check turn:turn.example.org";
  if (options.password_file && options.secret_file) {
    return "--password-file and --secret-file are two ways to one password: keep one of them";
  }
  if (options.password_file && options.user.empty()) {
    return "--password-file needs a name: add --user NAME";
  }
  if (!options.media_text.empty()) {
    options.media = ParseCallUrl(options.media_text);
    if (!options.media) return "--media is the wss: URL of a koeru-relay: wss://relay.example.org/";
  }
  return {};
}

std::string_view CheckHelp() {
  return "usage: koeru check [OPTIONS] URI...\n"
         "\n"
         "Tests STUN and TURN servers from outside, as a client: names, ports, certificates,\n"
         "credentials, data through the relay, packet size, loss, delay and throughput. Says what\n"
         "is wrong and what to change. A URI is stun:, stuns:, turn: or turns:host[:port], with\n"
         "?transport=udp or tcp to test that one way only; turn:host alone tests UDP, TCP, TLS\n"
         "and DTLS.\n"
         "\n"
         "  koeru check turn:turn.example.org --secret-file secret.txt\n"
         "  koeru check 'turns:turn.example.org:443?transport=tcp' --user anna\n"
         "\n"
         "  --user NAME           of the credentials; the password is asked for\n"
         "  --password-file FILE  the password, from the first line of a file\n"
         "  --secret-file FILE    the server's static-auth-secret: makes a time-limited\n"
         "                        credential (for an hour) of it\n"
         "  --ca-file FILE        authorities to trust, in PEM, instead of the system's\n"
         "  --dns ADDRESS:PORT    the DNS server to ask, instead of the system's\n"
         "  --echo-peer ADDRESS:PORT\n"
         "                        a UDP echo service, to be reached through the relay; otherwise\n"
         "                        two allocations send to each other\n"
         "  --media URL           wss://HOST[:PORT]/ of a koeru-relay with a media peer: makes a\n"
         "                        call to it through the server (koeru call), over each transport\n"
         "  --timeout SECONDS     how long each step may take (5)\n"
         "  --rate KBITS          of the throughput test, in kbit/s for two seconds (1000); 0: "
         "none\n"
         "  --json                JSON instead of text (names: "
         "native_server/tools/check/README.md)\n"
         "\n"
         "Exit code: 0 good, 1 something is wrong, 2 bad usage.\n";
}

}  // namespace koeru::tools
