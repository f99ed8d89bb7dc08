// core/sdp/attribute_table.cc

#include <gtest/gtest.h>

#include <algorithm>

#include "core/sdp/registry.h"

namespace koeru::sdp {
namespace {

// IANA's registry "attribute-name (formerly att-field)" of the SDP parameters: usage level and
// reference, where the two are beyond doubt: RFC 8866 section 6, and the RFC that has the
// attribute. Without row here: what IANA has not (msid-semantic, sctpmap, x-google-flag),
// ice-options, ice-mismatch and tls-id (RFC 8839 and RFC 8829 use them at more levels), framesize
// (3GPP).
struct IanaRow {
  std::string_view name;
  std::string_view levels;  // s: session, m: media
  std::string_view rfc;
};
constexpr IanaRow kIana[] = {
    {"bundle-only", "m", "RFC 9143"},
    {"candidate", "m", "RFC 8839"},
    {"cat", "s", "RFC 8866"},
    {"charset", "s", "RFC 8866"},
    {"confid", "m", "RFC 8856"},
    {"connection", "sm", "RFC 4145"},
    {"content", "m", "RFC 4796"},
    {"control", "sm", "RFC 7826"},
    {"crypto", "m", "RFC 4568"},
    {"dcmap", "m", "RFC 8864"},
    {"dcsa", "m", "RFC 8864"},
    {"end-of-candidates", "sm", "RFC 8840"},
    {"extmap", "sm", "RFC 8285"},
    {"extmap-allow-mixed", "sm", "RFC 8285"},
    {"fingerprint", "sm", "RFC 8122"},
    {"floorctrl", "m", "RFC 8856"},
    {"floorid", "m", "RFC 8856"},
    {"fmtp", "m", "RFC 8866"},
    {"framerate", "m", "RFC 8866"},
    {"group", "s", "RFC 5888"},
    {"ice-lite", "s", "RFC 8839"},
    {"ice-pacing", "s", "RFC 8839"},
    {"ice-pwd", "sm", "RFC 8839"},
    {"ice-ufrag", "sm", "RFC 8839"},
    {"identity", "s", "RFC 8827"},
    {"imageattr", "m", "RFC 6236"},
    {"inactive", "sm", "RFC 8866"},
    {"key-mgmt", "sm", "RFC 4567"},
    {"keywds", "s", "RFC 8866"},
    {"label", "m", "RFC 4574"},
    {"lang", "sm", "RFC 8866"},
    {"max-message-size", "m", "RFC 8841"},
    {"maxptime", "m", "RFC 8866"},
    {"mediaclk", "sm", "RFC 7273"},
    {"mid", "m", "RFC 5888"},
    {"msid", "m", "RFC 8830"},
    {"orient", "m", "RFC 8866"},
    {"ptime", "m", "RFC 8866"},
    {"quality", "m", "RFC 8866"},
    {"range", "sm", "RFC 7826"},
    {"recvonly", "sm", "RFC 8866"},
    {"remote-candidates", "m", "RFC 8839"},
    {"rid", "m", "RFC 8851"},
    {"rtcp", "m", "RFC 3605"},
    {"rtcp-fb", "m", "RFC 4585"},
    {"rtcp-mux", "m", "RFC 5761"},
    {"rtcp-mux-only", "m", "RFC 8858"},
    {"rtcp-rsize", "m", "RFC 5506"},
    {"rtcp-xr", "sm", "RFC 3611"},
    {"rtpmap", "m", "RFC 8866"},
    {"sctp-port", "m", "RFC 8841"},
    {"sdplang", "sm", "RFC 8866"},
    {"sendonly", "sm", "RFC 8866"},
    {"sendrecv", "sm", "RFC 8866"},
    {"setup", "sm", "RFC 4145"},
    {"simulcast", "m", "RFC 8853"},
    {"source-filter", "sm", "RFC 4570"},
    {"ssrc", "m", "RFC 5576"},
    {"ssrc-group", "m", "RFC 5576"},
    {"tool", "s", "RFC 8866"},
    {"ts-refclk", "sm", "RFC 7273"},
    {"type", "s", "RFC 8866"},
    {"userid", "m", "RFC 8856"},
};
constexpr std::string_view kNotCompared[] = {"framesize",     "ice-mismatch", "ice-options",
                                             "msid-semantic", "sctpmap",      "tls-id",
                                             "x-google-flag"};

std::string LevelsOf(Level level) {
  std::string levels = Includes(level, Level::kSession) ? "s" : "";
  if (Includes(level, Level::kMedia)) levels += 'm';
  return levels;
}

TEST(SdpAttributeTable, IsSortedAndHasNoNameTwice) {
  const auto rows = Attributes();
  for (size_t i = 1; i < rows.size(); ++i) EXPECT_LT(rows[i - 1].name, rows[i].name);
}

TEST(SdpAttributeTable, AgreesWithIana) {
  for (const IanaRow& iana : kIana) {
    const Row* row = FindRow(iana.name);
    ASSERT_NE(row, nullptr) << iana.name;
    EXPECT_EQ(LevelsOf(row->level), iana.levels) << iana.name;
    EXPECT_TRUE(row->rfc.starts_with(std::string(iana.rfc) + " §")) << iana.name << row->rfc;
  }
  EXPECT_EQ(Attributes().size(), std::size(kIana) + std::size(kNotCompared));
  for (const std::string_view name : kNotCompared) EXPECT_NE(FindRow(name), nullptr) << name;
}

// RFC 8866 section 9: attribute-name = token.
TEST(SdpAttributeTable, NamesAreTokens) {
  for (const Row& row : Attributes()) {
    EXPECT_EQ(kToken.Measure(row.name), row.name.size()) << row.name;
    EXPECT_FALSE(row.is_line_type());
  }
}

TEST(SdpAttributeTable, PropertiesHaveNoValue) {
  std::vector<std::string_view> properties;
  for (const Row& row : Attributes()) {
    if (!row.has_value) properties.push_back(row.name);
  }
  EXPECT_EQ(properties, (std::vector<std::string_view>{
                            "bundle-only", "end-of-candidates", "extmap-allow-mixed", "ice-lite",
                            "ice-mismatch", "inactive", "recvonly", "rtcp-mux", "rtcp-mux-only",
                            "rtcp-rsize", "sendonly", "sendrecv"}));
}

}  // namespace
}  // namespace koeru::sdp
