#include "tests/core/sdp/checks/lint_of.h"

namespace koeru::sdp {
namespace {

TEST(LintDataChannel, SctpAttributesAreForDataChannels) {
  EXPECT_EQ(LintOf(OfferWith("a=sendrecv", "a=sctp-port:5000")), "warning 14:3 sctp-elsewhere\n");
  EXPECT_EQ(FirstMessage(OfferWith("a=sendrecv", "a=max-message-size:9")),
            "a=max-message-size is for data channels, not for 'audio': remove it");
}

TEST(LintDataChannel, TheOldWayIsMentioned) {
  EXPECT_EQ(LintOf(Replaced(OfferWith("a=sctp-port:5000", "a=sctpmap:5000 webrtc-datachannel 9"),
                            "UDP/DTLS/SCTP webrtc-datachannel", "DTLS/SCTP 5000")),
            "warning 36:1 sctpmap-old\n");
}

TEST(LintDataChannel, ThePortIsNamed) {
  EXPECT_EQ(LintOf(OfferWith("a=sctp-port:5000\r\n", "")), "warning 30:1 sctp-port-missing\n");
}

}  // namespace
}  // namespace koeru::sdp
