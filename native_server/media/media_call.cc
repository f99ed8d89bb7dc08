#include "native_server/media/media_call.h"

#include <algorithm>

#include "core/media/quality_json.h"
#include "core/sdp/document.h"
#include "native_server/io/random.h"
#include "native_server/tls/certificate_fingerprint.h"

namespace koeru::server {
namespace {

// Sections that may be sent, with two SSRCs each.
constexpr size_t kMostSections = 16;

std::vector<uint32_t> NewSsrcs(relay::RandomSource& random) {
  std::vector<uint32_t> ssrcs;
  while (ssrcs.size() < 2 * kMostSections) {
    const auto ssrc = static_cast<uint32_t>(RandomNumber(random));
    if (ssrc != 0 && std::find(ssrcs.begin(), ssrcs.end(), ssrc) == ssrcs.end()) {
      ssrcs.push_back(ssrc);
    }
  }
  return ssrcs;
}

media::MediaPeerOptions PeerOptionsOf(const PeerRequest& request,
                                      const MediaCallSettings& settings) {
  media::MediaPeerOptions options;
  options.mode = request.mode == "delay"    ? media::Mode::kDelayedEcho
                 : request.mode == "sink"   ? media::Mode::kSink
                 : request.mode == "source" ? media::Mode::kSource
                                            : media::Mode::kEcho;
  options.delay =
      std::chrono::duration_cast<net::Duration>(std::chrono::duration<double>(request.delay_s));
  options.max_bits_per_second = settings.max_bits_per_second;
  options.clip = settings.clip;
  return options;
}

}  // namespace

MediaCall::MediaCall(MediaSessionId id, size_t worker, const MediaCallSettings& settings,
                     const PeerRequest& request, uint64_t connection, net::Instant now)
    : id_(id),
      worker_(worker),
      settings_(settings),
      request_(request),
      connection_(connection),
      give_up_(now + kSetupTime),
      local_(NewMediaCredentials(worker, *settings.random)),
      session_id_(RandomNumber(*settings.random) >> 1),
      ssrcs_(NewSsrcs(*settings.random)) {}

MediaCall::~MediaCall() = default;

sdp::AnswerOptions MediaCall::OptionsOf() const {
  return {
      .session_id = session_id_,
      .session_version = session_version_,
      .ufrag = local_.ufrag,
      .password = local_.password,
      .fingerprint = settings_.fingerprint,
      .candidates = settings_.candidates,
      .ice_lite = settings_.ice_lite,
      .flow = request_.mode == "sink" ? sdp::MediaFlow::kReceive : sdp::MediaFlow::kSendAndReceive,
      .ssrcs = ssrcs_};
}

// The first offer begins the session; a later one may restart ICE or change the sections.
void MediaCall::OnOffer(const std::string& text, net::Instant now, MediaOutput& output) {
  const sdp::Document offer = sdp::Document::Parse(text);
  ++session_version_;
  auto answer = sdp::MakeAnswer(offer, OptionsOf());
  if (!answer.ok()) return output.End("offer", answer.error().reason);
  const ice::Credentials remote{answer->ufrag, answer->password};
  if (!remote.IsValid()) return output.End("offer", "the offer's a=ice-ufrag or a=ice-pwd is none");
  if (state_ == State::kNew) {
    fingerprint_hash_ = answer->fingerprint_hash;
    fingerprint_ = answer->fingerprint;
    is_dtls_client_ = answer->is_dtls_client;
    TakeSctp(*answer);
    state_ = State::kAnswered;
    Order(output, OpenMedia{.local = local_,
                            .remote = remote,
                            .candidates = answer->candidates,
                            .media = answer->media,
                            .options = PeerOptionsOf(request_, settings_),
                            .ice_lite = settings_.ice_lite});
  } else if (!FitsBefore(*answer, output)) {
    return;
  } else {
    if (remote != remote_) {
      // RFC 8839 section 4.4.1.1.1: the answer to a restart has new credentials, too.
      local_ = NewMediaCredentials(worker_, *settings_.random);
      answer = sdp::MakeAnswer(offer, OptionsOf());
      Order(output, RestartIce{local_, remote, answer->candidates});
    }
    TakeSctp(*answer);
    Order(output, ChangeMedia{answer->media});
  }
  if (state_ == State::kOpen && sctp_port_ != 0 && channels_ == nullptr) BeginChannels(now);
  remote_ = remote;
  output.signals.push_back(AnswerSignal(connection_, answer->text));
}

// Data channels may be offered later than media.
void MediaCall::TakeSctp(const sdp::Answer& answer) {
  sctp_port_ = answer.remote_sctp_port;
  max_message_size_ = answer.remote_max_message_size;
}

// RFC 8842 section 5.1: what would need another association is another connection.
bool MediaCall::FitsBefore(const sdp::Answer& answer, MediaOutput& output) const {
  if (answer.fingerprint == fingerprint_ && answer.fingerprint_hash == fingerprint_hash_ &&
      answer.is_dtls_client == is_dtls_client_) {
    return true;
  }
  output.End("offer", "a later offer has another fingerprint or DTLS role: make a new connection");
  return false;
}

void MediaCall::OnCandidates(std::vector<std::string> candidates, MediaOutput& output) {
  if (state_ != State::kNew && !candidates.empty()) {
    Order(output, AddCandidates{std::move(candidates)});
  }
}

void MediaCall::OnClip(MediaOutput& output) {
  if (request_.mode == "source" && state_ != State::kNew) Order(output, GiveClip{settings_.clip});
}

void MediaCall::OnReport(MediaReport report, net::Instant now, MediaOutput& output) {
  if (const auto* ice = std::get_if<IceChanged>(&report.what)) {
    OnIce(*ice, now, output);
  } else if (const auto* handshake = std::get_if<HandshakeDatagram>(&report.what)) {
    if (dtls_ == nullptr && state_ == State::kAnswered && !is_dtls_client_) {
      BeginHandshake(now, output);
    }
    if (state_ == State::kOpen) return Order(output, ReadRecords{handshake->datagram});
    if (dtls_ == nullptr) return;
    dtls_->SetInput(handshake->datagram, now);
    GoOn(now, output);
  } else if (std::holds_alternative<PeerClosed>(report.what)) {
    output.End("closed", "the page has closed its connection");
  } else if (const auto* record = std::get_if<RecordContent>(&report.what)) {
    if (channels_ != nullptr) channels_->channels().OnPacket(record->content);
  } else if (const auto* quality = std::get_if<QualityReport>(&report.what)) {
    output.signals.push_back(QualitySignal(media::ToJson(quality->quality)));
  }
}

void MediaCall::OnIce(const IceChanged& ice, net::Instant now, MediaOutput& output) {
  switch (ice.state) {
    case ice::AgentState::kConnected:
      if (state_ == State::kAnswered && is_dtls_client_ && dtls_ == nullptr) {
        BeginHandshake(now, output);
      }
      break;
    case ice::AgentState::kFailed:
      output.End("ice", state_ == State::kOpen
                            ? "the page has not answered for 30 seconds"
                            : "no path was found: no connectivity check of the page came");
      break;
    case ice::AgentState::kNew:
    case ice::AgentState::kChecking:
    case ice::AgentState::kDisconnected:
      break;
  }
}

void MediaCall::BeginHandshake(net::Instant now, MediaOutput& output) {
  state_ = State::kHandshaking;
  dtls_ = std::make_unique<DtlsEngine>(is_dtls_client_ ? settings_.active : settings_.passive);
  dtls_->SetNow(now);
  if (is_dtls_client_) GoOn(now, output);
}

void MediaCall::GoOn(net::Instant now, MediaOutput& output) {
  const DtlsEngine::Progress progress = dtls_->Handshake();
  if (dtls_->has_output()) Order(output, SendHandshake{dtls_->TakeOutput()});
  if (progress == DtlsEngine::Progress::kFailed) {
    return output.End("dtls", "the DTLS handshake failed: " + dtls_->error().message());
  }
  if (progress == DtlsEngine::Progress::kDone) FinishHandshake(now, output);
}

void MediaCall::FinishHandshake(net::Instant now, MediaOutput& output) {
  if (!HasFingerprint(dtls_->peer_certificate_der(), fingerprint_hash_, fingerprint_)) {
    return output.End("fingerprint", "the page's certificate is not the one of its a=fingerprint");
  }
  StartMedia start;
  if (const auto keys = dtls_->srtp_keys()) {
    auto srtp = SrtpSession::Make(*keys, is_dtls_client_);
    if (!srtp.ok()) return output.End("srtp", srtp.status().message());
    start.srtp = *std::move(srtp);
  }
  start.dtls = std::move(dtls_);
  state_ = State::kOpen;
  Order(output, std::move(start));
  if (sctp_port_ != 0) BeginChannels(now);
  output.signals.push_back(StateSignal("connected"));
}

void MediaCall::BeginChannels(net::Instant now) {
  std::string id = NewMediaCredentials(worker_, *settings_.random).password;
  channels_ = std::make_unique<EchoChannels>(
      *settings_.sctp,
      DataChannels::Options{.remote_port = sctp_port_,
                            .is_dtls_client = is_dtls_client_,
                            .peer_max_message_size = static_cast<size_t>(max_message_size_)},
      EchoChannels::Owner{
          .member_id = std::move(id),
          .send_packet =
              [this](Bytes packet) { sctp_packets_.emplace_back(packet.begin(), packet.end()); },
          .on_ended = [this](std::string_view reason) { channels_ended_ = reason; }});
  channels_->channels().Start(now);
}

void MediaCall::TakeLater(MediaOutput& output) {
  for (std::vector<uint8_t>& packet : sctp_packets_) {
    Order(output, SendRecord{std::move(packet)});
  }
  sctp_packets_.clear();
  if (channels_ended_) output.End("channels", "the data channels ended: " + *channels_ended_);
}

net::Instant MediaCall::NextDeadline() const {
  if (state_ == State::kOpen) return net::Instant::Max();
  return dtls_ == nullptr ? give_up_ : std::min(give_up_, dtls_->NextDeadline());
}

void MediaCall::OnTimeout(net::Instant now, MediaOutput& output) {
  if (state_ == State::kOpen) return;
  if (now >= give_up_) {
    return output.End("setup", state_ == State::kHandshaking
                                   ? "the DTLS handshake did not end in time"
                                   : "no path was found in time");
  }
  if (dtls_ != nullptr && now >= dtls_->NextDeadline()) {
    dtls_->SetNow(now);
    GoOn(now, output);
  }
}

}  // namespace koeru::server
