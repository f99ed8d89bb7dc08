#pragma once

// What the tests of the lint share: a good offer to damage, and findings as short lines.
//
//   EXPECT_EQ(LintOf(OfferWith("a=mid:1", "a=mid:0")), "error 28:7 mid-duplicate\n");

#include <gtest/gtest.h>

#include <string>

#include "core/sdp/checks/lint.h"

namespace koeru::sdp {

// An offer of WebRTC with audio (section 0), video (1) and data (2), of which nothing can be said.
inline std::string GoodOffer() {
  constexpr std::string_view kTransport =
      "c=IN IP4 0.0.0.0\r\n"
      "a=ice-ufrag:abcd\r\n"
      "a=ice-pwd:0123456789012345678901\r\n"
      "a=setup:actpass\r\n";
  std::string text =
      "v=0\r\n"
      "o=- 1 1 IN IP4 127.0.0.1\r\n"
      "s=-\r\n"
      "t=0 0\r\n"
      "a=group:BUNDLE 0 1 2\r\n"
      "a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:"
      "66:77:88:99:AA:BB:CC:DD:EE:FF\r\n";
  text += "m=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\n";  // line 7
  text += kTransport;
  text +=
      "a=mid:0\r\n"  // line 12
      "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\r\n"
      "a=sendrecv\r\n"
      "a=rtcp-mux\r\n"
      "a=rtpmap:111 opus/48000/2\r\n"
      "a=fmtp:111 useinbandfec=1\r\n";
  text += "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\n";  // line 18
  text += kTransport;
  text +=
      "a=mid:1\r\n"  // line 23
      "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid\r\n"
      "a=rtcp-mux\r\n"
      "a=rtpmap:96 VP8/90000\r\n"
      "a=rtcp-fb:96 nack\r\n"
      "a=rtpmap:97 rtx/90000\r\n"
      "a=fmtp:97 apt=96\r\n";                                      // line 29
  text += "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n";  // line 30
  text += kTransport;
  text +=
      "a=mid:2\r\n"
      "a=sctp-port:5000\r\n";
  return text;
}

// With `from`, which must be there, replaced where it stands first.
inline std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}
inline std::string OfferWith(std::string_view from, std::string_view to) {
  return Replaced(GoodOffer(), from, to);
}
// Without anything like `what`.
inline std::string OfferWithoutAny(std::string_view what) {
  std::string text = GoodOffer();
  while (text.find(what) != std::string::npos) text = Replaced(text, what, "");
  return text;
}
// With lines at the end of the video section.
inline std::string OfferWithVideoLines(std::string_view lines) {
  return OfferWith("m=application", std::string(lines) + "m=application");
}

// "error 28:7 mid-duplicate\n": severity, line, column and rule of each finding.
inline std::string LintOf(std::string_view text, DescriptionType type = DescriptionType::kOffer,
                          Mode mode = Mode::kLenient) {
  std::string all;
  for (const Finding& finding : Lint(Document::Parse(text), mode, type)) {
    all += std::string(SeverityName(finding.severity)) + " " + std::to_string(finding.line) + ":" +
           std::to_string(finding.column) + " " + std::string(finding.rule) + "\n";
  }
  return all;
}
inline std::string StrictLintOf(std::string_view text) {
  return LintOf(text, DescriptionType::kOffer, Mode::kStrict);
}

// The message of the first finding.
inline std::string FirstMessage(std::string_view text) {
  const std::vector<Finding> findings = Lint(Document::Parse(text), Mode::kLenient);
  return findings.empty() ? "" : findings.front().message;
}

}  // namespace koeru::sdp
