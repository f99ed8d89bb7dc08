// One call with the media peer, as the desk has it: what the page says, our answer, and the DTLS
// handshake. Its packets are a worker's (MediaSession). A machine without threads and clocks.
//
// RFC 8842: we are active where the offer leaves the choice, so the handshake begins with our
// ClientHello, as soon as ICE has found a path. Its end is checked against the offer's fingerprint
// (RFC 8122) before any key is used.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/sdp/answer/answer.h"
#include "native_server/media/data_channels/echo_channels.h"
#include "native_server/media/media_orders.h"
#include "native_server/media/media_signal.h"
#include "native_server/media/media_ufrag.h"
#include "native_server/tls/dtls_engine.h"

namespace koeru::server {

// What all calls have in common.
struct MediaCallSettings {
  std::shared_ptr<const TlsContext> active, passive;  // of one certificate
  std::string fingerprint;                            // SHA-256, of that
  std::vector<std::string> candidates;                // lines of our own
  bool ice_lite = false;                              // RFC 8445 section 2.5
  uint64_t max_bits_per_second = 0;                   // of what pages send; 0: unlimited
  std::shared_ptr<const media::Clip> clip;            // of the mode "source"; null: not made yet
  relay::RandomSource* random = nullptr;
  SctpStack* sctp = nullptr;
};

// What a call wants done, in order.
struct MediaOutput {
  std::vector<MediaOrder> orders = {};    // for its worker
  std::vector<std::string> signals = {};  // for its page: JSON
  // Why the call is over; empty: it goes on.
  std::string end_code = {}, end_message = {};

  bool ended() const { return !end_code.empty(); }
  void End(std::string_view code, std::string_view message) {
    if (ended()) return;
    end_code = code;
    end_message = message;
  }
};

class MediaCall {
 public:
  // ICE and DTLS must be done within; then the call is over.
  static constexpr net::Duration kSetupTime = std::chrono::seconds(30);

  MediaCall(MediaSessionId id, size_t worker, const MediaCallSettings& settings,
            const PeerRequest& request, uint64_t connection, net::Instant now);
  ~MediaCall();

  MediaSessionId id() const { return id_; }
  size_t worker() const { return worker_; }
  // "g" of the page's connection.
  uint64_t connection() const { return connection_; }
  bool is_open() const { return state_ == State::kOpen; }

  void OnOffer(const std::string& sdp, net::Instant now, MediaOutput& output);
  void OnCandidates(std::vector<std::string> candidates, MediaOutput& output);
  void OnReport(MediaReport report, net::Instant now, MediaOutput& output);
  // The settings have the clip now.
  void OnClip(MediaOutput& output);

  net::Instant NextDeadline() const;
  void OnTimeout(net::Instant now, MediaOutput& output);
  // Adds what the data channels want, which may also be woken by SctpStack::OnTimeout.
  void TakeLater(MediaOutput& output);

 private:
  enum class State : uint8_t { kNew, kAnswered, kHandshaking, kOpen };

  void Order(MediaOutput& output, decltype(MediaOrder::what) what) const {
    output.orders.push_back({id_, std::move(what)});
  }
  sdp::AnswerOptions OptionsOf() const;
  void TakeSctp(const sdp::Answer& answer);
  bool FitsBefore(const sdp::Answer& answer, MediaOutput& output) const;
  void BeginHandshake(net::Instant now, MediaOutput& output);
  void GoOn(net::Instant now, MediaOutput& output);
  void FinishHandshake(net::Instant now, MediaOutput& output);
  void BeginChannels(net::Instant now);
  void OnIce(const IceChanged& ice, net::Instant now, MediaOutput& output);

  const MediaSessionId id_;
  const size_t worker_;
  const MediaCallSettings& settings_;
  const PeerRequest request_;
  const uint64_t connection_;
  const net::Instant give_up_;
  State state_ = State::kNew;
  ice::Credentials local_, remote_;
  uint64_t session_id_ = 0, session_version_ = 0;  // of our descriptions
  std::vector<uint32_t> ssrcs_;
  std::string fingerprint_hash_, fingerprint_;  // the page's
  bool is_dtls_client_ = true;
  std::unique_ptr<DtlsEngine> dtls_;  // until its handshake is over
  uint16_t sctp_port_ = 0;            // the page's; 0: it wants no data channels
  uint64_t max_message_size_ = 0;     // that the page takes
  std::unique_ptr<EchoChannels> channels_;
  std::vector<std::vector<uint8_t>> sctp_packets_;  // that wait for TakeLater
  std::optional<std::string> channels_ended_;       // why
};

}  // namespace koeru::server
