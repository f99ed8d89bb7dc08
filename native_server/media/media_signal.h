// What a member of a room says to the media peer and hears of it: the `data` of signals, in the
// words of js/CALL.md ("What travels: signalling") and SIGNALLING.md ("The media peer").
//
//   { "g": 1, "description": {"type": "offer", "sdp": "v=0..."}, "fresh": true }
//   { "g": 1, "candidates": [ {"candidate": "candidate:1 1 udp ...", "sdpMid": "0"} ] }
//
// What the peer says beside answers stands in "peer": its state, quality, or why it ends.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koeru::server {

// What the joining page wants: the "peer" of "join".
struct PeerRequest {
  std::string mode = "echo";  // "echo", "delay", "sink" or "source"
  double delay_s = 1;         // of "delay"
  // Those of an iceServers entry for this server.
  std::string username, credential;
};
// Strict. On failure `problem` says what is wrong.
std::optional<PeerRequest> ParsePeerRequest(std::string_view json, std::string* problem);

struct PeerSignal {
  uint64_t connection = 0;           // "g"
  std::optional<std::string> offer;  // its sdp
  std::vector<std::string> candidates;
};
// Nothing for what is no such signal. Members that are not known are ignored: there may be more of
// them later.
std::optional<PeerSignal> ParsePeerSignal(std::string_view json);

std::string AnswerSignal(uint64_t connection, std::string_view sdp);
// {"peer": {"state": STATE}}
std::string StateSignal(std::string_view state);
// {"peer": {"error": {"code": CODE, "message": MESSAGE}}}: the call is over.
std::string ErrorSignal(std::string_view code, std::string_view message);
// {"peer": {"quality": QUALITY}}; `json` is an object.
std::string QualitySignal(std::string_view json);

}  // namespace koeru::server
