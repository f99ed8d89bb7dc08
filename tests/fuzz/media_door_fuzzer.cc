// koeru_fuzzer deps: koeru_server_media
//
// The media peer's front door: one worker's sessions in every state (just opened, opened with
// somebody else's address as candidate, ICE connected and DTLS handshaking, media over UDP, media
// and data over TCP), and somebody who sends them anything from anywhere: with and without the ICE
// passwords, the SRTP keys and the DTLS association. Whatever comes: only connectivity checks go to
// who did not answer one, and few of them (RFC 8445); what is sent and what the desk hears is
// bounded by what came and by time; who stops answering is gone in bounded time; and all is
// consistent, which has the bounds of memory.
//
// Input: two bytes choose what there is; then one byte names an operation, the following ones its
// parameters (see Step).

#include <algorithm>
#include <array>
#include <deque>

#include "core/ice/agent/binding_check.h"
#include "native_server/media/media_sessions.h"
#include "tests/fuzz/media_door_packets.h"
#include "tests/fuzz/media_door_support.h"
#include "tests/fuzz/media_door_watch.h"
#include "tests/fuzz/require.h"

namespace koeru::server {
namespace {

using fuzz::Require;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr net::Instant kStart = net::Instant::FromNanoseconds(50'000'000'000);
constexpr size_t kMostSteps = 400;
constexpr size_t kMostSessions = 12;

class Door {
 public:
  explicit Door(Bytes input) : input_(input) {
    const uint8_t what = input_.U8();
    options_.mode = static_cast<media::Mode>(what % 3);
    options_.delay = milliseconds(500);
    options_.max_bits_per_second = (what & 4) != 0 ? 500'000 : 0;
    desk_is_slow_ = (what & 8) != 0;
    const uint8_t flags = input_.U8();
    for (uint8_t i = 0; i < 5; ++i) Open(i == 1, i == 4);
    for (size_t i = 2; i < 5; ++i) Connect(pages_[i]);
    StartMedia(pages_[3], flags, false);
    StartMedia(pages_[4], 0, (what & 16) != 0);
  }

  void Run() {
    for (size_t i = 0; i < kMostSteps && input_.remaining() > 0; ++i) {
      Step();
      CheckBounds();
    }
    Silence();
  }

 private:
  using Asked = DoorWatch::Asked;

  static net::Endpoint Server() { return {net::Address::V4(192, 0, 2, 1), 3478}; }
  static net::Endpoint Victim(uint8_t number) {
    return {net::Address::V4(203, 0, 113, number % 4), 9};
  }
  // Of pages, then of strangers; the last ones over TCP.
  ice::Path AnyPath() {
    const uint8_t number = input_.U8() % 32;
    if (number < 16) return pages_[number % pages_.size()].path;
    return {Server(), Victim(number), number < 28 ? net::Transport::kUdp : net::Transport::kTcp};
  }
  Page& AnyPage() { return pages_[input_.U8() % pages_.size()]; }
  Page* PageAt(const ice::Path& path) {
    const auto found = std::find_if(pages_.begin(), pages_.end(),
                                    [&](const Page& page) { return page.path == path; });
    return found == pages_.end() ? nullptr : &*found;
  }
  Bytes Some() { return input_.Take(std::min<size_t>(input_.U8(), input_.remaining())); }

  void Order(const Page& page, decltype(MediaOrder::what) what) {
    sessions_.CarryOut({page.session, std::move(what)}, now_);
    Settle();
  }
  std::string CandidateFor(const net::Endpoint& endpoint) {
    watch_.OnNamed(endpoint);
    return "candidate:1 1 udp 1 " + endpoint.address.ToString() + " " +
           std::to_string(endpoint.port) + " typ host";
  }

  void Open(bool names_victim, bool is_tcp) {
    const auto number = static_cast<uint8_t>(pages_.size());
    Page page{.session = number + 1u,
              .own = NewMediaCredentials(1, random_),
              .servers = NewMediaCredentials(0, random_),
              .path = {Server(),
                       {net::Address::V4(198, 51, 100, number), 5000},
                       is_tcp ? net::Transport::kTcp : net::Transport::kUdp}};
    OpenMedia open{.local = page.servers,
                   .remote = page.own,
                   .media = MediaOf(page.session, 0),
                   .options = options_};
    if (names_victim) open.candidates = {CandidateFor(Victim(0)), CandidateFor(page.path.remote)};
    pages_.push_back(std::move(page));
    Order(pages_.back(), std::move(open));
  }
  void Connect(const Page& page) {
    Check(page, page.path, true, true, true);
    Wait(milliseconds(200));
    Require(sessions_.HasPath(page.path) && watch_.IsProved(page.path), "a page connects");
  }
  void StartMedia(Page& page, uint8_t flags, bool has_dtls) {
    Order(page, ChangeMedia{MediaOf(page.session, flags)});
    server::StartMedia start{.srtp = *SrtpSession::Make(Keys(), true)};
    page.is_started = true;
    if (page.srtp == nullptr) page.srtp = *SrtpSession::Make(Keys(), false);
    if (has_dtls) {
      Association association = MakeAssociation(now_);
      start.dtls = std::move(association.ours);
      page.dtls = std::move(association.theirs);
    }
    Order(page, std::move(start));
  }

  void Step() {
    switch (input_.U8() % 16) {
      case 0: {
        const size_t before = watch_.sent_media();
        const ice::Path path = AnyPath();
        Receive(path, Some());
        return Require(watch_.sent_media() == before, "what nobody has sealed is not sent back");
      }
      case 1:
        return Rtp(AnyPage(), input_.U16(), input_.U8(), Some());
      case 2:
        return Flow(AnyPage(), input_.U8() % 64);
      case 3:
        return RtcpOfAKind(AnyPage());
      case 4: {
        Page& page = AnyPage();
        return Protected(page, Some(), true);
      }
      case 5: {
        Page& page = AnyPage();
        return Protected(page, Some(), false);
      }
      case 6: {
        const Page& page = AnyPage();
        const uint8_t flags = input_.U8();
        const ice::Path path = AnyPath();
        // From one address, or from more ports than a session has paths.
        for (uint16_t i = 0; i < ((flags & 8) != 0 ? 20 : 1); ++i) {
          const net::Endpoint from{path.remote.address,
                                   static_cast<uint16_t>(path.remote.port + i)};
          Check(page, {path.local, from, path.transport}, (flags & 1) != 0, (flags & 2) != 0,
                (flags & 4) == 0);
        }
        return;
      }
      case 7:
        return Wait(milliseconds(input_.U8()));
      case 8:
        return Wait(seconds(input_.U8() % 40));
      case 9:
        return AnyOrder(AnyPage(), input_.U8());
      case 10:
        return Record(AnyPage(), Some());
      case 11:
        return Dtls(AnyPath(), input_.U8(), input_.U8(), Some());
      case 12:
        sessions_.OnPathGone(AnyPath(), now_);
        return Settle();
      case 13: {
        Page& page = AnyPage();
        page.answers = !page.answers;
        return;
      }
      case 14:
        return AnswerFromElsewhere();
      default:
        return StunOfAKind();
    }
  }

  void AnyOrder(Page& page, uint8_t what) {
    switch (what % 10) {
      case 0:
        return Close(page);
      case 1:
        return Restart(page);
      case 2:
        return Order(page, ChangeMedia{MediaOf(page.session, input_.U8())});
      case 3:
        return Order(page, SendHandshake{{std::vector<uint8_t>(1 + input_.U8(), 22)}});
      case 4: {
        watch_.Allow(400);
        return Order(page, SendRecord{std::vector<uint8_t>(input_.U8(), 1)});
      }
      case 5:
        return Order(page, AddCandidates{{CandidateFor(Victim(input_.U8()))}});
      case 6: {
        const Bytes line = Some();
        return Order(page, AddCandidates{{std::string(line.begin(), line.end())}});
      }
      case 7:
        return GoOn(page);
      case 8: {
        // As if it had come, and the desk gave it back.
        const Bytes datagram = Some();
        watch_.OnReceived(page.path, datagram.size());
        return Order(page, ReadRecords{{datagram.begin(), datagram.end()}});
      }
      default:
        if (pages_.size() < kMostSessions) Open((what & 16) != 0, (what & 32) != 0);
        return;
    }
  }
  // First the page has its keys, then the worker.
  void GoOn(Page& page) {
    if (page.srtp == nullptr) {
      page.srtp = *SrtpSession::Make(Keys(), false);
    } else if (!page.is_started && !watch_.IsClosed(page.session)) {
      StartMedia(page, 0, false);
    }
  }
  void Close(Page& page) {
    watch_.OnClosed(page.session);
    Order(page, CloseMedia{});
  }
  void Restart(Page& page) {
    page.own = NewMediaCredentials(1, random_);
    page.servers = NewMediaCredentials(0, random_);
    watch_.OnRestarted(page.session);
    Order(page, RestartIce{page.servers, page.own, {}});
  }

  // As the worker hands it out: by the first byte.
  void Receive(const ice::Path& path, Bytes bytes) {
    if (bytes.empty()) return;
    watch_.OnReceived(path, bytes.size());
    std::vector<uint8_t> datagram(bytes.begin(), bytes.end());
    if (datagram[0] <= 3) {
      sessions_.OnStun(path, datagram, now_);
    } else {
      sessions_.OnDatagram(path, datagram, now_);
    }
    Settle();
  }
  void Check(const Page& page, const ice::Path& path, bool is_right, bool nominates,
             bool is_controlling) {
    std::array<uint8_t, 1024> buffer;
    ice::Credentials server = page.servers;
    if (!is_right) server.password[3] ^= 1;
    if (is_right) watch_.OnNamed(path.remote);
    Receive(path, ice::EncodeCheck(
                      buffer, ids_.Next(),
                      {.priority = 7,
                       .role = is_controlling ? ice::Role::kControlling : ice::Role::kControlled,
                       .tiebreaker = 5,
                       .use_candidate = nominates},
                      page.own, server));
  }
  // The right answer to what the media peer has asked, from that path.
  void Answer(const Asked& asked, const ice::Path& path) {
    const auto request = stun::MessageView::Parse(asked.request);
    const MediaSessionId session = SessionOfTransaction(request->transaction_id());
    std::array<uint8_t, 1024> buffer;
    const Bytes answer = ice::EncodeCheckSuccess(buffer, *request, asked.path.local,
                                                 pages_[(session - 1) % pages_.size()].own);
    if (path == asked.path) watch_.OnProved(path);
    Receive(path, answer);
  }
  void AnswerFromElsewhere() {
    const ice::Path path = AnyPath();
    const uint8_t number = input_.U8();
    const auto& asked = watch_.asked();
    if (!asked.empty()) Answer(Asked(asked[number % asked.size()]), path);
  }
  void StunOfAKind() {
    const ice::Path path = AnyPath();
    const uint16_t type = input_.U16() & 0x3FFF;
    const uint8_t session = input_.U8();
    Receive(path, StunPacket(type, session, Some()));
  }

  // Sealed for that page when it has keys; as it is, when it is no packet.
  void Protected(Page& page, Bytes packet, bool is_rtcp) {
    std::vector<uint8_t> room(packet.begin(), packet.end());
    room.resize(packet.size() + SrtpSession::kMostOverhead);
    const size_t size = page.srtp == nullptr ? 0
                        : is_rtcp            ? page.srtp->ProtectRtcp(room, packet.size())
                                             : page.srtp->ProtectRtp(room, packet.size());
    Receive(page.path, size == 0 ? packet : Bytes(room).first(size));
  }
  void Rtp(Page& page, uint16_t number, uint8_t shape, Bytes payload) {
    const bool is_numbered = (shape & 8) == 0;
    if (is_numbered) ++transport_number_;
    Protected(page, RtpPacketOf(shape, number, transport_number_, payload), false);
  }
  void Flow(Page& page, uint8_t count) {
    for (uint8_t i = 0; i < count; ++i) Rtp(page, next_number_++, 0x10, {});
  }
  void RtcpOfAKind(Page& page) {
    const uint8_t kind = input_.U8();
    const Bytes body = Some();
    const uint32_t sender = 0x1000u + input_.U8() % 12;
    const uint32_t media = 0x10000u * page.session + input_.U8() % 6;
    Protected(page, RtcpPacketOf(kind, sender, media, body), true);
  }
  void Record(Page& page, Bytes content) {
    if (page.dtls == nullptr) return;
    std::vector<uint8_t> record(content.size() + DtlsEngine::kRecordOverhead);
    record.resize(page.dtls->Write(content, record));
    Receive(page.path, record);
  }
  void Dtls(const ice::Path& path, uint8_t type, uint8_t epoch, Bytes content) {
    Receive(path,
            DtlsRecord(static_cast<uint8_t>(20 + type % 44), epoch % 3, ++record_number_, content));
  }

  // What the pages and the desk do at once.
  void Settle() {
    for (const Asked& asked : watch_.TakeNew()) {
      const Page* const page = PageAt(asked.path);
      if (page != nullptr && page->answers) Answer(asked, asked.path);
    }
    if (desk_is_slow_) return;
    for (Page& page : pages_) {
      if (watch_.HasFailed(page.session) && !watch_.IsClosed(page.session)) Close(page);
    }
  }
  void Wait(net::Duration duration) {
    const net::Instant end = now_ + duration;
    for (size_t i = 0; sessions_.NextDeadline() <= end; ++i) {
      Require(i < 100'000, "time goes on");
      SetNow(std::max(now_, sessions_.NextDeadline()));
      sessions_.OnTimeout(now_);
      Settle();
    }
    SetNow(end);
  }
  void SetNow(net::Instant now) {
    now_ = now;
    watch_.SetNow(now);
  }
  // Nobody answers any more: RFC 7675's consent ends, or the agent's patience.
  void Silence() {
    for (Page& page : pages_) page.answers = false;
    Wait(seconds(70));
    for (const Page& page : pages_) {
      Require(watch_.IsClosed(page.session) || watch_.HasFailed(page.session),
              "who does not answer fails");
    }
    CheckBounds();
    Wait(seconds(70));
    Require(now_ - watch_.last_sent() >= seconds(70), "nothing is sent after that");
    sessions_.CloseAll(now_);
    Require(sessions_.empty() && sessions_.IsConsistent(), "nothing is left");
    Require(sessions_.NextDeadline() == net::Instant::Max(), "nothing is due");
  }

  void CheckBounds() {
    Require(sessions_.IsConsistent(), "IsConsistent");
    Require(sessions_.size() <= pages_.size(), "nobody opens sessions");
    watch_.CheckBounds(pages_.size());
  }

  Reader input_;
  CountingRandom random_;
  MediaTransactionIds ids_{1, 0, random_};
  media::MediaPeerOptions options_;
  DoorWatch watch_{kStart};
  MediaSessions sessions_{
      {.worker = 0,
       .addresses = {{Server(), Server()}, {Server(), Server(), net::Transport::kTcp}}},
      random_,
      watch_,
      watch_};
  net::Instant now_ = kStart;
  std::deque<Page> pages_;  // session 1 and the following ones
  bool desk_is_slow_ = false;
  uint16_t next_number_ = 65'000, transport_number_ = 0, record_number_ = 1000;
};

}  // namespace
}  // namespace koeru::server

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  koeru::server::Door({data, size}).Run();
  return 0;
}
