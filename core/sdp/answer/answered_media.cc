#include "core/sdp/answer/answered_media.h"

#include <algorithm>
#include <array>

#include "core/bytes/number.h"
#include "core/sdp/attributes/rtcp_fb.h"
#include "core/sdp/typed_line.h"

namespace koeru::sdp {
namespace {

constexpr std::array<std::string_view, 7> kExtensions = {
    "urn:ietf:params:rtp-hdrext:sdes:mid",
    "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
    "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
    "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
    "urn:3gpp:video-orientation",
};

bool IsRtx(const Codec& codec) { return codec.Is("rtx"); }

std::optional<uint8_t> NumberOfFormat(std::string_view format) {
  const auto number = ParseNumber<uint8_t>(format);
  if (!number.ok() || *number > 127) return std::nullopt;
  return *number;
}

// What of a=rtcp-fb:<format or *> the answerer can do.
bool NoteFeedback(const RtcpFeedback& feedback, AnsweredCodec& codec) {
  const std::string_view parameter = feedback.parameter.value_or("");
  const auto note = [](bool& flag) { return flag = true; };
  if (feedback.type == "nack" && parameter.empty()) return note(codec.nack);
  if (feedback.type == "nack" && parameter == "pli") return note(codec.pli);
  if (feedback.type == "ccm" && parameter == "fir") return note(codec.fir);
  if (feedback.type == "goog-remb" && parameter.empty()) return note(codec.remb);
  if (feedback.type == "transport-cc" && parameter.empty()) return note(codec.transport_cc);
  return false;
}

void AddCodecs(const Document& offer, size_t section, const CodecList& list, AnsweredMedia& media) {
  const auto is_kept = [&](uint8_t payload_type) {
    return std::any_of(media.codecs.begin(), media.codecs.end(), [&](const AnsweredCodec& kept) {
      return kept.payload_type == payload_type;
    });
  };
  for (size_t i = 0; i < list.codecs().size(); ++i) {
    const Codec& codec = list.codecs()[i];
    const auto payload_type = NumberOfFormat(codec.format);
    if (!payload_type || codec.encoding_name.empty() || is_kept(*payload_type)) continue;
    AnsweredCodec kept{*payload_type, std::string(codec.encoding_name), codec.clock_rate};
    if (IsRtx(codec)) {
      // RFC 4588 section 8.6. Of something that is not kept nothing needs to be sent again.
      const auto carried = list.CarriedBy(offer, i);
      const auto apt = carried.empty() ? std::nullopt : NumberOfFormat(carried[0]);
      if (!apt || !is_kept(*apt)) continue;
      kept.apt = apt;
    } else if (codec.is_helper()) {
      continue;
    }
    for (const Line& line : offer.LinesOf(offer.sections()[section])) {
      const auto feedback = TypedLine(line).As<RtcpFeedback>();
      if (feedback.ok() &&
          (feedback->payload_type == codec.format || feedback->payload_type == "*")) {
        NoteFeedback(*feedback, kept);
      }
    }
    media.codecs.push_back(std::move(kept));
  }
}

}  // namespace

std::span<const std::string_view> SupportedExtensions() { return kExtensions; }

AnsweredMedia AnswerMedia(const Document& offer, size_t section, const OfferedSection& offered,
                          MediaFlow flow) {
  AnsweredMedia media{std::string(offered.mid), std::string(offered.media)};
  if (!offered.codecs) return media;
  AddCodecs(offer, section, *offered.codecs, media);
  for (const OfferedExtension& extension : offered.extensions) {
    const bool is_known =
        std::find(kExtensions.begin(), kExtensions.end(), extension.uri) != kExtensions.end();
    // RFC 8285 section 6: an id is used as offered. Up to 14 it fits in the one-byte form.
    if (!is_known || extension.id < 1 || extension.id > 255) continue;
    media.extensions.emplace_back(extension.uri, static_cast<uint8_t>(extension.id));
  }
  media.accepted = std::any_of(media.codecs.begin(), media.codecs.end(),
                               [](const AnsweredCodec& codec) { return !codec.apt; });
  const bool offerer_sends = offered.direction == "sendrecv" || offered.direction == "sendonly";
  const bool offerer_receives = offered.direction == "sendrecv" || offered.direction == "recvonly";
  media.receives = offerer_sends && flow != MediaFlow::kSend;
  media.sends = offerer_receives && flow != MediaFlow::kReceive;
  return media;
}

std::string MediaLines(const Document& offer, size_t section, const AnsweredMedia& media) {
  std::string text;
  const auto add = [&text](std::string_view line) { (text += line) += "\r\n"; };
  for (const auto& [uri, id] : media.extensions) {
    add("a=extmap:" + std::to_string(id) + " " + uri);
  }
  add(media.sends ? (media.receives ? "a=sendrecv" : "a=sendonly")
                  : (media.receives ? "a=recvonly" : "a=inactive"));
  const auto lines = offer.LinesOf(offer.sections()[section]);
  for (const AnsweredCodec& codec : media.codecs) {
    const std::string number = std::to_string(codec.payload_type);
    // As they were offered: what they say of the codec is true of what is sent back, too.
    bool has_rtpmap = false, has_fmtp = false;
    for (const Line& line : lines) {
      const std::string_view name = NameOf(line);
      if (FormatOf(line) != number && FormatOf(line) != "*") continue;
      AnsweredCodec ignored;
      if (name == "rtpmap" && !has_rtpmap) {
        has_rtpmap = true;
        add(line.text());
      } else if (name == "fmtp" && !has_fmtp) {
        has_fmtp = true;
        add(line.text());
      } else if (const auto feedback = TypedLine(line).As<RtcpFeedback>();
                 feedback.ok() && NoteFeedback(*feedback, ignored)) {
        const std::string_view parameter = feedback->parameter.value_or("");
        add("a=rtcp-fb:" + number + " " + std::string(feedback->type) +
            (parameter.empty() ? "" : " " + std::string(parameter)));
      }
    }
  }
  return text;
}

}  // namespace koeru::sdp
