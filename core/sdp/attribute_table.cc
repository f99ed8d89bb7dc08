// The attributes, sorted by name as std::lower_bound wants them (RFC 8866 section 6, and each RFC
// that adds some).

#include "core/sdp/attributes/candidate.h"
#include "core/sdp/attributes/clocks.h"
#include "core/sdp/attributes/crypto.h"
#include "core/sdp/attributes/data_channel.h"
#include "core/sdp/attributes/extmap.h"
#include "core/sdp/attributes/fingerprint.h"
#include "core/sdp/attributes/flags.h"
#include "core/sdp/attributes/floor_control.h"
#include "core/sdp/attributes/fmtp.h"
#include "core/sdp/attributes/group.h"
#include "core/sdp/attributes/ice_credentials.h"
#include "core/sdp/attributes/ice_options.h"
#include "core/sdp/attributes/ice_pacing.h"
#include "core/sdp/attributes/identity.h"
#include "core/sdp/attributes/imageattr.h"
#include "core/sdp/attributes/key_mgmt.h"
#include "core/sdp/attributes/labels.h"
#include "core/sdp/attributes/mid.h"
#include "core/sdp/attributes/msid.h"
#include "core/sdp/attributes/packet_time.h"
#include "core/sdp/attributes/remote_candidates.h"
#include "core/sdp/attributes/rid.h"
#include "core/sdp/attributes/rtcp.h"
#include "core/sdp/attributes/rtcp_fb.h"
#include "core/sdp/attributes/rtcp_xr.h"
#include "core/sdp/attributes/rtpmap.h"
#include "core/sdp/attributes/rtsp.h"
#include "core/sdp/attributes/sctp.h"
#include "core/sdp/attributes/session_attributes.h"
#include "core/sdp/attributes/setup.h"
#include "core/sdp/attributes/simulcast.h"
#include "core/sdp/attributes/source_filter.h"
#include "core/sdp/attributes/ssrc.h"
#include "core/sdp/attributes/ssrc_group.h"
#include "core/sdp/attributes/tls_id.h"
#include "core/sdp/attributes/x_google_flag.h"
#include "core/sdp/registry.h"

namespace koeru::sdp {
namespace {

// a=<name>:<value>
template <typename T>
constexpr Row Value(std::string_view rfc, Level level, Count count) {
  return {T::kName, rfc, level, count, true, &TranscodeAs<T>};
}
// a=<name>
template <typename T>
constexpr Row Property(std::string_view rfc, Level level, Count count) {
  return {T::kName, rfc, level, count, false, &TranscodeAs<T>};
}

constexpr Row kAttributes[] = {
    Property<BundleOnly>("RFC 9143 §6", Level::kMedia, Count::kOnce),
    Value<Candidate>("RFC 8839 §5.1", Level::kMedia, Count::kMany),
    Value<Category>("RFC 8866 §6.1", Level::kSession, Count::kOnce),
    Value<Charset>("RFC 8866 §6.10", Level::kSession, Count::kOnce),
    Value<Confid>("RFC 8856 §5.2", Level::kMedia, Count::kOnce),
    Value<Connection>("RFC 4145 §5", Level::kBoth, Count::kOnce),
    Value<Content>("RFC 4796 §5", Level::kMedia, Count::kOnce),
    Value<Control>("RFC 7826 §D.1.1", Level::kBoth, Count::kOnce),
    Value<Crypto>("RFC 4568 §9.1", Level::kMedia, Count::kMany),
    Value<Dcmap>("RFC 8864 §5.1", Level::kMedia, Count::kMany),
    Value<Dcsa>("RFC 8864 §5.2", Level::kMedia, Count::kMany),
    Property<EndOfCandidates>("RFC 8840 §8.1", Level::kBoth, Count::kOnce),
    Value<Extmap>("RFC 8285 §5", Level::kBoth, Count::kMany),
    Property<ExtmapAllowMixed>("RFC 8285 §6", Level::kBoth, Count::kOnce),
    Value<Fingerprint>("RFC 8122 §5", Level::kBoth, Count::kMany),
    Value<Floorctrl>("RFC 8856 §5.1", Level::kMedia, Count::kOnce),
    Value<Floorid>("RFC 8856 §5.4", Level::kMedia, Count::kMany),
    Value<Fmtp>("RFC 8866 §6.15", Level::kMedia, Count::kMany),
    Value<Framerate>("RFC 8866 §6.13", Level::kMedia, Count::kOnce),
    Value<Framesize>("3GPP TS 26.234 §5.3.3.2", Level::kMedia, Count::kMany),
    Value<Group>("RFC 5888 §5", Level::kSession, Count::kMany),
    Property<IceLite>("RFC 8839 §5.3", Level::kSession, Count::kOnce),
    Property<IceMismatch>("RFC 8839 §5.3", Level::kMedia, Count::kOnce),
    Value<IceOptions>("RFC 8839 §5.6", Level::kBoth, Count::kOnce),
    Value<IcePacing>("RFC 8839 §5.5", Level::kSession, Count::kOnce),
    Value<IcePwd>("RFC 8839 §5.4", Level::kBoth, Count::kOnce),
    Value<IceUfrag>("RFC 8839 §5.4", Level::kBoth, Count::kOnce),
    Value<Identity>("RFC 8827 §5", Level::kSession, Count::kOnce),
    Value<Imageattr>("RFC 6236 §3.1", Level::kMedia, Count::kMany),
    Property<Inactive>("RFC 8866 §6.7.4", Level::kBoth, Count::kOnce),
    Value<KeyMgmt>("RFC 4567 §3.1", Level::kBoth, Count::kMany),
    Value<Keywords>("RFC 8866 §6.2", Level::kSession, Count::kOnce),
    Value<Label>("RFC 4574 §4", Level::kMedia, Count::kOnce),
    Value<Lang>("RFC 8866 §6.12", Level::kBoth, Count::kMany),
    Value<MaxMessageSize>("RFC 8841 §6", Level::kMedia, Count::kOnce),
    Value<Maxptime>("RFC 8866 §6.5", Level::kMedia, Count::kOnce),
    Value<Mediaclk>("RFC 7273 §5.4", Level::kBoth, Count::kOnce),
    Value<Mid>("RFC 5888 §4", Level::kMedia, Count::kOnce),
    Value<Msid>("RFC 8830 §2", Level::kMedia, Count::kMany),
    Value<MsidSemantic>("draft-ietf-mmusic-msid-02", Level::kSession, Count::kMany),
    Value<Orientation>("RFC 8866 §6.8", Level::kMedia, Count::kOnce),
    Value<Ptime>("RFC 8866 §6.4", Level::kMedia, Count::kOnce),
    Value<Quality>("RFC 8866 §6.14", Level::kMedia, Count::kOnce),
    Value<Range>("RFC 7826 §D.1.6", Level::kBoth, Count::kOnce),
    Property<RecvOnly>("RFC 8866 §6.7.1", Level::kBoth, Count::kOnce),
    Value<RemoteCandidates>("RFC 8839 §5.2", Level::kMedia, Count::kOnce),
    Value<Rid>("RFC 8851 §4", Level::kMedia, Count::kMany),
    Value<Rtcp>("RFC 3605 §2.1", Level::kMedia, Count::kOnce),
    Value<RtcpFeedback>("RFC 4585 §4.2", Level::kMedia, Count::kMany),
    Property<RtcpMux>("RFC 5761 §5.1.1", Level::kMedia, Count::kOnce),
    Property<RtcpMuxOnly>("RFC 8858 §3", Level::kMedia, Count::kOnce),
    Property<RtcpReducedSize>("RFC 5506 §5", Level::kMedia, Count::kOnce),
    Value<RtcpXr>("RFC 3611 §5.1", Level::kBoth, Count::kOnce),
    Value<Rtpmap>("RFC 8866 §6.6", Level::kMedia, Count::kMany),
    Value<SctpPort>("RFC 8841 §5", Level::kMedia, Count::kOnce),
    Value<Sctpmap>("draft-ietf-mmusic-sctp-sdp-05", Level::kMedia, Count::kMany),
    Value<SdpLang>("RFC 8866 §6.11", Level::kBoth, Count::kMany),
    Property<SendOnly>("RFC 8866 §6.7.3", Level::kBoth, Count::kOnce),
    Property<SendRecv>("RFC 8866 §6.7.2", Level::kBoth, Count::kOnce),
    Value<Setup>("RFC 4145 §4", Level::kBoth, Count::kOnce),
    Value<Simulcast>("RFC 8853 §5.1", Level::kMedia, Count::kOnce),
    Value<SourceFilter>("RFC 4570 §3", Level::kBoth, Count::kMany),
    Value<Ssrc>("RFC 5576 §4.1", Level::kMedia, Count::kMany),
    Value<SsrcGroup>("RFC 5576 §4.2", Level::kMedia, Count::kMany),
    Value<TlsId>("RFC 8842 §4", Level::kBoth, Count::kOnce),
    Value<Tool>("RFC 8866 §6.3", Level::kSession, Count::kOnce),
    Value<TsRefclk>("RFC 7273 §4.8", Level::kBoth, Count::kMany),
    Value<ConferenceType>("RFC 8866 §6.9", Level::kSession, Count::kOnce),
    Value<Userid>("RFC 8856 §5.3", Level::kMedia, Count::kOnce),
    Value<XGoogleFlag>("libwebrtc", Level::kMedia, Count::kOnce),
};

}  // namespace

std::span<const Row> Attributes() { return kAttributes; }

}  // namespace koeru::sdp
