#pragma once

// Answers offers of WebRTC for a peer that takes media as they are and knows one transport: RFC
// 3264, RFC 8829 section 5.3, RFC 9143.
//
//   auto answer = MakeAnswer(Document::Parse(text), {.ufrag = ..., .password = ..., ...});
//   if (!answer.ok()) Show(answer.error());           // a sentence: what is missing in the offer
//   answer->text;                                     // to be sent back
//   answer->media[0].codecs ...                       // what was agreed on
//
// - One transport: what is in the BUNDLE group, or the first section where there is none. Sections
//   outside of it are refused, and RTP without rtcp-mux, too.
// - Codecs: all that carry media, in the order of the offer, with RTX; no redundancy and no FEC.
// - Header extensions: those of SupportedExtensions().
// - Simulcast is declined by saying nothing of it (RFC 8853 section 5.3.2): one encoding comes.
// - DTLS: active where the offer leaves the choice (RFC 8842 section 5.3).

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes/result.h"
#include "core/sdp/answer/offered_section.h"
#include "core/sdp/document.h"

namespace koeru::sdp {

// What the answerer does with media; the offer's direction may leave less.
enum class MediaFlow : uint8_t { kSendAndReceive, kReceive, kSend };

struct AnswerOptions {
  uint64_t session_id = 0;  // RFC 8829 section 5.2.1: random, below 2^63
  uint64_t session_version = 1;
  std::string ufrag = {};
  std::string password = {};
  std::string fingerprint = {};              // SHA-256 of the own certificate
  std::vector<std::string> candidates = {};  // "candidate:1 1 udp ..."
  bool ice_lite = false;
  MediaFlow flow = MediaFlow::kSendAndReceive;
  std::string cname = "koeru";
  // Random numbers for SSRCs, two for each section (media, RTX), by its place. Sections beyond them
  // are not sent.
  std::vector<uint32_t> ssrcs = {};
  uint16_t sctp_port = 5000;
  uint64_t max_message_size = 262144;
};

struct AnsweredCodec {
  uint8_t payload_type = 0;
  std::string encoding_name;
  uint32_t clock_rate = 0;
  std::optional<uint8_t> apt = {};  // of RTX: for which payload type it stands
  bool nack = false, pli = false, fir = false, remb = false, transport_cc = false;
};

struct AnsweredMedia {
  std::string mid;
  std::string media;
  bool accepted = false;
  bool sends = false, receives = false;  // of the answerer
  uint32_t ssrc = 0, rtx_ssrc = 0;       // with which it sends; 0: none
  std::vector<AnsweredCodec> codecs = {};
  std::vector<std::pair<std::string, uint8_t>> extensions = {};  // URI and id
};

struct Answer {
  std::string text;
  std::vector<AnsweredMedia> media;  // one for each of the offer
  bool is_dtls_client = true;
  // Of the offerer.
  std::string ufrag, password, fingerprint_hash, fingerprint;
  std::vector<std::string> candidates;
  // Data channels; 0: none.
  uint16_t remote_sctp_port = 0;
  uint64_t remote_max_message_size = 0;
};

struct AnswerError {
  std::string reason;
};

// mid, rid, transport-wide sequence number, absolute send time, audio level, orientation.
std::span<const std::string_view> SupportedExtensions();

Result<Answer, AnswerError> MakeAnswer(const Document& offer, const AnswerOptions& options);

}  // namespace koeru::sdp
