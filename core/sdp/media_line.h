#pragma once

// An m= line in its parts, with every byte of it kept: RFC 8866 section 5.14.
//
//   m=video 9 UDP/TLS/RTP/SAVPF 96 97
//   `-------- head ------------' `- formats
//
// For edits of the list of formats, which leave the rest as it stands.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace koeru::sdp {

struct MediaLine {
  std::string_view text;  // the line
  std::string_view head;  // up to the end of the protocol
  std::string_view media;
  std::string_view port;  // "9", "49170/2"
  std::string_view protocol;
  std::vector<std::string_view> formats;

  // Nullopt for a line without the three words, or with more than kMaxFormats behind them. Views
  // into `text`.
  static std::optional<MediaLine> Parse(std::string_view text);

  // RTP has 128 payload types.
  static constexpr size_t kMaxFormats = 1024;

  // "RTP/AVP", "UDP/TLS/RTP/SAVPF": formats are payload types (RFC 8866 section 5.14).
  bool is_rtp() const;
  // RFC 3264 section 6: "To reject an offered stream, the port number ... MUST be set to zero."
  bool has_port_zero() const { return port == "0"; }

  // The line with these of its formats, in this order. The spacing stays in its place.
  std::string WithFormats(std::span<const size_t> order) const;
};

// Without the spaces at both ends.
std::string_view Trimmed(std::string_view text);

}  // namespace koeru::sdp
