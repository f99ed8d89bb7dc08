// Options: protocol modes and TLS.

#include <algorithm>
#include <array>

#include "native_server/config/option_table.h"
#include "native_server/config/setters.h"

namespace koeru::server {
namespace {

using O = ServerOptions;

absl::Status SetAcmeRedirect(ServerOptions& options, std::string_view value, std::string_view) {
  const bool is_url = value.starts_with("http://") || value.starts_with("https://");
  const bool is_plain = std::all_of(value.begin(), value.end(), [](unsigned char c) {
    return c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
  });
  if (!is_url || !is_plain) {
    return absl::InvalidArgumentError(
        Quoted(value) +
        " is no URL: write http://acme.example.org/.well-known/acme-challenge/, say");
  }
  options.acme_redirect = value;
  return absl::OkStatus();
}

constexpr Group kP = Group::kProtocol;
constexpr Group kT = Group::kTls;

constexpr std::string_view kTlsDefaults =
    "TLS 1.2 and 1.3 with the library's current ciphers and groups; leave it out";
constexpr std::string_view kNoDh =
    "Diffie-Hellman is done over elliptic curves only, and needs no parameters";
constexpr std::string_view kOldTls =
    "TLS 1.0 and 1.1 are broken (RFC 8996) and are not spoken; leave it out";

constexpr auto kRows = std::to_array<Option>({
    Live(Flag("rfc5766-channel-numbers", kP,
              "accept channels 0x5000-0x7FFF, which older clients pick (RFC 5766)",
              SetFlag<&O::rfc5766_channel_numbers>)),
    Live(Flag("software-attribute", kP, "send SOFTWARE in answers",
              SetFlag<&O::software_attribute>)),
    NoEffect("no-software-attribute", Kind::kFlag, kP,
             "SOFTWARE is only sent with software-attribute"),
    NoEffect("fingerprint", Kind::kFlag, kP,
             "answers carry FINGERPRINT whenever the request did (RFC 8489 section 7)", 'f'),
    NoEffect("include-reason-string", Kind::kFlag, kP, "errors always carry a reason"),
    NoEffect("drop-invalid-packets", Kind::kFlag, kP, "invalid packets are always dropped"),
    NoEffect("drop-invalid-packets-log", Kind::kFlag, kP,
             "drops are counted in /stats.json (web-stats)"),
    Live(Flag("stun-only", kP, "answer Binding requests and nothing else", SetFlag<&O::stun_only>,
              'S')),
    Live(Flag("no-stun", kP, "do not answer Binding requests", SetFlag<&O::no_stun>)),
    Flag("rfc5780", kP,
         "NAT behaviour discovery: CHANGE-REQUEST, OTHER-ADDRESS and their kin; needs two "
         "listening-ip of one family",
         SetFlag<&O::rfc5780>),
    NoEffect("no-rfc5780", Kind::kFlag, kP, "RFC 5780 is served with rfc5780 only"),
    NoEffect("response-origin-only-with-rfc5780", Kind::kFlag, kP,
             "RESPONSE-ORIGIN is not sent without RFC 5780"),
    Flag("stun-backward-compatibility", kP,
         "send MAPPED-ADDRESS beside XOR-MAPPED-ADDRESS, for clients older than RFC 5389",
         SetFlag<&O::stun_backward_compatibility>),
    Flag("rfc3489-compatibility", kP,
         "answer Binding requests of RFC 3489, which have no magic cookie",
         SetFlag<&O::rfc3489_compatibility>),
    Flag("mobility", kP,
         "allocations follow their client to another address (RFC 8016)",
         SetFlag<&O::mobility>),

    Value("cert", Kind::kFile, kT, "self-signed in state-dir with demo",
          "certificate chain in PEM, for TURN over TLS and HTTPS", SetText<&O::cert>),
    Value("pkey", Kind::kFile, kT, "self-signed in state-dir with demo", "its private key in PEM",
          SetText<&O::pkey>),
    Value("pkey-pwd", Kind::kSecret, kT, "", "password of the private key",
          SetText<&O::pkey_password>),
    NotYet("raw-public-keys", Kind::kFlag, kT, "use cert and pkey"),
    NotYet("cipher-list", Kind::kText, kT, kTlsDefaults),
    NotYet("ec-curve-name", Kind::kText, kT, kTlsDefaults),
    NoEffect("dh566", Kind::kFlag, kT, kNoDh),
    NoEffect("dh1066", Kind::kFlag, kT, kNoDh),
    NoEffect("dh-file", Kind::kFile, kT, kNoDh),
    Refused("tlsv1", Kind::kFlag, kT, kOldTls),
    Refused("tlsv1_1", Kind::kFlag, kT, kOldTls),
    Flag("no-tlsv1_2", kT, "TLS 1.3 only; DTLS stays at 1.2", SetFlag<&O::no_tls12>),
    Value("acme-redirect", Kind::kText, kT, "",
          "URL to which GET /.well-known/acme-challenge/TOKEN over plain HTTP is sent, with the "
          "token "
          "behind it",
          SetAcmeRedirect),
    NoEffect("respond-http-unsupported", Kind::kFlag, kT,
             "HTTP on a port for TURN is always answered with 400 and a word of help"),
});

}  // namespace

std::span<const Option> ProtocolOptions() { return kRows; }

}  // namespace koeru::server
