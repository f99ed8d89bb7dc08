// Names of older coturn releases that are still found in users' files.

#include <array>

#include "native_server/config/option_table.h"

namespace koeru::server {
namespace {

constexpr Group kG = Group::kLegacy;

constexpr std::string_view kOldTls = "neither SSL nor TLS before 1.2 is spoken";

constexpr auto kRows = std::to_array<Option>({
    NoEffect("no-loopback-peers", Kind::kFlag, kG, "loopback peers are denied by default"),
    NoEffect("no-tlsv1", Kind::kFlag, kG, kOldTls),
    NoEffect("no-tlsv1_1", Kind::kFlag, kG, kOldTls),
    NoEffect("no-sslv2", Kind::kFlag, kG, kOldTls),
    NoEffect("no-sslv3", Kind::kFlag, kG, kOldTls),
    NoEffect("no-stun-backward-compatibility", Kind::kFlag, kG,
             "MAPPED-ADDRESS is only sent with stun-backward-compatibility"),
    NoEffect("prod", Kind::kFlag, kG, "SOFTWARE is not sent unless software-attribute is given"),
    NoEffect("dh2066", Kind::kFlag, kG, "key exchange uses elliptic curves"),
    NoEffect("no-http", Kind::kFlag, kG, "the TURN port speaks no HTTP"),
    NoEffect("no-sctp", Kind::kFlag, kG, "SCTP is not spoken"),
    NoEffect("ne", Kind::kNumber, kG, "it chose a threading mode of old releases"),
});

}  // namespace

std::span<const Option> LegacyOptions() { return kRows; }

}  // namespace koeru::server
