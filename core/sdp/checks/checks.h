#pragma once

// The checks, in the order in which Lint() calls them for each section. One file each.

#include "core/sdp/checks/context.h"

namespace koeru::sdp {

// Once, for the whole text.
void CheckLineEndings(Context& context, const Document& document);

void CheckLineSyntax(Context& context, const SectionView& section);
void CheckLineOrder(Context& context, const SectionView& section);
void CheckValues(Context& context, const SectionView& section);
void CheckAttributePlaces(Context& context, const SectionView& section);
void CheckMid(Context& context, const SectionView& section);
void CheckMediaLine(Context& context, const SectionView& section);
void CheckFormats(Context& context, const SectionView& section);
void CheckExtmaps(Context& context, const SectionView& section);
void CheckIce(Context& context, const SectionView& section);
void CheckDtls(Context& context, const SectionView& section);
void CheckDirectionAndBandwidth(Context& context, const SectionView& section);
void CheckSimulcast(Context& context, const SectionView& section);
void CheckSources(Context& context, const SectionView& section);
void CheckDataChannel(Context& context, const SectionView& section);

// Once, when all mids are known.
void CheckGroups(Context& context);

}  // namespace koeru::sdp
