#include "core/sdp/diff/media_diff.h"

#include <gmock/gmock.h>

#include "tests/core/sdp/diff/diff_checks.h"

namespace koeru::sdp {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SdpMediaDiff, TellsPortProtocolAndRejection) {
  EXPECT_THAT(
      Messages("m=audio 9 RTP/AVP 0\nm=video 9 RTP/AVP 96\nm=text 9 RTP/AVP 98\n",
               "m=audio 5000 RTP/SAVP 0\nm=video 0 RTP/AVP 96\na=bundle-only\n"
               "m=text 0 RTP/AVP 98\n"),
      ElementsAre("The protocol is \"RTP/SAVP\" instead of \"RTP/AVP\".",
                  "The port is \"5000\" instead of \"9\".", "The port is \"0\" instead of \"9\".",
                  "The attribute \"bundle-only\" was added.",
                  "The section was rejected: its port is 0."));
  EXPECT_THAT(Differences("m=audio 0 RTP/AVP 0\n", "m=audio 9 RTP/AVP 0\n"),
              ElementsAre("media-restored 0 -m=audio 0 RTP/AVP 0 +m=audio 9 RTP/AVP 0"));
}

TEST(SdpMediaDiff, NoDirectionIsTheSessionsOrSendrecv) {
  EXPECT_THAT(Differences("m=audio 9 RTP/AVP 0\n", "m=audio 9 RTP/AVP 0\na=sendrecv\n"), IsEmpty());
  EXPECT_THAT(Differences("a=recvonly\nm=audio 9 RTP/AVP 0\n", "m=audio 9 RTP/AVP 0\na=recvonly\n"),
              IsEmpty());
  EXPECT_THAT(Messages("m=audio 9 RTP/AVP 0\n", "m=audio 9 RTP/AVP 0\na=sendonly\n"),
              ElementsAre("The direction is sendonly instead of sendrecv."));
  EXPECT_THAT(Differences("a=recvonly\nm=audio 9 RTP/AVP 0\n", "a=sendonly\nm=audio 9 RTP/AVP 0\n"),
              ElementsAre("direction-changed -a=recvonly +a=sendonly"));
}

TEST(SdpMediaDiff, WhatTheSessionSaysForAllIsTheSameInEach) {
  EXPECT_THAT(Differences("c=IN IP4 192.0.2.1\na=fingerprint:sha-1 AA\na=setup:actpass\n"
                          "m=audio 9 RTP/AVP 0\nm=video 9 RTP/AVP 96\n",
                          "m=audio 9 RTP/AVP 0\nc=IN IP4 192.0.2.1\na=fingerprint:sha-1 AA\n"
                          "a=setup:actpass\nm=video 9 RTP/AVP 96\nc=IN IP4 192.0.2.2\n"
                          "a=setup:actpass\na=fingerprint:sha-1 AA\n"),
              ElementsAre("address-changed 1 -c=IN IP4 192.0.2.1 +c=IN IP4 192.0.2.2"));
}

TEST(SdpMediaDiff, AMidComesAndGoes) {
  EXPECT_THAT(Differences("m=audio 9 RTP/AVP 0\n", "m=audio 9 RTP/AVP 0\na=mid:0\n"),
              ElementsAre("mid-changed 0 +a=mid:0"));
}

TEST(SdpMediaDiff, FormatsOfOtherProtocolsAreWords) {
  EXPECT_THAT(Differences("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=sctp-port:5000\n",
                          "m=application 9 UDP/DTLS/SCTP other\na=sctp-port:5001\n"),
              ElementsAre("formats-changed 0 -m=application 9 UDP/DTLS/SCTP webrtc-datachannel "
                          "+m=application 9 UDP/DTLS/SCTP other",
                          "attribute-changed 0 -a=sctp-port:5000 +a=sctp-port:5001"));
  EXPECT_THAT(Differences("m=audio\n", "m=audio 9\n"),
              ElementsAre("line-changed 0 -m=audio +m=audio 9"));
}

}  // namespace
}  // namespace koeru::sdp
