// Options: protocol modes, TLS and redirection.

#include <array>

#include "native_server/config/option_table.h"
#include "native_server/config/setters.h"

namespace koeru::server {
namespace {

using O = ServerOptions;

constexpr Group kP = Group::kProtocol;
constexpr Group kT = Group::kTls;
constexpr Group kR = Group::kRedirect;

constexpr std::string_view kTlsDefaults =
    "TLS 1.2 and 1.3 with the library's current ciphers and groups; leave it out";
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
    NotYet("stun-only", Kind::kFlag, kP, "leave it out and give credentials to nobody", 'S'),
    NotYet("no-stun", Kind::kFlag, kP, "Binding requests are always answered; leave it out"),
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
    NotYet("pkey-pwd", Kind::kSecret, kT, "keep the key without a password, readable by its owner"),
    NotYet("raw-public-keys", Kind::kFlag, kT, "use cert and pkey"),
    NotYet("cipher-list", Kind::kText, kT, kTlsDefaults),
    NotYet("ec-curve-name", Kind::kText, kT, kTlsDefaults),
    NotYet("dh566", Kind::kFlag, kT, kTlsDefaults),
    NotYet("dh1066", Kind::kFlag, kT, kTlsDefaults),
    NotYet("dh-file", Kind::kFile, kT, kTlsDefaults),
    Refused("tlsv1", Kind::kFlag, kT, kOldTls),
    Refused("tlsv1_1", Kind::kFlag, kT, kOldTls),
    NotYet("no-tlsv1_2", Kind::kFlag, kT, kTlsDefaults),
    NotYet("acme-redirect", Kind::kText, kT, "answer challenges with your ACME client"),
    NotYet("respond-http-unsupported", Kind::kFlag, kT, "clients are served over UDP only"),

    List("alternate-server", Kind::kText, kR, "",
         "send clients over UDP and TCP there (address or address:port), in turn",
         AddEndpoint<&O::alternate_servers, 3478>),
    List("udp-alternate-server", Kind::kText, kR, "alternate-server",
         "the same for clients over UDP", AddEndpoint<&O::udp_alternate_servers, 3478>),
    List("tcp-alternate-server", Kind::kText, kR, "alternate-server",
         "the same for clients over TCP", AddEndpoint<&O::tcp_alternate_servers, 3478>),
    List("tls-alternate-server", Kind::kText, kR, "",
         "the same for clients over TLS and DTLS", AddEndpoint<&O::tls_alternate_servers, 5349>),
    Value("alternate-domain", Kind::kText, kR, "",
          "name in the certificates of the alternate servers, told to clients",
          SetText<&O::alternate_domain>),
});

}  // namespace

std::span<const Option> ProtocolOptions() { return kRows; }

}  // namespace koeru::server
