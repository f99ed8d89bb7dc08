// A page that calls the media peer, for tests: the same ICE, DTLS and SRTP with the roles turned
// round. How its datagrams and signals travel is the world's.
#pragma once

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <functional>

#include "core/bytes/writer.h"
#include "core/ice/agent/agent.h"
#include "core/ice/candidate.h"
#include "native_server/media/media_ufrag.h"
#include "native_server/media/srtp_session.h"
#include "native_server/tls/certificate_fingerprint.h"
#include "tests/native_server/tls/media_test_support.h"

namespace koeru::server {

inline net::Endpoint EndpointOf(std::string_view text) { return *net::Endpoint::Parse(text); }

// What a page offers.
struct OfferText {
  std::string ufrag{}, password{}, fingerprint{};
  std::string setup = "actpass";
  bool media = true;
  bool data = false;

  std::string Text() const {
    std::string transport = "a=ice-ufrag:" + ufrag + "\r\na=ice-pwd:" + password +
                            "\r\na=fingerprint:sha-256 " + fingerprint + "\r\na=setup:" + setup +
                            "\r\n";
    std::string text = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE";
    if (media) text += " 0 1";
    if (data) text += " 2";
    text += "\r\n";
    if (media) {
      text += "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\n" + transport +
              "a=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n"
              "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\nc=IN IP4 0.0.0.0\r\n" +
              transport +
              "a=mid:1\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:96 VP8/90000\r\n"
              "a=rtcp-fb:96 nack\r\na=rtcp-fb:96 nack pli\r\na=rtpmap:97 rtx/90000\r\n"
              "a=fmtp:97 apt=96\r\n";
    }
    if (data) {
      text += "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n" +
              transport + "a=mid:2\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n";
    }
    return text;
  }
};

// What a page needs of the world.
class PageWorld {
 public:
  virtual ~PageWorld() = default;
  virtual net::Instant Now() const = 0;
  virtual relay::RandomSource& Random() = 0;
  // To the media peer, by signalling and by the network.
  virtual void Signal(const std::string& page, const std::string& json) = 0;
  virtual void SendFromPage(const ice::Path& path, Bytes datagram) = 0;
};

// Who is in the world and calls the media peer.
class Caller {
 public:
  explicit Caller(std::string_view at) : endpoint(EndpointOf(at)) {}
  virtual ~Caller() = default;
  virtual void OnSignal(const std::string& json) = 0;
  virtual void OnDatagram(const ice::Path& path, std::vector<uint8_t> datagram) = 0;
  virtual net::Instant NextDeadline() const = 0;
  virtual void OnTimeout() = 0;

  const net::Endpoint endpoint;
};

// A page with one connection.
class Page final : public Caller {
 public:
  Page(PageWorld& world, std::string name, std::string_view endpoint);

  void Offer(OfferText what = {}, uint64_t connection = 1);
  // The signals that came; errors as "CODE: MESSAGE".
  std::vector<std::string> states, errors;
  size_t qualities = 0;
  std::string answer;  // the last one

  void SendRtp(Bytes packet);
  void SendClose();                            // close_notify
  std::function<void()> on_keys;               // in the same moment as our last flight
  std::vector<std::vector<uint8_t>> received;  // RTP, decrypted
  size_t rtcp = 0;

  void OnSignal(const std::string& json) override;
  void OnDatagram(const ice::Path& path, std::vector<uint8_t> datagram) override;
  net::Instant NextDeadline() const override;
  void OnTimeout() override;
  bool has_keys() const { return srtp != nullptr; }

  const std::string name;
  std::string fingerprint;
  std::unique_ptr<ice::Agent> agent;
  ice::Credentials remote;  // the media peer's, out of its answer
  std::unique_ptr<DtlsEngine> dtls;
  std::unique_ptr<SrtpSession> srtp;
  bool is_dtls_client = false;
  bool is_silent = false;  // answers nothing any more

 private:
  void CarryOut(const ice::Actions& actions);
  void Handshake();
  void ReadRecords();
  void SendOutput();

  PageWorld& world_;
  std::unique_ptr<MediaTransactionIds> ids_;
  ice::Credentials credentials_;
  std::shared_ptr<const TlsContext> context_;
};

inline Page::Page(PageWorld& world, std::string page_name, std::string_view at)
    : Caller(at),
      name(std::move(page_name)),
      world_(world),
      ids_(std::make_unique<MediaTransactionIds>(9, 9, world.Random())),
      credentials_(NewMediaCredentials(9, world.Random())),
      context_(MediaContext(/*active=*/false)) {
  fingerprint = FingerprintOf(context_->certificate_der());
  agent = std::make_unique<ice::Agent>(
      ice::AgentConfig{.role = ice::Role::kControlling, .tiebreaker = 7, .local = credentials_},
      *ids_);
  agent->AddLocal({.base = endpoint, .priority = 2130706431, .foundation = "1"}, world.Now());
}

inline void Page::Offer(OfferText what, uint64_t connection) {
  what.ufrag = agent->local().ufrag;
  what.password = agent->local().password;
  if (what.fingerprint.empty()) what.fingerprint = fingerprint;
  boost::json::object description{{"type", "offer"}, {"sdp", what.Text()}};
  world_.Signal(name, boost::json::serialize(
                          boost::json::object{{"g", connection}, {"description", description}}));
}

inline void Page::OnSignal(const std::string& json) {
  const boost::json::object data = boost::json::parse(json).as_object();
  if (const auto* peer = data.if_contains("peer")) {
    const boost::json::object& news = peer->as_object();
    if (news.contains("quality")) ++qualities;
    if (news.contains("state")) states.emplace_back(news.at("state").as_string().c_str());
    if (news.contains("error")) {
      const boost::json::object& error = news.at("error").as_object();
      errors.push_back(std::string(error.at("code").as_string().c_str()) + ": " +
                       error.at("message").as_string().c_str());
    }
    return;
  }
  answer = data.at("description").at("sdp").as_string().c_str();
  const auto value = [&](std::string_view key) {
    const size_t start = answer.find(key) + key.size();
    return answer.substr(start, answer.find('\r', start) - start);
  };
  is_dtls_client = value("a=setup:") == "passive";
  remote = {value("a=ice-ufrag:"), value("a=ice-pwd:")};
  agent->SetRemote(remote, world_.Now());
  agent->AddRemote(*ice::Candidate::Parse("candidate:" + value("a=candidate:")), world_.Now());
}

inline void Page::CarryOut(const ice::Actions& actions) {
  for (const ice::Action& action : actions) {
    if (const auto* send = std::get_if<ice::SendStun>(&action)) {
      world_.SendFromPage(send->path, actions.BytesOf(*send));
    }
  }
}

inline void Page::OnDatagram(const ice::Path& path, std::vector<uint8_t> datagram) {
  if (is_silent) return;
  if (datagram[0] <= 3) {
    ice::Actions actions;
    agent->OnStun(path, datagram, world_.Now(), actions);
    return CarryOut(actions);
  }
  if (datagram[0] <= 63) {
    const std::array<uint8_t, 4> id{1, 2, 3, 4};
    if (dtls == nullptr) dtls = std::make_unique<DtlsEngine>(context_, id);
    dtls->SetInput(datagram, world_.Now());
    return srtp == nullptr ? Handshake() : ReadRecords();
  }
  if (srtp == nullptr) return;
  if (datagram[1] >= 192 && datagram[1] <= 223) {
    if (srtp->UnprotectRtcp(datagram).verdict == SrtpVerdict::kGood) ++rtcp;
    return;
  }
  const Unprotected plain = srtp->UnprotectRtp(datagram);
  if (plain.verdict != SrtpVerdict::kGood) return;
  datagram.resize(plain.size);
  received.push_back(std::move(datagram));
}

inline void Page::Handshake() {
  const DtlsEngine::Progress progress = dtls->Handshake();
  SendOutput();
  if (progress == DtlsEngine::Progress::kDone && srtp == nullptr) {
    auto made = SrtpSession::Make(*dtls->srtp_keys(), is_dtls_client);
    ASSERT_TRUE(made.ok());
    srtp = *std::move(made);
    if (on_keys) on_keys();
  }
}

// The peer's last flight may come again: our own was lost (RFC 6347 section 4.2.4).
inline void Page::ReadRecords() {
  std::vector<uint8_t> content(DtlsEngine::kLargestContent);
  while (dtls->Read(content).kind == DtlsEngine::ReadResult::Kind::kData) {
  }
  SendOutput();
}

inline void Page::SendOutput() {
  for (const auto& datagram : dtls->TakeOutput()) {
    if (const auto path = agent->selected()) world_.SendFromPage(*path, datagram);
  }
}

inline void Page::SendClose() {
  dtls->CloseNotify();
  SendOutput();
}

inline net::Instant Page::NextDeadline() const {
  if (is_silent) return net::Instant::Max();
  net::Instant deadline = agent->NextDeadline();
  if (dtls != nullptr && srtp == nullptr) deadline = std::min(deadline, dtls->NextDeadline());
  return deadline;
}

inline void Page::OnTimeout() {
  if (is_silent) return;
  if (world_.Now() >= agent->NextDeadline()) {
    ice::Actions actions;
    agent->OnTimeout(world_.Now(), actions);
    CarryOut(actions);
  }
  if (dtls != nullptr && srtp == nullptr && world_.Now() >= dtls->NextDeadline()) {
    dtls->SetNow(world_.Now());
    Handshake();
  }
}

inline void Page::SendRtp(Bytes packet) {
  std::vector<uint8_t> room(packet.begin(), packet.end());
  room.resize(packet.size() + SrtpSession::kMostOverhead);
  room.resize(srtp->ProtectRtp(room, packet.size()));
  const auto path = agent->selected();
  ASSERT_TRUE(path) << name << " has no path any more";
  world_.SendFromPage(*path, room);
}

// An RTP packet: RFC 3550 section 5.1, without extensions.
inline std::vector<uint8_t> MakeRtp(uint8_t payload_type, uint16_t sequence, uint32_t ssrc,
                                    size_t payload = 100) {
  std::vector<uint8_t> packet(12 + payload, static_cast<uint8_t>(sequence));
  Writer writer(packet);
  writer.U8(0x80);
  writer.U8(payload_type);
  writer.U16(sequence);
  writer.U32(sequence * 3000u);
  writer.U32(ssrc);
  return packet;
}

}  // namespace koeru::server
