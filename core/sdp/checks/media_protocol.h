#pragma once

// What an m= line's protocol says (RFC 8866 section 5.14, RFC 5764 section 8, RFC 8841 section 4).
//
//   UDP/TLS/RTP/SAVPF   RTP over DTLS-SRTP          UDP/DTLS/SCTP   data channels

#include <string_view>

namespace koeru::sdp {

inline bool IsRtp(std::string_view protocol) {
  return protocol.find("RTP/") != std::string_view::npos;
}
inline bool IsSctp(std::string_view protocol) {
  return protocol.find("SCTP") != std::string_view::npos;
}
inline bool IsDtls(std::string_view protocol) {
  return protocol.find("TLS/") != std::string_view::npos;
}

}  // namespace koeru::sdp
