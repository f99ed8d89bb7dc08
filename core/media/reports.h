#pragma once

// Sender and receiver reports of a section, and REMB: RFC 3550 section 6.4,
// draft-alvestrand-rmcat-remb-03.
//
//   ReportContext context{sections, sources, clock, round_trip, now, wall};
//   WriteReport(*section, context, out);              // begins a compound

#include "core/media/compound.h"
#include "core/media/round_trip.h"
#include "core/media/sections.h"
#include "core/media/sources.h"

namespace koeru::media {

struct ReportContext {
  const Sections& sections;
  const Sources& sources;
  const PeerClock& clock;
  RoundTrip& round_trip;
  net::Instant now;
  rtp::NtpTime wall;
  net::Duration delay{};  // how long packets wait here before they are sent
};

// A sender report when the section's stream was sent since the last one, else a receiver report.
// Both have blocks about the section's sources.
void WriteReport(Section& section, const ReportContext& context, CompoundWriter& out);

// About all sources of sections with REMB.
void WriteRemb(uint64_t bits_per_second, const ReportContext& context, CompoundWriter& out);

// The worst of the sources, 0 to 1, by their last reports.
double FractionLost(const Sources& sources);

}  // namespace koeru::media
