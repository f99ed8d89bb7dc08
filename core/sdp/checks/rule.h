#pragma once

// What the lint looks for: one row each. Findings, `koeru lint --rules` and the docs read this one
// table.
//
//   RuleOf(RuleId::kMidDuplicate).name       // "mid-duplicate"
//
// How severe a breach is depends on the mode. Strict is the RFCs'. Lenient is the browsers': an
// error is what Chromium 156 or Firefox 153 reject, whatever the RFC says of it
// (tests/browser/sdp_lint.test.mjs asks them).

#include <cstdint>
#include <span>
#include <string_view>

#include "core/sdp/decoder.h"

namespace koeru::sdp {

enum class Severity : uint8_t { kError, kWarning, kInfo };

std::string_view SeverityName(Severity severity);

// In the order of the table.
enum class RuleId : uint8_t {
  // Lines
  kLineWithoutType,
  kUnknownLineType,
  kEmptyLine,
  kLineEnding,
  kLastLineUnended,
  kControlCharacter,
  kNotAscii,
  kNotUtf8,
  kLongLine,
  kMissingLine,
  kSessionLineOrder,
  kMediaLineOrder,
  kLineTwice,
  kLineLevel,
  kConnectionMissing,
  // Values and attributes
  kValue,
  kValueSpacing,
  kValueForm,
  kVersionNumber,
  kAttributeLevel,
  kAttributeTwice,
  kAttributeCase,
  // Mids and groups
  kMidMissing,
  kMidDuplicate,
  kMidTwice,
  kMidNotInBundle,
  kNoBundle,
  kGroupMidUnknown,
  kBundleMidTwice,
  kBundleTagRejected,
  kBundleRejectedSection,
  kBundleOnlyPort,
  // Media and formats
  kMediaUnknown,
  kProtocolUnknown,
  kProtocolInsecure,
  kFormatNotNumber,
  kFormatTwice,
  kFormatWithoutRtpmap,
  kFormatNotListed,
  kRtpmapNotListed,
  kRtpmapConflict,
  kRtpmapTwice,
  kFmtpTwice,
  kCodecClock,
  kRtxWithoutApt,
  kAptUnknown,
  kBundleCodecConflict,
  // Header extensions
  kExtmapIdRange,
  kExtmapTwoByte,
  kExtmapIdTwice,
  kExtmapUriTwice,
  kBundleExtmapConflict,
  // ICE and DTLS
  kIceCredentialsMissing,
  kBundleIceConflict,
  kCandidateType,
  kCandidateAfterEnd,
  kFingerprintMissing,
  kFingerprintForm,
  kFingerprintHash,
  kFingerprintForbidden,
  kFingerprintWeak,
  kSetupMissing,
  kSetupHoldconn,
  kSetupOffer,
  kSetupAnswer,
  kRtcpMuxMissing,
  kCryptoWithDtls,
  // Streams
  kDirectionTwice,
  kBandwidthUnknown,
  kBandwidthTwice,
  kBandwidthZero,
  kRidTwice,
  kRidUndeclared,
  kRidDirection,
  kRidFormatUnknown,
  kSimulcastTwice,
  kSimulcastIdTwice,
  kSsrcCnameMissing,
  kSsrcTwoSections,
  kSsrcGroupMember,
  kSsrcGroupSize,
  // Data channels
  kSctpElsewhere,
  kSctpmapOld,
  kSctpPortMissing,
  // The lint itself
  kMoreFindings,
  kCount
};

// Who was seen to reject a description for this.
enum class Rejects : uint8_t { kNobody, kChromium, kFirefox, kBoth };

struct Rule {
  RuleId id;
  std::string_view name;  // "mid-duplicate"
  Severity strict;
  Severity lenient;
  Rejects browsers;
  std::string_view rfc;
  // What is wrong and what to do. "%" is where a text of the description goes, quoted, escaped and
  // cut when it is long, or a number; "$" is where a text of ours goes.
  std::string_view text;

  Severity severity(Mode mode) const { return mode == Mode::kStrict ? strict : lenient; }
};

std::span<const Rule> Rules();
const Rule& RuleOf(RuleId id);

}  // namespace koeru::sdp
