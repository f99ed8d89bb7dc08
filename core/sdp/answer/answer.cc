#include "core/sdp/answer/answer.h"

#include <algorithm>

#include "core/sdp/answer/answered_media.h"

namespace koeru::sdp {
namespace {

constexpr std::string_view kRtp = "UDP/TLS/RTP/SAVPF";
constexpr std::string_view kSctp = "UDP/DTLS/SCTP";

class Answerer {
 public:
  Answerer(const Document& offer, const AnswerOptions& options)
      : offer_(offer), options_(options), bundle_(BundleOf(offer)) {
    for (size_t i = 1; i < offer.sections().size(); ++i) offered_.push_back(ReadOffered(offer, i));
  }

  Result<Answer, AnswerError> Make() {
    if (offered_.empty()) return AnswerError{"the offer has no media section (m= line)"};
    for (size_t i = 0; i < offered_.size(); ++i) answer_.media.push_back(Decide(i));
    const auto first = std::find_if(answer_.media.begin(), answer_.media.end(),
                                    [](const AnsweredMedia& media) { return media.accepted; });
    if (first == answer_.media.end()) {
      return AnswerError{
          "no section of the offer can be taken: RTP needs UDP/TLS/RTP/SAVPF, a=rtcp-mux and a "
          "codec, data channels need UDP/DTLS/SCTP and a=sctp-port"};
    }
    const OfferedSection& transport = offered_[static_cast<size_t>(first - answer_.media.begin())];
    if (auto error = TakeTransport(transport)) return *error;
    Write();
    return std::move(answer_);
  }

 private:
  // RFC 9143 section 7.3: only sections of one group share a transport.
  bool IsOnTheTransport(size_t index) const {
    const std::string_view mid = offered_[index].mid;
    if (bundle_.empty()) {
      return std::none_of(answer_.media.begin(), answer_.media.end(),
                          [](const AnsweredMedia& media) { return media.accepted; });
    }
    return !mid.empty() && std::find(bundle_.begin(), bundle_.end(), mid) != bundle_.end();
  }

  AnsweredMedia Decide(size_t index) {
    const OfferedSection& offered = offered_[index];
    AnsweredMedia media{std::string(offered.mid), std::string(offered.media)};
    if (offered.is_refused || !IsOnTheTransport(index)) return media;
    if (offered.protocol == kSctp) {
      media.accepted = offered.media == "application" && offered.sctp_port.has_value() &&
                       answer_.remote_sctp_port == 0;
      if (media.accepted) {
        answer_.remote_sctp_port = *offered.sctp_port;
        answer_.remote_max_message_size = offered.max_message_size;
      }
      return media;
    }
    if (offered.protocol != kRtp || !offered.rtcp_mux) return media;
    media = AnswerMedia(offer_, index + 1, offered, options_.flow);
    if (!media.accepted || !media.sends) return media;
    // By the section's place, so that no later offer gives a stream another one's SSRC.
    if (2 * index + 1 >= options_.ssrcs.size()) {
      media.sends = false;
      return media;
    }
    media.ssrc = options_.ssrcs[2 * index];
    const bool has_rtx = std::any_of(media.codecs.begin(), media.codecs.end(),
                                     [](const AnsweredCodec& codec) { return codec.apt; });
    if (has_rtx) media.rtx_ssrc = options_.ssrcs[2 * index + 1];
    return media;
  }

  std::optional<AnswerError> TakeTransport(const OfferedSection& offered) {
    if (offered.ufrag.empty() || offered.password.empty()) {
      return AnswerError{"the offer has no a=ice-ufrag and a=ice-pwd"};
    }
    if (offered.fingerprint.empty()) {
      return AnswerError{
          "the offer has no a=fingerprint with sha-256, sha-384 or sha-512, so nobody could tell "
          "who "
          "answers in DTLS"};
    }
    if (offered.setup == Setup::Role::kHoldconn) {
      return AnswerError{"the offer says a=setup:holdconn: nobody would begin the handshake"};
    }
    answer_.is_dtls_client = offered.setup != Setup::Role::kActive;
    answer_.ufrag = offered.ufrag;
    answer_.password = offered.password;
    answer_.fingerprint_hash = offered.fingerprint_hash;
    answer_.fingerprint = offered.fingerprint;
    answer_.candidates.assign(offered.candidates.begin(), offered.candidates.end());
    return std::nullopt;
  }

  void Add(const std::string& line) { (answer_.text += line) += "\r\n"; }

  void Write() {
    Add("v=0");
    Add("o=- " + std::to_string(options_.session_id) + " " +
        std::to_string(options_.session_version) + " IN IP4 0.0.0.0");
    Add("s=-");
    Add("t=0 0");
    if (options_.ice_lite) Add("a=ice-lite");
    if (!bundle_.empty()) {
      std::string group = "a=group:BUNDLE";
      for (const AnsweredMedia& media : answer_.media) {
        if (media.accepted) group += " " + media.mid;
      }
      Add(group);
    }
    Add("a=msid-semantic: WMS koeru");
    bool is_first = true;
    for (size_t i = 0; i < offered_.size(); ++i) {
      WriteSection(i, is_first);
      is_first = is_first && !answer_.media[i].accepted;
    }
  }

  void WriteSection(size_t index, bool has_candidates) {
    const OfferedSection& offered = offered_[index];
    const AnsweredMedia& media = answer_.media[index];
    if (!media.accepted) return Refuse(index);
    std::string line = "m=" + media.media + " 9 " + std::string(offered.protocol);
    for (const AnsweredCodec& codec : media.codecs) {
      line += " " + std::to_string(codec.payload_type);
    }
    if (offered.protocol == kSctp) line += " " + std::string(offered.first_format);
    Add(line);
    Add("c=IN IP4 0.0.0.0");
    if (offered.protocol == kRtp) Add("a=rtcp:9 IN IP4 0.0.0.0");
    if (has_candidates) {
      for (const std::string& candidate : options_.candidates) Add("a=" + candidate);
      Add("a=end-of-candidates");
    }
    Add("a=ice-ufrag:" + options_.ufrag);
    Add("a=ice-pwd:" + options_.password);
    Add("a=ice-options:trickle");
    Add("a=fingerprint:sha-256 " + options_.fingerprint);
    Add(answer_.is_dtls_client ? "a=setup:active" : "a=setup:passive");
    if (!media.mid.empty()) Add("a=mid:" + media.mid);
    if (offered.protocol == kSctp) {
      Add("a=sctp-port:" + std::to_string(options_.sctp_port));
      Add("a=max-message-size:" + std::to_string(options_.max_message_size));
      return;
    }
    answer_.text += MediaLines(offer_, index + 1, media);
    if (media.sends)
      Add("a=msid:koeru " + media.media + (media.mid.empty() ? "" : "-" + media.mid));
    Add("a=rtcp-mux");
    if (offered.rtcp_rsize) Add("a=rtcp-rsize");
    WriteSources(media);
  }

  // RFC 5576.
  void WriteSources(const AnsweredMedia& media) {
    if (media.ssrc == 0) return;
    const std::string ssrc = std::to_string(media.ssrc), rtx = std::to_string(media.rtx_ssrc);
    if (media.rtx_ssrc != 0) Add("a=ssrc-group:FID " + ssrc + " " + rtx);
    Add("a=ssrc:" + ssrc + " cname:" + options_.cname);
    if (media.rtx_ssrc != 0) Add("a=ssrc:" + rtx + " cname:" + options_.cname);
  }

  // RFC 3264 section 6. A line that could not be read is answered as well as it can be.
  void Refuse(size_t index) {
    const OfferedSection& offered = offered_[index];
    if (offered.media.empty()) {
      Add("m=application 0 UDP/TLS/RTP/SAVPF 0");
    } else {
      Add("m=" + std::string(offered.media) + " 0 " + std::string(offered.protocol) + " " +
          std::string(offered.first_format));
    }
    Add("c=IN IP4 0.0.0.0");
    if (!offered.mid.empty()) Add("a=mid:" + std::string(offered.mid));
    if (offered.protocol != kSctp) Add("a=inactive");
  }

  const Document& offer_;
  const AnswerOptions& options_;
  const std::vector<std::string_view> bundle_;
  std::vector<OfferedSection> offered_;
  Answer answer_;
};

}  // namespace

Result<Answer, AnswerError> MakeAnswer(const Document& offer, const AnswerOptions& options) {
  return Answerer(offer, options).Make();
}

}  // namespace koeru::sdp
