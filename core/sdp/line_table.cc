// The line types, in the order in which they stand in a description (RFC 8866 section 5).

#include "core/sdp/lines/bandwidth.h"
#include "core/sdp/lines/connection_data.h"
#include "core/sdp/lines/encryption_key.h"
#include "core/sdp/lines/media.h"
#include "core/sdp/lines/origin.h"
#include "core/sdp/lines/repeat_time.h"
#include "core/sdp/lines/text_lines.h"
#include "core/sdp/lines/timing.h"
#include "core/sdp/lines/version.h"
#include "core/sdp/lines/zone_adjustments.h"
#include "core/sdp/registry.h"

namespace koeru::sdp {
namespace {

template <typename T>
constexpr Row LineType(std::string_view rfc, Level level, Count count) {
  return {T::kName, rfc, level, count, true, &TranscodeAs<T>};
}

constexpr Row kLineTypes[] = {
    LineType<Version>("RFC 8866 §5.1", Level::kSession, Count::kOnce),
    LineType<Origin>("RFC 8866 §5.2", Level::kSession, Count::kOnce),
    LineType<SessionName>("RFC 8866 §5.3", Level::kSession, Count::kOnce),
    LineType<Information>("RFC 8866 §5.4", Level::kBoth, Count::kOnce),
    LineType<Uri>("RFC 8866 §5.5", Level::kSession, Count::kOnce),
    LineType<EmailAddress>("RFC 8866 §5.6", Level::kSession, Count::kMany),
    LineType<PhoneNumber>("RFC 8866 §5.6", Level::kSession, Count::kMany),
    LineType<ConnectionData>("RFC 8866 §5.7", Level::kBoth, Count::kMany),
    LineType<Bandwidth>("RFC 8866 §5.8", Level::kBoth, Count::kMany),
    LineType<Timing>("RFC 8866 §5.9", Level::kSession, Count::kMany),
    LineType<RepeatTime>("RFC 8866 §5.10", Level::kSession, Count::kMany),
    // One for each repeat-description (section 9).
    LineType<ZoneAdjustments>("RFC 8866 §5.11", Level::kSession, Count::kMany),
    LineType<EncryptionKey>("RFC 8866 §5.12", Level::kBoth, Count::kOnce),
    LineType<Media>("RFC 8866 §5.14", Level::kMedia, Count::kOnce),
};

}  // namespace

std::span<const Row> LineTypes() { return kLineTypes; }

}  // namespace koeru::sdp
