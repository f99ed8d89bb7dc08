#pragma once

// A call to the relay's media peer, from the page's side: offer and answer, ICE (controlling), the
// DTLS handshake (passive, because the peer is active), SRTP, data channels, media. A machine
// without sockets, clocks and threads.
//
//   CallMachine call(options, shared, sender, now);
//   Say(call.OfferSignal());                      // the `data` of a signal to the peer
//   call.OnSignal(data, now);                     // each of the peer's
//   call.BeginIce({local endpoints}, now);        // when has_answer() and packets may leave
//   call.OnDatagram(path, datagram, now);         // changed in place
//   if (now >= call.NextDeadline()) call.OnTimeout(now, wall);
//   if (call.is_ready()) call.StartMedia(now, now + 10 s);
//   call.Close(now);                              // BYE, close_notify
//
// When facts().error_code is set the call is over. `shared` and `sender` outlive it; what a Sender
// is given is gone when it returns.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ice/agent/agent.h"
#include "native_server/media/srtp_session.h"
#include "native_server/tls/dtls_engine.h"
#include "native_server/tools/call/call_data.h"
#include "native_server/tools/call/call_media.h"
#include "native_server/tools/call/call_offer.h"

namespace koeru::tools {

class CallSender {
 public:
  virtual ~CallSender() = default;
  virtual void Send(const ice::Path& path, Bytes datagram) = 0;
};

// What all calls of a process have in common.
struct CallShared {
  std::shared_ptr<const server::TlsContext> passive;
  std::string fingerprint;  // SHA-256, of its certificate
  relay::RandomSource* random = nullptr;
  stun::TransactionIds* ids = nullptr;
  server::SctpStack* sctp = nullptr;
};

class CallMachine {
 public:
  // From the answer to keys.
  static constexpr net::Duration kSetupTime = std::chrono::seconds(15);

  struct Options {
    CallMode mode = CallMode::kEcho;
    bool audio = true, video = true, data = true;
    int bitrate_kbps = 300;  // of video
  };

  CallMachine(const Options& options, const CallShared& shared, CallSender& sender);
  ~CallMachine();

  std::string OfferSignal() const;
  // What is none, or of no use, is ignored.
  void OnSignal(std::string_view json, net::Instant now);
  bool has_answer() const { return answer_.has_value(); }
  // The peer's, of UDP.
  std::vector<net::Endpoint> RemoteEndpoints() const;

  void BeginIce(const std::vector<net::Endpoint>& locals, net::Instant now);
  void OnDatagram(const ice::Path& path, MutableBytes datagram, net::Instant now);

  net::Instant NextDeadline() const;
  void OnTimeout(net::Instant now, rtp::NtpTime wall);

  // Media and messages may flow.
  bool is_ready() const;
  void StartMedia(net::Instant now, net::Instant end);
  // Nothing of what was sent is missing.
  bool is_all_back() const;
  // Messages are still to come, however long SCTP takes for it.
  bool is_waiting_for_data() const;
  void Close(net::Instant now);

  bool is_over() const { return !facts_.error_code.empty(); }
  void Fail(std::string_view code, std::string_view text) { facts_.Fail(code, text); }
  CallFacts Facts() const;

 private:
  void OnAnswer(std::string_view sdp);
  void CarryOutIce(net::Instant now);
  void OnDtls(Bytes datagram, net::Instant now);
  void GoOn(net::Instant now);
  void FinishHandshake(net::Instant now);
  void ReadRecords(Bytes datagram, net::Instant now);
  void CheckData();
  void OnMediaPacket(const ice::Path& path, MutableBytes packet, net::Instant now);
  void CarryOutMedia();
  void SendMedia(Bytes packet, bool is_rtcp);
  void SendRecord(Bytes content);
  void SendOutput();
  void SendToPeer(Bytes datagram);

  const Options options_;
  const CallShared& shared_;
  CallSender& sender_;
  const ice::Credentials local_;
  std::unique_ptr<ice::Agent> agent_;
  ice::Actions ice_actions_;
  CallMedia media_;
  media::Actions media_actions_;
  std::optional<CallAnswer> answer_;
  net::Instant give_up_ = net::Instant::Max();  // until it is ready
  net::Instant ice_began_, dtls_began_;
  std::unique_ptr<server::DtlsEngine> dtls_;
  std::unique_ptr<server::SrtpSession> srtp_;
  // We end the handshake first, and what comes there before it has keys is lost.
  bool is_peer_ready_ = false;
  std::unique_ptr<CallData> data_;
  CallFacts facts_;
};

}  // namespace koeru::tools
