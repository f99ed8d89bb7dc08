#include "core/sdp/checks/lint.h"

#include <algorithm>

#include "core/sdp/attributes/fingerprint.h"
#include "core/sdp/checks/checks.h"

namespace koeru::sdp {
namespace {

constexpr void (*kChecks[])(Context&, const SectionView&) = {
    CheckLineSyntax,
    CheckLineOrder,
    CheckValues,
    CheckAttributePlaces,
    CheckMid,
    CheckMediaLine,
    CheckFormats,
    CheckExtmaps,
    CheckIce,
    CheckDtls,
    CheckDirectionAndBandwidth,
    CheckSimulcast,
    CheckSources,
    CheckDataChannel,
};

bool IsWebRtc(const Document& document) {
  return std::any_of(document.lines().begin(), document.lines().end(), [](const Line& line) {
    return (line.type() == 'm' && IsDtls(line.value())) ||
           line.text().starts_with("a=fingerprint:");
  });
}

}  // namespace

std::vector<Finding> Lint(const Document& document, Mode mode, DescriptionType type) {
  Context context(document, mode, type);
  context.is_webrtc = IsWebRtc(document);
  context.session.Load(0);
  context.bundles.Read(context.session);
  CheckLineEndings(context, document);
  SectionView section(document);
  for (size_t i = 0; i < document.sections().size(); ++i) {
    section.Load(i);
    context.report.set_section(i);
    for (const auto check : kChecks) check(context, section);
  }
  context.report.set_section(0);
  CheckGroups(context);
  return context.report.Take();
}

}  // namespace koeru::sdp
