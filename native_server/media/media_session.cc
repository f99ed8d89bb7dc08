#include "native_server/media/media_session.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/ice/candidate.h"
#include "native_server/io/clock.h"
#include "native_server/io/random.h"
#include "native_server/media/host_candidates.h"

namespace koeru::server {
namespace {

// RFC 7983 section 7.
bool IsStun(uint8_t first) { return first <= 3; }
bool IsDtls(uint8_t first) { return first >= 20 && first <= 63; }
bool IsMedia(uint8_t first) { return first >= 128 && first <= 191; }

// RFC 5761 section 4: RTCP's packet types lie where a marker and payload types 64 to 95 would.
bool IsRtcp(Bytes packet) { return packet.size() > 1 && packet[1] >= 192 && packet[1] <= 223; }

// What carries RTP; a section of data channels is the desk's.
std::vector<sdp::AnsweredMedia> RtpSections(std::vector<sdp::AnsweredMedia> media) {
  std::erase_if(media,
                [](const sdp::AnsweredMedia& section) { return section.media == "application"; });
  return media;
}

}  // namespace

MediaSession::MediaSession(MediaSessionId id, const OpenMedia& open,
                           const std::vector<Address>& addresses, size_t worker,
                           relay::RandomSource& random, MediaReports& reports, MediaSender& sender,
                           net::Instant now)
    : id_(id),
      reports_(reports),
      sender_(sender),
      ids_(worker, id, random),
      agent_(
          {.role = ice::Role::kControlled,
           .lite = open.ice_lite,
           .tiebreaker = RandomNumber(random),
           .local = open.local},
          ids_),
      ufrags_{open.local.ufrag},
      answered_(RtpSections(open.media)),
      options_(open.options) {
  for (size_t i = 0; i < addresses.size(); ++i) {
    const Address& address = addresses[i];
    agent_.AddLocal({.base = address.local,
                     .transport = address.transport,
                     .priority = HostPriority(address.local, i, address.transport),
                     .foundation = std::to_string(i + 1),
                     .passive = net::IsStream(address.transport)},
                    now);
  }
  agent_.SetRemote(open.remote, now);
  LearnCandidates(open.candidates, now);
}

void MediaSession::LearnCandidates(const std::vector<std::string>& candidates, net::Instant now) {
  for (const std::string& line : candidates) {
    const auto candidate = ice::Candidate::Parse(line);
    if (candidate.ok()) agent_.AddRemote(*candidate, now);
  }
}

bool MediaSession::OnStun(const ice::Path& path, Bytes message, net::Instant now) {
  ice_actions_.Clear();
  const bool is_ours = agent_.OnStun(path, message, now, ice_actions_);
  CarryOutIce();
  return is_ours;
}

void MediaSession::CarryOutIce() {
  for (size_t i = 0; i < ice_actions_.size(); ++i) {
    const ice::Action& action = ice_actions_[i];
    if (const auto* send = std::get_if<ice::SendStun>(&action)) {
      sender_.Send(send->path, ice_actions_.BytesOf(*send));
    } else if (const auto* changed = std::get_if<ice::StateChanged>(&action)) {
      reports_.Leave({id_, IceChanged{changed->state, agent_.selected().value_or(ice::Path{})}});
    }
  }
  ice_actions_.Clear();
}

void MediaSession::OnDatagram(const ice::Path& path, MutableBytes datagram, net::Instant now) {
  if (datagram.empty()) return;
  if (IsStun(datagram[0])) {
    OnStun(path, datagram, now);
  } else if (IsDtls(datagram[0])) {
    if (dtls_ == nullptr) {
      reports_.Leave({id_, HandshakeDatagram{{datagram.begin(), datagram.end()}}});
    } else {
      OnRecords(datagram, now);
    }
  } else if (IsMedia(datagram[0])) {
    OnSrtp(path, datagram, now);
  }
}

void MediaSession::OnSrtp(const ice::Path& path, MutableBytes packet, net::Instant now) {
  if (peer_ == nullptr) {
    early_.Hold(path, packet);
  } else if (srtp_ != nullptr && OnMediaPacket(packet, now)) {
    agent_.OnData(path, now);
  }
}

bool MediaSession::OnMediaPacket(MutableBytes packet, net::Instant now) {
  const bool is_rtcp = IsRtcp(packet);
  const Unprotected plain = is_rtcp ? srtp_->UnprotectRtcp(packet) : srtp_->UnprotectRtp(packet);
  if (plain.verdict != SrtpVerdict::kGood) return false;
  media_actions_.Clear();
  if (is_rtcp) {
    peer_->OnRtcp(packet.first(plain.size), now, NtpNow(), media_actions_);
  } else {
    size_t size = plain.size;
    if (peer_->OnRtp(packet.first(plain.size), size, now, media_actions_)) {
      SendMedia(packet.first(size), false);
    }
  }
  CarryOutMedia();
  return true;
}

void MediaSession::CarryOutMedia() {
  for (size_t i = 0; i < media_actions_.size(); ++i) {
    const media::Action& action = media_actions_[i];
    if (const auto* rtp = std::get_if<media::SendRtp>(&action)) {
      SendMedia(media_actions_.BytesOf(*rtp), false);
    } else if (const auto* rtcp = std::get_if<media::SendRtcp>(&action)) {
      SendMedia(media_actions_.BytesOf(*rtcp), true);
    }
  }
  media_actions_.Clear();
}

void MediaSession::SendMedia(Bytes packet, bool is_rtcp) {
  std::array<uint8_t, kLargestPacket + SrtpSession::kMostOverhead> room;
  if (srtp_ == nullptr || packet.size() > kLargestPacket) return;
  std::memcpy(room.data(), packet.data(), packet.size());
  const size_t size =
      is_rtcp ? srtp_->ProtectRtcp(room, packet.size()) : srtp_->ProtectRtp(room, packet.size());
  if (size == 0) return;
  SendToPeer(Bytes(room).first(size));
}

// RFC 7675 section 5.1: without consent nothing is sent, and there is no selected path then.
void MediaSession::SendToPeer(Bytes datagram) {
  if (const auto path = agent_.selected()) sender_.Send(*path, datagram);
}

void MediaSession::OnRecords(Bytes datagram, net::Instant now) {
  using Kind = DtlsEngine::ReadResult::Kind;
  std::array<uint8_t, DtlsEngine::kLargestContent> content;
  dtls_->SetInput(datagram, now);
  while (true) {
    const DtlsEngine::ReadResult read = dtls_->Read(content);
    for (const std::vector<uint8_t>& answer : dtls_->TakeOutput()) SendToPeer(answer);
    if (read.kind == Kind::kNothing) return;
    if (read.kind == Kind::kEnded) return reports_.Leave({id_, PeerClosed{}});
    reports_.Leave(
        {id_, RecordContent{{content.begin(), content.begin() + static_cast<long>(read.size)}}});
  }
}

void MediaSession::OnPathGone(const ice::Path& path, net::Instant now) {
  ice_actions_.Clear();
  agent_.OnPathGone(path.transport, path.local, path.remote, now, ice_actions_);
  CarryOutIce();
}

void MediaSession::CarryOut(AddCandidates order, net::Instant now) {
  LearnCandidates(order.candidates, now);
}

void MediaSession::CarryOut(RestartIce order, net::Instant now) {
  ufrags_ = {ufrags_.back(), order.local.ufrag};
  agent_.Restart(order.local, now);
  agent_.SetRemote(order.remote, now);
  LearnCandidates(order.candidates, now);
}

void MediaSession::CarryOut(ChangeMedia order, net::Instant now) {
  answered_ = RtpSections(std::move(order.media));
  if (peer_ != nullptr) peer_->SetMedia(answered_, now);
}

void MediaSession::CarryOut(GiveClip order, net::Instant now) {
  options_.clip = std::move(order.clip);
  if (peer_ != nullptr) peer_->SetClip(options_.clip, now);
}

void MediaSession::CarryOut(SendHandshake order, net::Instant /*now*/) {
  for (const std::vector<uint8_t>& datagram : order.datagrams) SendToPeer(datagram);
}

void MediaSession::CarryOut(StartMedia order, net::Instant now) {
  srtp_ = std::move(order.srtp);
  dtls_ = std::move(order.dtls);
  peer_ = std::make_unique<media::MediaPeer>(answered_, options_, now);
  next_quality_ = now + kQualityInterval;
  for (EarlyPackets::Packet& packet : early_.Take()) OnSrtp(packet.path, packet.bytes, now);
}

void MediaSession::CarryOut(ReadRecords order, net::Instant now) {
  if (dtls_ != nullptr) OnRecords(order.datagram, now);
}

void MediaSession::CarryOut(SendRecord order, net::Instant /*now*/) {
  if (dtls_ == nullptr) return;
  std::vector<uint8_t> record(order.content.size() + DtlsEngine::kRecordOverhead);
  record.resize(dtls_->Write(order.content, record));
  if (!record.empty()) SendToPeer(record);
}

void MediaSession::Close(net::Instant now) {
  if (peer_ != nullptr) {
    media_actions_.Clear();
    peer_->Close(now, NtpNow(), media_actions_);
    CarryOutMedia();
  }
  if (dtls_ == nullptr) return;
  dtls_->CloseNotify();
  for (const std::vector<uint8_t>& datagram : dtls_->TakeOutput()) SendToPeer(datagram);
}

bool MediaSession::IsConsistent() const {
  return agent_.IsConsistent() && (peer_ == nullptr || peer_->IsConsistent()) &&
         (srtp_ == nullptr || peer_ != nullptr) && (peer_ == nullptr || early_.size() == 0) &&
         ufrags_.size() <= 2;
}

net::Instant MediaSession::NextDeadline() const {
  net::Instant deadline = std::min(agent_.NextDeadline(), next_quality_);
  if (peer_ != nullptr) deadline = std::min(deadline, peer_->NextDeadline());
  return deadline;
}

void MediaSession::OnTimeout(net::Instant now) {
  if (now >= agent_.NextDeadline()) {
    ice_actions_.Clear();
    agent_.OnTimeout(now, ice_actions_);
    CarryOutIce();
  }
  if (peer_ != nullptr && now >= peer_->NextDeadline()) {
    media_actions_.Clear();
    peer_->OnTimeout(now, NtpNow(), media_actions_);
    CarryOutMedia();
  }
  if (peer_ != nullptr && now >= next_quality_) {
    next_quality_ = now + kQualityInterval;
    reports_.Leave({id_, QualityReport{peer_->GetQuality(now)}});
  }
}

}  // namespace koeru::server
