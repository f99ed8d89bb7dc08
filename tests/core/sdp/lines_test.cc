// The lines of RFC 8866 section 5: core/sdp/lines.

#include <gtest/gtest.h>

#include "core/sdp/lines/bandwidth.h"
#include "core/sdp/lines/connection_data.h"
#include "core/sdp/lines/encryption_key.h"
#include "core/sdp/lines/media.h"
#include "core/sdp/lines/origin.h"
#include "core/sdp/lines/repeat_time.h"
#include "core/sdp/lines/text_lines.h"
#include "core/sdp/lines/timing.h"
#include "core/sdp/lines/version.h"
#include "core/sdp/lines/zone_adjustments.h"
#include "tests/core/sdp/rewrite.h"

namespace koeru::sdp {
namespace {

TEST(SdpLines, Rfc8866_5_1_Version) {
  EXPECT_EQ(Decode<Version>("0", Mode::kStrict)->version, 0u);
  ExpectRefused("v=", "2 expected a number");
  ExpectRefused("v=0 1", "3 nothing more");
  ExpectLenient("v=00", "2 a number with leading zeros", "v=0");
}

TEST(SdpLines, Rfc8866_5_2_Origin) {
  const auto origin =
      Decode<Origin>("jdoe 3724394400 3724394405 IN IP4 198.51.100.1", Mode::kStrict);
  EXPECT_EQ(origin->username, "jdoe");
  EXPECT_EQ(origin->session_id, "3724394400");
  EXPECT_EQ(origin->session_version, "3724394405");
  EXPECT_EQ(origin->address, "198.51.100.1");
  // username = non-ws-string: not only tokens.
  ExpectKept("o=\xC3\xA9(x)@y 1 2 IN IP6 2001:db8::1");
  ExpectKept("o=- 123456789012345678901234567890 00 IN IP4 host.example");
  ExpectLenient("o=-  1 2 IN IP4 h", "4 sessionId", "o=- 1 2 IN IP4 h");
  ExpectRefused("o=- x 2 IN IP4 h", "4 sessionId");
  ExpectRefused("o=- 1 2 IN IP4", "14 expected a space");
  ExpectRefused("o=a\x01 1 2 IN IP4 h", "3 expected a space");
}

TEST(SdpLines, Rfc8866_5_3_SessionNameMayBeOneSpace) {
  EXPECT_EQ(Decode<SessionName>(" ", Mode::kLenient)->text, " ");
  ExpectKept("s= ");
  ExpectKept("s=  spaces stay  ");
  ExpectLenient("s=", "2 expected text in one line", "s=");
  ExpectKept("i=\xE8\xB6\x8A");
  ExpectRefused("i=a\rb", "3 nothing more");
  static_assert(Information::kName == "i=");
}

TEST(SdpLines, Rfc8866_5_5_Uri) {
  EXPECT_EQ(Decode<Uri>("http://www.jdoe.example.com/home.html", Mode::kStrict)->uri.size(), 37u);
  ExpectKept("u=");  // RFC 3986 section 4.2: a relative reference may be empty
  ExpectLenient("u=a b", "3 nothing more", "u=a b");
}

TEST(SdpLines, Rfc8866_5_6_EmailAddress) {
  EXPECT_EQ(Decode<EmailAddress>("j@x", Mode::kStrict)->address, "j@x");
  ExpectKept("e=j.doe@example.com");
  ExpectKept("e=j.doe@example.com (Jane Doe)");
  ExpectKept("e=Jane Doe <j.doe@example.com>");
  for (const std::string_view line :
       {"e=nobody", "e=@x", "e=x@", "e=a b@c", "e=Jane<a@b>", "e=a@b (", "e=a@b ()", "e=J <a@b"}) {
    ExpectLenient(line, "", line);
    EXPECT_NE(Rewrite(line, Mode::kStrict), line);
  }
}

TEST(SdpLines, Rfc8866_5_6_PhoneNumber) {
  EXPECT_EQ(Decode<PhoneNumber>("112", Mode::kStrict)->number, "112");
  ExpectKept("p=+1 617 555-6011");
  ExpectKept("p=+44-171-380-7777 (Mark Handley)");
  ExpectKept("p=Mark Handley <+44-171-380-7777>");
  for (const std::string_view line : {"p=unlisted", "p=+", "p=1", "p=x <>", "p=12 (", "p=12x"}) {
    EXPECT_NE(Rewrite(line, Mode::kStrict), line);
    EXPECT_EQ(Rewrite(line, Mode::kLenient), line);
  }
}

TEST(SdpLines, Rfc8866_5_7_ConnectionData) {
  const auto data = Decode<ConnectionData>("IN IP4 233.252.0.1/127/3", Mode::kStrict);
  EXPECT_EQ(data->address, "233.252.0.1");
  EXPECT_EQ(data->multicast, (std::vector<uint32_t>{127, 3}));
  ExpectKept("c=IN IP4 233.252.0.1/0");
  ExpectKept("c=IN IP6 ff00::db8:0:101/3");
  ExpectRefused("c=IN IP4 233.252.0.1/256", "21 multicast[0]: ");
  ExpectRefused("c=IN IP4 233.252.0.1/1/0", "23 multicast[1]: ");
  ExpectRefused("c=IN IP4 233.252.0.1/1/2/3", "24 nothing more");
  ExpectRefused("c=IN IP6 ff00::1/1/2", "18 nothing more");
  ExpectRefused("c=IN IP4 ", "");
  EXPECT_EQ(Encode(ConnectionData{"IN", "IP6", "::1", {1, 2}}).error().field, "multicast");
}

TEST(SdpLines, Rfc8866_5_8_Bandwidth) {
  EXPECT_EQ(Decode<Bandwidth>("X-YZ:128", Mode::kStrict)->bandwidth, 128u);
  ExpectKept("b=TIAS:18446744073709551615");
  ExpectLenient("b=AS: 5", "5 bandwidth", "b=AS:5");
  ExpectLenient("b=AS:05", "5 bandwidth", "b=AS:5");
  ExpectRefused("b=AS:18446744073709551616", "5 bandwidth");
  ExpectRefused("b=AS", "4 expected ':'");
}

TEST(SdpLines, Rfc8866_5_9_TimesAreZeroOrHaveTenDigits) {
  EXPECT_EQ(Decode<Timing>("3724394400 3724398000", Mode::kStrict)->stop_time, 3724398000u);
  ExpectKept("t=0 0");
  ExpectKept("t=1000000000 10000000000000000000");
  ExpectLenient("t=999999999 0", "2 startTime", "t=999999999 0");
  ExpectLenient("t=0 1", "4 stopTime", "t=0 1");
  ExpectRefused("t=0", "3 expected a space");
}

TEST(SdpLines, Rfc8866_5_10_RepeatTimes) {
  const auto repeat = Decode<RepeatTime>("7d 1h 0 25h", Mode::kStrict);
  EXPECT_EQ(repeat->interval, "7d");
  EXPECT_EQ(repeat->offsets, (std::vector<std::string_view>{"0", "25h"}));
  ExpectKept("r=604800 3600 0 90000");
  ExpectLenient("r=0d 1h 0", "2 interval", "r=0d 1h 0");
  ExpectRefused("r=7d 1h", "7 expected a space");
  ExpectRefused("r=7D 1h 0", "3 expected a space");  // units are case-sensitive
}

TEST(SdpLines, Rfc8866_5_11_ZoneAdjustments) {
  const auto zone = Decode<ZoneAdjustments>("3730928400 -1h 3749680800 0", Mode::kStrict);
  ASSERT_EQ(zone->adjustments.size(), 2u);
  EXPECT_EQ(zone->adjustments[0].offset, "-1h");
  ExpectLenient("z=0 1h", "2 [0].time", "z=0 1h");
  ExpectRefused("z=3730928400 --1h", "13 [0].offset");
}

TEST(SdpLines, Rfc8866_5_12_EncryptionKey) {
  EXPECT_EQ(Decode<EncryptionKey>("base64:aGk=", Mode::kStrict)->key, "aGk=");
  ExpectKept("k=prompt");
  ExpectKept("k=clear: with spaces ");
  ExpectLenient("k=prompt:x", "9 method", "k=prompt:x");
  ExpectLenient("k=secret", "2 method", "k=secret");
  ExpectLenient("k=base64", "2 method", "k=base64");
}

TEST(SdpLines, Rfc8866_5_14_Media) {
  const auto media = Decode<Media>("audio 49170/2 RTP/AVP 0 31", Mode::kStrict);
  EXPECT_EQ(media->port, 49170u);
  EXPECT_EQ(media->port_count, 2u);
  EXPECT_EQ(media->protocol, "RTP/AVP");
  EXPECT_EQ(media->formats, (std::vector<std::string_view>{"0", "31"}));
  ExpectKept("m=audio 65535 UDP/TLS/RTP/SAVPF 111");
  ExpectLenient("m=a 9 x \"q\"", "8 formats[0]", "m=a 9 x \"q\"");
  ExpectLenient("m=a 9 x/ y", "7 expected a space", "m=a 9 x/ y");
  ExpectRefused("m=audio 65536 RTP/AVP 0", "8 port");
  ExpectRefused("m=audio 9/0 RTP/AVP 0", "10 portCount");
  ExpectRefused("m=audio 9 RTP/AVP", "17 expected a space");
  EXPECT_EQ(Encode(Media{"audio", 9, {}, "RTP/AVP", {}}).error().field, "formats");
}

}  // namespace
}  // namespace koeru::sdp
