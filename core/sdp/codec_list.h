#pragma once

// The codecs of one media section, in the order of its m= line.
//
//   auto list = CodecList::Of(document, 1);
//   list->codecs()[0].encoding_name;          // "opus"
//   list->Find("111");                        // 0
//   CodecName("VP8/90000").Matches(codec)
//
// Views into the document.

#include "core/sdp/document.h"
#include "core/sdp/media_line.h"

namespace koeru::sdp {

struct Codec {
  std::string_view format;         // of the m= line: "111"
  std::string_view encoding_name;  // empty when neither an a=rtpmap nor RFC 3551 tells it
  uint32_t clock_rate = 0;         // Hz
  std::string_view channels;       // what stands behind the second slash
  std::optional<size_t> rtpmap_line;
  std::optional<size_t> fmtp_line;  // the first one

  bool Is(std::string_view name) const;
  // rtx, red, FEC, comfort noise, telephone events: no media of its own (RFC 4588, 2198, 5109,
  // 8627, 3389, 4733).
  bool is_helper() const;
};

class CodecList {
 public:
  // Nullopt when the section has no m= line of RTP that can be read.
  static std::optional<CodecList> Of(const Document& document, size_t section);

  const MediaLine& media() const { return media_; }
  // Index of the m= line.
  size_t media_line() const { return media_line_; }
  std::span<const Codec> codecs() const { return codecs_; }
  // The first codec of that format.
  std::optional<size_t> Find(std::string_view format) const;

  // The formats for which this one stands: rtx's apt (RFC 4588 section 8.6), the list of red
  // (RFC 2198 section 5). Empty for other codecs.
  std::vector<std::string_view> CarriedBy(const Document& document, size_t codec) const;

 private:
  MediaLine media_;
  size_t media_line_ = 0;
  std::vector<Codec> codecs_;
  std::vector<size_t> by_format_;
};

// How a user names codecs: "VP8", "VP8/90000", "opus/48000/2", or a payload type. The case of
// names does not matter (RFC 8866 section 6.6).
class CodecName {
 public:
  explicit CodecName(std::string_view text);

  bool Matches(const Codec& codec) const;

 private:
  bool is_format_ = false;
  std::string_view name_;
  std::string_view clock_rate_;
  std::string_view channels_;
};

// The format with which the value of an rtpmap, fmtp, rtcp-fb, imageattr or framesize line begins;
// "*" stands for all.
std::optional<std::string_view> FormatOf(const Line& line);

// The formats of red's "111/111/110"; nothing when it is no such list.
std::vector<std::string_view> RedFormats(std::string_view value);

}  // namespace koeru::sdp
