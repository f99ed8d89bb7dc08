#include "native_server/tools/call/call_options.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/bytes/escape.h"
#include "core/ice/uri.h"
#include "native_server/tools/call/call_way.h"
#include "native_server/tools/word_options.h"

namespace koeru::tools {
namespace {

// The one of `all` whose name is `text`.
template <typename Choice, size_t kCount>
std::function<std::string(std::string_view)> OneOf(Choice& target, std::array<Choice, kCount> all) {
  return [&target, all](std::string_view text) -> std::string {
    std::string names;
    for (const Choice one : all) {
      if (NameOf(one) == text) {
        target = one;
        return {};
      }
      absl::StrAppend(&names, names.empty() ? "" : ", ", NameOf(one));
    }
    return absl::StrCat("is one of ", names, ", not '", Escape(text), "'");
  };
}

// The transport is the URI's. What is wrong, or nothing.
std::string TakeTurnUri(CallOptions& options) {
  if (options.turn_uri.empty()) return {};
  if (options.via != CallVia::kDirect) return "--turn names the transport: leave out --via";
  const auto uri = ice::Uri::Parse(options.turn_uri);
  if (!uri.ok() || !uri->is_turn()) {
    return absl::StrCat("--turn: '", Escape(options.turn_uri),
                        "' is no turn: or turns: URI, such as turn:turn.example.org?transport=tcp");
  }
  // RFC 7065 section 3.1: without a transport turns: is TLS.
  const bool is_udp = uri->transport == ice::UriTransport::kUdp;
  if (uri->scheme == ice::Scheme::kTurns) {
    options.via = is_udp && uri->transport_given ? CallVia::kDtls : CallVia::kTls;
  } else {
    options.via = is_udp ? CallVia::kUdp : CallVia::kTcp;
  }
  return {};
}

}  // namespace

std::optional<CallUrl> ParseCallUrl(std::string_view text) {
  if (!absl::ConsumePrefix(&text, "wss://") && !absl::ConsumePrefix(&text, "https://")) {
    return std::nullopt;
  }
  const std::string_view authority = text.substr(0, text.find_first_of("/?#"));
  // RFC 3986's host and port are those of RFC 7065.
  const std::string turn = absl::StrCat("turns:", authority);
  const auto uri = ice::Uri::Parse(turn);
  if (!uri.ok()) return std::nullopt;
  return CallUrl{std::string(uri->host.text), uri->port_given ? uri->port : uint16_t{443}};
}

std::string ParseCallOptions(Arguments arguments, CallOptions& options) {
  std::vector<std::string> urls;
  const WordOption rows[] = {
      {"--mode", "MODE",
       OneOf(options.mode,
             std::array{CallMode::kEcho, CallMode::kDelay, CallMode::kSink, CallMode::kSource})},
      {"--via", "WAY",
       OneOf(options.via,
             std::array{CallVia::kDirect, CallVia::kUdp, CallVia::kTcp, CallVia::kTls})},
      {"--turn", "URI", Text(options.turn_uri)},
      {"--seconds", "N", Number(options.seconds, 1, CallWay::kMostSeconds)},
      {"--bitrate", "KBIT", Number(options.bitrate_kbps, 10, 20'000)},
      {"--calls", "N", Number(options.calls, 1, 1000)},
      {"--no-audio", "", Switch(options.no_audio)},
      {"--no-video", "", Switch(options.no_video)},
      {"--no-data", "", Switch(options.no_data)},
      {"--user", "NAME", Text(options.user)},
      {"--password-file", "FILE", Text(options.password_file)},
      {"--secret-file", "FILE", Text(options.secret_file)},
      {"--ca-file", "FILE", Text(options.ca_file)},
      {"--insecure", "", Switch(options.insecure)},
      {"--dns", "ADDRESS:PORT", AddressAndPort(options.dns)},
      {"--timeout", "SECONDS", Number(options.timeout_s, 1, 60)},
      {"--json", "", Switch(options.json)},
      {"--help", "", Switch(options.help)},
  };
  std::string error = ParseWords(arguments, "call", rows, urls);
  if (!error.empty() || options.help) return error;
  if (urls.size() != 1) return "name one server: koeru call wss://relay.example.org/";
  const auto url = ParseCallUrl(urls[0]);
  if (!url) {
    return absl::StrCat("'", Escape(urls[0]),
                        "' is no address of a server: write wss://HOST:PORT/");
  }
  options.url = *url;
  options.url_text = urls[0];
  if (std::string problem = TakeTurnUri(options); !problem.empty()) return problem;
  if (options.password_file && options.secret_file) {
    return "--password-file and --secret-file are two ways to one password: keep one of them";
  }
  if (options.password_file && options.user.empty()) {
    return "--password-file needs a name: add --user NAME";
  }
  if (!options.ca_file.empty() && options.insecure) {
    return "--insecure trusts every certificate: leave it out, or --ca-file";
  }
  if (options.no_audio && options.no_video && options.no_data) {
    return "nothing is left to call with: leave out one of --no-audio, --no-video, --no-data";
  }
  return {};
}

std::string_view CallHelp() {
  return "usage: koeru call [OPTIONS] wss://HOST[:PORT]/\n"
         "\n"
         "Calls the media peer of a koeru-relay as a browser would: signalling, ICE, DTLS, SRTP,\n"
         "data channels. Sends sound, pictures and messages that can be checked, and says what "
         "came\n"
         "back: lost, damaged, late. The credentials are those of /ice-servers unless some are\n"
         "given.\n"
         "\n"
         "  koeru call wss://relay.example.org/\n"
         "  koeru call wss://localhost:8443/ --insecure --via tls --seconds 5\n"
         "\n"
         "  --mode MODE           what the peer does with media: echo (the default), delay (a\n"
         "                        second later), sink (it says what arrived), source (it sends\n"
         "                        its own, and nothing is sent to it)\n"
         "  --via WAY             direct (the default), or only through TURN at the server over\n"
         "                        udp, tcp or tls\n"
         "  --turn URI            only through this TURN server, whosesoever it is; the "
         "credentials\n"
         "                        below are for it. turns:HOST?transport=udp is TURN over DTLS\n"
         "  --seconds N           of media, at most 240 (10)\n"
         "  --bitrate KBIT        of video, in kbit/s (300); the server has a limit for each call\n"
         "                        (media-peer-max-bps)\n"
         "  --calls N             so many calls at once, of which the report is the sum (1)\n"
         "  --no-audio, --no-video, --no-data\n"
         "                        without that\n"
         "  --user NAME           of the credentials; the password is asked for\n"
         "  --password-file FILE  the password, from the first line of a file\n"
         "  --secret-file FILE    the server's static-auth-secret: makes a time-limited\n"
         "                        credential (for an hour) of it\n"
         "  --ca-file FILE        authorities to trust, in PEM, instead of the system's\n"
         "  --insecure            take any certificate\n"
         "  --dns ADDRESS:PORT    the DNS server to ask, instead of the system's\n"
         "  --timeout SECONDS     how long each step may take (10)\n"
         "  --json                JSON instead of text (names: "
         "native_server/tools/call/README.md)\n"
         "\n"
         "Exit code: 0 it came back (less than 5 % lost, nothing damaged), 1 it did not, 2 bad\n"
         "usage.\n";
}

}  // namespace koeru::tools
