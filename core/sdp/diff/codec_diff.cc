#include "core/sdp/diff/codec_diff.h"

namespace koeru::sdp {
namespace {

std::string Named(const Codec& codec) {
  return CodecText(codec) + " (" + std::string(codec.format.substr(0, 16)) + ')';
}

class CodecDiff {
 public:
  CodecDiff(const CodecList& list_before, const CodecList& list_after, const CodecMatch& match,
            size_t order, DiffReport& report)
      : list_before_(list_before),
        list_after_(list_after),
        match_(match),
        order_(order),
        report_(report) {}

  void Run() {
    for (size_t i = 0; i < list_before_.codecs().size(); ++i) {
      if (match_.partners_of_before()[i]) continue;
      const Codec& codec = list_before_.codecs()[i];
      Tell(0, "codec-removed", "The codec " + Named(codec) + " was removed.",
           LineOf(list_before_, codec), std::nullopt);
    }
    for (size_t i = 0; i < list_after_.codecs().size(); ++i) {
      if (match_.partners_of_after()[i]) {
        ComparePair(*match_.partners_of_after()[i], i);
        continue;
      }
      const Codec& codec = list_after_.codecs()[i];
      Tell(1, "codec-added", "The codec " + Named(codec) + " was added.", std::nullopt,
           LineOf(list_after_, codec));
    }
    CompareOrder();
  }

 private:
  void Tell(size_t part, std::string kind, std::string message, std::optional<size_t> line_before,
            std::optional<size_t> line_after) {
    report_.Add(order_ + part, std::move(kind), std::move(message), line_before, line_after);
  }

  static std::optional<size_t> LineOf(const CodecList& list, const Codec& codec) {
    return codec.rtpmap_line ? codec.rtpmap_line : list.media_line();
  }

  void ComparePair(size_t first, size_t second) {
    const Codec& codec_before = list_before_.codecs()[first];
    const Codec& codec_after = list_after_.codecs()[second];
    if (codec_before.format != codec_after.format) {
      Tell(2, "payload-type-changed",
           CodecText(codec_after) + " has the payload type " +
               std::string(codec_after.format.substr(0, 16)) + " instead of " +
               std::string(codec_before.format.substr(0, 16)) + '.',
           LineOf(list_before_, codec_before), LineOf(list_after_, codec_after));
    }
    // The same codec a second time in the m= line.
    if (list_after_.Find(codec_after.format) != second) return;
    if (match_.ParametersBefore(first) == match_.ParametersAfter(second)) return;
    Tell(3, "codec-parameters-changed",
         "The parameters of " + Named(codec_after) + " were changed.", codec_before.fmtp_line,
         codec_after.fmtp_line);
  }

  // RFC 3264 section 5.1: the order is the preference.
  void CompareOrder() {
    size_t last = 0;
    bool is_ordered = true;
    for (const auto& partner : match_.partners_of_after()) {
      if (!partner) continue;
      is_ordered = is_ordered && *partner >= last;
      last = *partner;
    }
    if (is_ordered) return;
    Tell(4, "codecs-reordered",
         "The codecs have another order: " + CodecText(list_after_.codecs()[0]) +
             " is the first now, and " + CodecText(list_before_.codecs()[0]) + " was.",
         list_before_.media_line(), list_after_.media_line());
  }

  const CodecList& list_before_;
  const CodecList& list_after_;
  const CodecMatch& match_;
  size_t order_;
  DiffReport& report_;
};

}  // namespace

void CompareCodecs(const CodecList& before, const CodecList& after, const CodecMatch& match,
                   size_t order, DiffReport& report) {
  CodecDiff(before, after, match, order, report).Run();
}

}  // namespace koeru::sdp
