#pragma once

// A session description as a tree: sections, lines, the fields of each line that the registry
// knows, and what the lint finds (core/sdp/checks/lint.h) as remarks of the line that it is about.
//
//   0  412  session description: 1 media section  [RFC 8866 §5]
//   0   86    session
//   0    3      v=: 0  [RFC 8866 §5.1]
//   ...
//  86  326    media section 0: audio, mid 0
//  86   35      m=: audio 9 UDP/TLS/RTP/SAVPF 111  [RFC 8866 §5.14]
//  88    5        media: audio
//
// Lines are read leniently and judged as browsers do. The tree has a bound: kMaxSdpLines lines and
// kMaxSdpFields fields; a remark says where it was reached.

#include <string_view>

#include "core/inspect/tree.h"

namespace koeru::inspect {

inline constexpr size_t kMaxSdpLines = 5'000;
inline constexpr size_t kMaxSdpFields = 50'000;

Node InspectSdp(std::string_view text, size_t base = 0);

}  // namespace koeru::inspect
