// The payload types of a section: m=, rtpmap, fmtp and rtcp-fb must speak of the same ones
// (RFC 8866 sections 5.14, 6.6 and 6.15, RFC 4585 section 4.2, RFC 4588 section 8.6).

#include <optional>

#include "core/sdp/attributes/fmtp.h"
#include "core/sdp/attributes/rtcp_fb.h"
#include "core/sdp/attributes/rtpmap.h"
#include "core/sdp/checks/checks.h"
#include "core/sdp/checks/payload_types.h"

namespace koeru::sdp {
namespace {

void ReadMediaLine(Context& context, const SectionView& section, PayloadTypes& types) {
  for (const std::string_view format : section.media().formats) {
    const std::optional<uint8_t> number = PayloadTypeOf(format);
    if (!number) {
      context.report.Add(RuleId::kFormatNotNumber, section.first_line(), {format}, format);
    } else if (types[*number].listed) {
      context.report.Add(RuleId::kFormatTwice, section.first_line(), {size_t{*number}}, format);
    } else {
      types[*number].listed = true;
    }
  }
}

void ReadRtpmaps(Context& context, const SectionView& section, PayloadTypes& types) {
  section.ForEach<Rtpmap>([&](size_t at, const Rtpmap& map) {
    PayloadType& type = types[map.payload_type];
    const size_t number = map.payload_type;
    const std::string_view line = section.lines()[at - section.first_line()].text();
    const std::string_view codec = CodecText(line, map);
    const std::string_view fixed = FixedCodecText(map.encoding_name);
    if (!fixed.empty() && !ice::EqualsIgnoringCase(codec, fixed)) {
      context.report.Add(RuleId::kCodecClock, at, {map.encoding_name, fixed}, codec);
    }
    if (!type.listed) {
      context.report.Add(RuleId::kRtpmapNotListed, at, {number}, 9);
    } else if (type.codec.empty()) {
      type.codec = codec;
    } else if (!ice::EqualsIgnoringCase(type.codec, codec)) {
      context.report.Add(RuleId::kRtpmapConflict, at, {number, type.codec, codec}, codec);
    } else {
      context.report.Add(RuleId::kRtpmapTwice, at, {number}, 9);
    }
  });
}

// Whether an fmtp or rtcp-fb speaks of a payload type that is there.
std::optional<uint8_t> CheckListed(Context& context, size_t at, std::string_view attribute,
                                   std::string_view format, const PayloadTypes& types) {
  const std::optional<uint8_t> number = PayloadTypeOf(format);
  if (number && types[*number].listed) return number;
  context.report.Add(RuleId::kFormatNotListed, at, {attribute, format}, format);
  return std::nullopt;
}

void ReadFmtps(Context& context, const SectionView& section, PayloadTypes& types) {
  section.ForEach<Fmtp>([&](size_t at, const Fmtp& fmtp) {
    const auto number = CheckListed(context, at, Fmtp::kName, fmtp.format, types);
    if (!number) return;
    PayloadType& type = types[*number];
    if (type.fmtp_line != 0) {
      context.report.Add(RuleId::kFmtpTwice, at, {size_t{*number}}, fmtp.format);
    }
    type.fmtp_line = at;
    for (const FormatParameter& parameter : fmtp.parameters) {
      if (ice::EqualsIgnoringCase(parameter.name, "apt")) type.apt = parameter.value.value_or("");
    }
  });
}

void CheckRtx(Context& context, size_t rtpmap_line, size_t number, const PayloadTypes& types) {
  const PayloadType& type = types[number];
  if (!type.is_rtx()) return;
  if (!type.apt) {
    context.report.Add(RuleId::kRtxWithoutApt, rtpmap_line, {number}, 9);
    return;
  }
  const std::optional<uint8_t> repeated = PayloadTypeOf(*type.apt);
  if (repeated && types[*repeated].listed && !types[*repeated].is_rtx()) return;
  context.report.Add(RuleId::kAptUnknown, type.fmtp_line, {*type.apt}, *type.apt);
}

void CheckAgreement(Context& context, const SectionView& section, const PayloadTypes& types) {
  const std::optional<Bundles::Member> member = context.bundles.Find(section);
  for (size_t number = 0; number < types.size(); ++number) {
    const PayloadType& type = types[number];
    if (!type.listed) continue;
    if (type.codec.empty()) {
      if (NeedsRtpmap(number)) {
        context.report.Add(RuleId::kFormatWithoutRtpmap, section.first_line(), {number});
      }
    } else if (member) {
      const std::string_view agreed = context.bundles.Agree(
          member->group, Bundles::Topic::kCodec, static_cast<uint32_t>(number), type.codec);
      if (!ice::EqualsIgnoringCase(agreed, type.codec)) {
        context.report.Add(RuleId::kBundleCodecConflict, section.first_line(),
                           {number, agreed, type.codec});
      }
    }
  }
}

}  // namespace

void CheckFormats(Context& context, const SectionView& section) {
  if (!section.is_rtp()) return;
  PayloadTypes types;
  ReadMediaLine(context, section, types);
  ReadRtpmaps(context, section, types);
  ReadFmtps(context, section, types);
  section.ForEach<RtcpFeedback>([&](size_t at, const RtcpFeedback& feedback) {
    if (feedback.payload_type == "*") return;
    CheckListed(context, at, RtcpFeedback::kName, feedback.payload_type, types);
  });
  section.ForEach<Rtpmap>(
      [&](size_t at, const Rtpmap& map) { CheckRtx(context, at, map.payload_type, types); });
  CheckAgreement(context, section, types);
}

}  // namespace koeru::sdp
