#pragma once

// What an answerer needs to know of one media section of an offer, in its own words.
//
//   for (size_t i = 1; i < offer.sections().size(); ++i) OfferedSection section =
//   ReadOffered(offer, i);
//
// Views into the document. What stands at the session's level counts where the section is silent
// (RFC 8866 section 5.13).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sdp/attributes/setup.h"
#include "core/sdp/codec_list.h"
#include "core/sdp/document.h"

namespace koeru::sdp {

struct OfferedExtension {
  uint32_t id = 0;
  std::string_view uri;
};

struct OfferedSection {
  std::string_view media;     // "audio", "video", "application"; empty: the m= line cannot be read
  std::string_view protocol;  // "UDP/TLS/RTP/SAVPF"
  std::string_view first_format;
  bool is_refused = false;  // port 0 without bundle-only
  std::string_view mid;     // empty without
  bool rtcp_mux = false;
  bool rtcp_rsize = false;
  std::string_view direction = "sendrecv";
  std::optional<CodecList> codecs;  // of RTP
  std::vector<OfferedExtension> extensions = {};
  std::optional<uint16_t> sctp_port = {};
  uint64_t max_message_size = 65536;  // RFC 8841 section 6.1: "64K" without the attribute

  // Of the transport.
  std::string_view ufrag;
  std::string_view password;
  std::string_view fingerprint_hash;  // the strongest of those that core knows: "sha-256", ...
  std::string_view fingerprint;
  Setup::Role setup = Setup::Role::kActpass;
  std::vector<std::string_view> candidates = {};  // values of a=candidate
};

OfferedSection ReadOffered(const Document& offer, size_t section);

// The mids of the offer's first BUNDLE group (RFC 9143); empty without one.
std::vector<std::string_view> BundleOf(const Document& offer);

}  // namespace koeru::sdp
