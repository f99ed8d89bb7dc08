#include "native_server/tools/call/call_machine.h"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstring>

#include "core/ice/candidate.h"
#include "core/ice/priority.h"
#include "native_server/io/json_view.h"
#include "native_server/io/random.h"
#include "native_server/tls/certificate_fingerprint.h"

namespace koeru::tools {
namespace {

namespace json = boost::json;

// Of a packet before it is sealed.
constexpr size_t kLargestPacket = 1600;
// The connection's number in signals: js/CALL.md, "What travels: signalling".
constexpr int kConnection = 1;

double MsBetween(net::Instant begin, net::Instant end) {
  return static_cast<double>((end - begin).count()) / 1e6;
}

// RFC 8445 section 5.3: 24 bits of ufrag and 128 bits of password at least; six bits each.
std::string IceText(relay::RandomSource& random, size_t size) {
  static constexpr std::string_view kIceChars =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<uint8_t> bytes(size);
  random.Fill(bytes);
  std::string text;
  for (const uint8_t byte : bytes) text += kIceChars[byte & 63];
  return text;
}

std::string_view TextOf(const json::object& object, std::string_view key) {
  return server::TextIn(object, key).value_or("");
}

const json::object* ObjectOf(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(server::JsonView(key));
  return value == nullptr ? nullptr : value->if_object();
}

}  // namespace

CallMachine::CallMachine(const Options& options, const CallShared& shared, CallSender& sender)
    : options_(options),
      shared_(shared),
      sender_(sender),
      local_{IceText(*shared.random, 8), IceText(*shared.random, 24)},
      media_({.mode = options.mode,
              .audio = options.audio,
              .video = options.video,
              .bitrate_kbps = options.bitrate_kbps},
             *shared.random) {
  facts_.mode = options.mode;
}

CallMachine::~CallMachine() = default;

std::string CallMachine::OfferSignal() const {
  const std::string sdp = OfferSdp({.mode = options_.mode,
                                    .local = local_,
                                    .fingerprint = shared_.fingerprint,
                                    .audio = options_.audio,
                                    .video = options_.video,
                                    .data = options_.data,
                                    .audio_ssrc = media_.audio_ssrc(),
                                    .video_ssrc = media_.video_ssrc(),
                                    .rtx_ssrc = media_.rtx_ssrc()});
  return json::serialize(json::object{
      {"g", kConnection}, {"description", json::object{{"type", "offer"}, {"sdp", sdp}}}});
}

void CallMachine::OnSignal(std::string_view text, net::Instant /*now*/) {
  boost::system::error_code error;
  const json::value value = json::parse(server::JsonView(text), error);
  const json::object* object = error ? nullptr : value.if_object();
  if (object == nullptr) return;
  if (const json::object* news = ObjectOf(*object, "peer")) {
    if (TextOf(*news, "state") == "connected") is_peer_ready_ = true;
    const json::object* problem = ObjectOf(*news, "error");
    if (problem != nullptr) Fail(TextOf(*problem, "code"), TextOf(*problem, "message"));
    return;
  }
  const json::object* description = ObjectOf(*object, "description");
  if (description != nullptr && TextOf(*description, "type") == "answer" && !answer_) {
    OnAnswer(TextOf(*description, "sdp"));
  }
}

void CallMachine::OnAnswer(std::string_view sdp) {
  auto answer = ReadAnswer(sdp);
  if (!answer.ok()) return Fail("answer", answer.status().message());
  if (options_.audio && !answer->audio) return Fail("answer", "the peer refuses audio");
  if (options_.video && !answer->video) return Fail("answer", "the peer refuses video");
  if (options_.data && answer->sctp_port == 0) {
    return Fail("answer", "the peer refuses data channels");
  }
  answer_ = *std::move(answer);
  facts_.stage = CallStage::kIce;
}

std::vector<net::Endpoint> CallMachine::RemoteEndpoints() const {
  std::vector<net::Endpoint> endpoints;
  if (!answer_) return endpoints;
  for (const std::string& line : answer_->candidates) {
    const auto candidate = ice::Candidate::Parse(line);
    if (!candidate.ok() || candidate->transport != ice::CandidateTransport::kUdp) continue;
    const auto address = net::Address::Parse(candidate->host.text);
    if (address) endpoints.push_back({*address, candidate->port});
  }
  return endpoints;
}

void CallMachine::BeginIce(const std::vector<net::Endpoint>& locals, net::Instant now) {
  ice_began_ = now;
  give_up_ = now + kSetupTime;
  agent_ = std::make_unique<ice::Agent>(
      ice::AgentConfig{.role = ice::Role::kControlling,
                       .tiebreaker = server::RandomNumber(*shared_.random),
                       .local = local_,
                       .patience = kSetupTime},
      *shared_.ids);
  uint16_t preference = 65535;
  for (const net::Endpoint& local : locals) {
    agent_->AddLocal({.base = local,
                      .priority = ice::ComputePriority({126, preference--, 1}),
                      .foundation = local.address.is_v6() ? "2" : "1"},
                     now);
  }
  agent_->SetRemote(answer_->remote, now);
  for (const std::string& line : answer_->candidates) {
    const auto candidate = ice::Candidate::Parse(line);
    if (candidate.ok()) agent_->AddRemote(*candidate, now);
  }
}

void CallMachine::OnDatagram(const ice::Path& path, MutableBytes datagram, net::Instant now) {
  // RFC 7983 section 7.
  if (datagram.empty() || agent_ == nullptr || is_over()) return;
  if (datagram[0] <= 3) {
    ice_actions_.Clear();
    agent_->OnStun(path, datagram, now, ice_actions_);
    CarryOutIce(now);
  } else if (datagram[0] >= 20 && datagram[0] <= 63) {
    agent_->OnData(path, now);
    OnDtls(datagram, now);
  } else if (datagram[0] >= 128 && datagram[0] <= 191) {
    OnMediaPacket(path, datagram, now);
  }
}

void CallMachine::CarryOutIce(net::Instant now) {
  for (const ice::Action& action : ice_actions_) {
    if (const auto* send = std::get_if<ice::SendStun>(&action)) {
      sender_.Send(send->path, ice_actions_.BytesOf(*send));
    } else if (const auto* changed = std::get_if<ice::StateChanged>(&action)) {
      if (changed->state == ice::AgentState::kConnected && facts_.stage == CallStage::kIce) {
        facts_.stage = CallStage::kDtls;
        facts_.ice_ms = MsBetween(ice_began_, now);
        dtls_began_ = now;
      } else if (changed->state == ice::AgentState::kFailed) {
        Fail("ice", facts_.stage == CallStage::kIce ? "no path to the media peer was found"
                                                    : "the media peer does not answer any more");
      }
    }
  }
  ice_actions_.Clear();
  if (const auto path = agent_->selected()) facts_.path = path;
}

void CallMachine::OnDtls(Bytes datagram, net::Instant now) {
  if (facts_.stage == CallStage::kReady) return ReadRecords(datagram, now);
  if (dtls_ == nullptr) {
    // Of the cookie: there is one client only, and ICE has proved its address.
    const std::array<uint8_t, 4> id{};
    dtls_ = std::make_unique<server::DtlsEngine>(shared_.passive, id);
  }
  dtls_->SetInput(datagram, now);
  GoOn(now);
}

void CallMachine::GoOn(net::Instant now) {
  const server::DtlsEngine::Progress progress = dtls_->Handshake();
  SendOutput();
  if (progress == server::DtlsEngine::Progress::kFailed) {
    Fail("dtls", "the DTLS handshake failed: " + dtls_->error().message());
  } else if (progress == server::DtlsEngine::Progress::kDone) {
    FinishHandshake(now);
  }
}

void CallMachine::FinishHandshake(net::Instant now) {
  if (!server::HasFingerprint(dtls_->peer_certificate_der(), answer_->fingerprint_hash,
                              answer_->fingerprint)) {
    return Fail("fingerprint", "the peer's certificate is not the one of its a=fingerprint");
  }
  if (const auto keys = dtls_->srtp_keys()) {
    auto srtp = server::SrtpSession::Make(*keys, /*is_dtls_client=*/false);
    if (!srtp.ok()) return Fail("srtp", srtp.status().message());
    srtp_ = *std::move(srtp);
  } else if (options_.audio || options_.video) {
    return Fail("srtp", "no profile of SRTP was agreed on");
  }
  facts_.dtls_ms = MsBetween(dtls_began_, now);
  facts_.stage = CallStage::kReady;
  if (!options_.data) return;
  data_ = std::make_unique<CallData>(
      *shared_.sctp,
      server::DataChannels::Options{.remote_port = answer_->sctp_port, .is_dtls_client = false},
      [this](Bytes packet) { SendRecord(packet); });
  data_->Start(now);
}

void CallMachine::ReadRecords(Bytes datagram, net::Instant now) {
  using Kind = server::DtlsEngine::ReadResult::Kind;
  std::array<uint8_t, server::DtlsEngine::kLargestContent> content;
  dtls_->SetInput(datagram, now);
  while (true) {
    const auto read = dtls_->Read(content);
    // The peer's last flight may come again: RFC 6347 section 4.2.4.
    SendOutput();
    if (read.kind == Kind::kNothing) return;
    if (read.kind == Kind::kEnded) return Fail("closed", "the media peer has ended the call");
    if (data_ == nullptr) continue;
    data_->OnPacket(Bytes(content).first(read.size), now);
    CheckData();
  }
}

void CallMachine::CheckData() {
  if (!data_->ended().empty()) Fail("channels", "the data channel ended: " + data_->ended());
}

void CallMachine::OnMediaPacket(const ice::Path& path, MutableBytes packet, net::Instant now) {
  if (srtp_ == nullptr) return;
  const bool is_rtcp = rtp::IsRtcp(packet);
  const server::Unprotected plain =
      is_rtcp ? srtp_->UnprotectRtcp(packet) : srtp_->UnprotectRtp(packet);
  if (plain.verdict != server::SrtpVerdict::kGood) return;
  agent_->OnData(path, now);
  if (!is_rtcp) return media_.OnRtp(packet.first(plain.size), now);
  media_actions_.Clear();
  media_.OnRtcp(packet.first(plain.size), now, media_actions_);
  CarryOutMedia();
}

void CallMachine::CarryOutMedia() {
  for (const media::Action& action : media_actions_) {
    if (const auto* rtp = std::get_if<media::SendRtp>(&action)) {
      SendMedia(media_actions_.BytesOf(*rtp), false);
    } else if (const auto* rtcp = std::get_if<media::SendRtcp>(&action)) {
      SendMedia(media_actions_.BytesOf(*rtcp), true);
    }
  }
  media_actions_.Clear();
}

void CallMachine::SendMedia(Bytes packet, bool is_rtcp) {
  std::array<uint8_t, kLargestPacket + server::SrtpSession::kMostOverhead> room;
  if (srtp_ == nullptr || packet.size() > kLargestPacket) return;
  std::memcpy(room.data(), packet.data(), packet.size());
  const size_t size =
      is_rtcp ? srtp_->ProtectRtcp(room, packet.size()) : srtp_->ProtectRtp(room, packet.size());
  if (size > 0) SendToPeer(Bytes(room).first(size));
}

void CallMachine::SendRecord(Bytes content) {
  std::array<uint8_t, server::DataChannels::kMostPacketBytes + server::DtlsEngine::kRecordOverhead>
      record;
  const size_t size = dtls_->Write(content, record);
  if (size > 0) SendToPeer(Bytes(record).first(size));
}

void CallMachine::SendOutput() {
  for (const std::vector<uint8_t>& datagram : dtls_->TakeOutput()) SendToPeer(datagram);
}

// RFC 7675 section 5.1: without consent nothing is sent, and there is no selected path then.
void CallMachine::SendToPeer(Bytes datagram) {
  if (const auto path = agent_->selected()) sender_.Send(*path, datagram);
}

net::Instant CallMachine::NextDeadline() const {
  if (agent_ == nullptr || is_over()) return net::Instant::Max();
  net::Instant deadline = std::min(agent_->NextDeadline(), media_.NextDeadline());
  if (!is_ready()) deadline = std::min(deadline, give_up_);
  if (dtls_ != nullptr && facts_.stage == CallStage::kDtls) {
    deadline = std::min(deadline, dtls_->NextDeadline());
  }
  return data_ == nullptr ? deadline : std::min(deadline, data_->NextDeadline());
}

void CallMachine::OnTimeout(net::Instant now, rtp::NtpTime wall) {
  if (agent_ == nullptr || is_over()) return;
  if (now >= agent_->NextDeadline()) {
    ice_actions_.Clear();
    agent_->OnTimeout(now, ice_actions_);
    CarryOutIce(now);
  }
  if (facts_.stage == CallStage::kDtls && dtls_ != nullptr && now >= dtls_->NextDeadline()) {
    dtls_->SetNow(now);
    GoOn(now);
  }
  if (now >= media_.NextDeadline()) {
    media_actions_.Clear();
    media_.OnTimeout(now, wall, media_actions_);
    CarryOutMedia();
  }
  if (data_ != nullptr && now >= data_->NextDeadline()) {
    data_->OnTimeout(now);
    CheckData();
  }
  if (is_ready() || now < give_up_) return;
  if (facts_.stage == CallStage::kReady) {
    return is_peer_ready_ ? Fail("data", "the data channel did not open")
                          : Fail("dtls", "the media peer does not say that it is connected");
  }
  Fail(facts_.stage == CallStage::kIce ? "ice" : "dtls",
       facts_.stage == CallStage::kIce ? "no path to the media peer was found"
                                       : "the DTLS handshake did not end in time");
}

bool CallMachine::is_ready() const {
  return facts_.stage == CallStage::kReady && is_peer_ready_ &&
         (data_ == nullptr || data_->is_open());
}

void CallMachine::StartMedia(net::Instant now, net::Instant end) {
  facts_.seconds = static_cast<double>((end - now).count()) / 1e9;
  media_.Start(now, end);
  if (data_ != nullptr) data_->SendUntil(now, end);
}

bool CallMachine::is_all_back() const {
  return media_.is_all_back() && (data_ == nullptr || data_->is_all_back());
}

bool CallMachine::is_waiting_for_data() const {
  return !is_over() && data_ != nullptr && data_->is_waiting();
}

void CallMachine::Close(net::Instant /*now*/) {
  if (agent_ == nullptr || facts_.stage != CallStage::kReady || is_over()) return;
  media_actions_.Clear();
  media_.Close(media_actions_);
  CarryOutMedia();
  dtls_->CloseNotify();
  SendOutput();
}

CallFacts CallMachine::Facts() const {
  CallFacts facts = facts_;
  media_.AddTo(facts);
  if (options_.data) {
    facts.data = data_ == nullptr ? StreamFacts{} : data_->Facts();
    facts.data.is_asked_for = true;
  }
  return facts;
}

}  // namespace koeru::tools
