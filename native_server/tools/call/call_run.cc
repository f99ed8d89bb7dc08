#include "native_server/tools/call/call_run.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "absl/strings/str_cat.h"
#include "core/bytes/escape.h"
#include "core/ice/uri.h"
#include "native_server/client/discovery.h"
#include "native_server/io/clock.h"
#include "native_server/tls/certificate_fingerprint.h"
#include "native_server/tls/certificate_writer.h"

namespace koeru::tools {
namespace {

namespace json = boost::json;
using server::Now;

// How often signalling is looked at while media flow.
constexpr net::Duration kPollInterval = std::chrono::milliseconds(10);
// For what is still under way at the end, and how long a "delay" keeps it.
constexpr net::Duration kLinger = std::chrono::milliseconds(1500);
constexpr net::Duration kPeerDelay = std::chrono::seconds(1);
// In which the first packets of all calls are spread.
constexpr net::Duration kSpread = std::chrono::milliseconds(33);

// A room that nobody else will find: 128 random bits.
std::string NewRoom(relay::RandomSource& random) {
  static constexpr std::string_view kRoomChars = "abcdefghijklmnopqrstuvwxyz012345";
  std::array<uint8_t, 26> bytes{};
  random.Fill(bytes);
  std::string room;
  for (const uint8_t byte : bytes) room += kRoomChars[byte & 31];
  return room;
}

// What a status of the web client stands for, as a call's error.
std::string_view CodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnauthenticated:
      return "tls";
    case absl::StatusCode::kFailedPrecondition:
      return "signalling";
    case absl::StatusCode::kNotFound:
      return "name";
    case absl::StatusCode::kDeadlineExceeded:
      return "silent";
    default:
      return "connect";
  }
}

std::string HostInUrl(const std::string& host) {
  return host.find(':') == std::string::npos ? host : absl::StrCat("[", host, "]");
}

json::string_view ToJson(std::string_view text) { return {text.data(), text.size()}; }

std::string_view MemberText(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(ToJson(key));
  if (value == nullptr || !value->is_string()) return {};
  return {value->get_string().data(), value->get_string().size()};
}

// A server limits how often one address may join (SIGNALLING.md, "Limits"). On this machine there
// are more addresses than one.
std::optional<net::Address> SourceOf(const net::Address& server, size_t number) {
  constexpr size_t kCallsOfAddress = 25;
  if (!server.is_v4() || server.bytes()[0] != 127 || number < kCallsOfAddress) return std::nullopt;
  return net::Address::V4(127, 0, 1, static_cast<uint8_t>(number / kCallsOfAddress));
}

net::Transport TransportOf(CallVia via) {
  return via == CallVia::kTls   ? net::Transport::kTls
         : via == CallVia::kTcp ? net::Transport::kTcp
                                : net::Transport::kUdp;
}

}  // namespace

struct CallRun::Call final : public CallSender {
  Call(const CallMachine::Options& options, const CallShared& shared)
      : machine(options, shared, *this) {}
  void Send(const ice::Path& path, Bytes datagram) override {
    if (way != nullptr) way->Send(path, datagram);
  }

  CallMachine machine;
  std::unique_ptr<CallWay> way;
  std::unique_ptr<SignalConnection> signals;
  std::string peer;  // its id in the room
  bool is_running = false;
  net::Instant armed = net::Instant::Max();  // in deadlines_
};

CallRun::CallRun(CallPlan plan, server::NameService& names)
    : plan_(std::move(plan)), names_(names), sctp_(Now()), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

CallRun::~CallRun() = default;

absl::Status CallRun::FindServer() {
  const std::string host = HostInUrl(plan_.host);
  // RFC 7065's URI stands for the address that is looked up.
  const std::string text = absl::StrCat("turns:", host, ":", plan_.port, "?transport=tcp");
  const auto uri = ice::Uri::Parse(text);
  if (!uri.ok()) return absl::NotFoundError(uri.error().reason);
  const server::Discovery found = server::Discover(*uri, names_);
  if (found.candidates.empty()) {
    return absl::NotFoundError(absl::StrCat("the name ", Escape(plan_.host), " has no address"));
  }
  web_ = {.endpoint = found.candidates[0].endpoint,
          .host = plan_.port == 443 ? host : absl::StrCat(host, ":", plan_.port),
          .server_name = plan_.host,
          .tls = plan_.tls,
          .timeout = plan_.timeout};
  return absl::OkStatus();
}

// native_server/web/ice_servers.h. The first URI of the wanted transport counts.
void CallRun::TakeIceServers(std::string_view text) {
  boost::system::error_code error;
  const json::value value = json::parse(ToJson(text), error);
  const json::object* object = error ? nullptr : value.if_object();
  const json::value* list = object == nullptr ? nullptr : object->if_contains("iceServers");
  if (list == nullptr || !list->is_array()) return;
  for (const json::value& entry : list->get_array()) {
    const json::object* server = entry.if_object();
    const json::value* urls = server == nullptr ? nullptr : server->if_contains("urls");
    if (urls == nullptr || !urls->is_array() || MemberText(*server, "username").empty()) continue;
    if (plan_.user.empty()) {
      user_ = MemberText(*server, "username");
      password_ = MemberText(*server, "credential");
    }
    for (const json::value& url : urls->get_array()) {
      if (!url.is_string() || relay_ || plan_.via == CallVia::kDirect) continue;
      const auto uri = ice::Uri::Parse({url.get_string().data(), url.get_string().size()});
      if (uri.ok() && uri->is_turn()) TakeTurn(*uri);
    }
  }
}

void CallRun::TakeTurn(const ice::Uri& uri) {
  for (const server::ServerCandidate& one : server::Discover(uri, names_).candidates) {
    if (one.transport != TransportOf(plan_.via) || !one.is_asked_for || relay_) continue;
    relay_.emplace();
    relay_->link.transport = one.transport;
    relay_->link.server = one.endpoint;
    relay_->link.server_name = uri.host.text;
  }
}

CallFacts CallRun::Prepare() {
  CallFacts facts;
  if (const absl::Status status = FindServer(); !status.ok()) {
    facts.Fail(CodeOf(status), status.message());
    return facts;
  }
  user_ = plan_.user;
  password_ = plan_.password;
  if (plan_.turn) relay_ = TurnWayOptions{.link = *plan_.turn};
  if (const auto uri = ice::Uri::Parse(plan_.turn_uri); uri.ok()) {
    TakeTurn(*uri);
    if (!relay_) {
      facts.Fail("no-turn", absl::StrCat(Escape(plan_.turn_uri), " has no address for TURN over ",
                                         server::TransportName(TransportOf(plan_.via))));
      return facts;
    }
  }
  if (user_.empty() || (plan_.via != CallVia::kDirect && !relay_)) {
    const auto servers = WebClient(io_, web_).Get("/ice-servers");
    if (servers.ok()) {
      TakeIceServers(*servers);
    } else if (!absl::IsFailedPrecondition(servers.status())) {
      // What hands out none may still be called.
      facts.Fail(CodeOf(servers.status()), servers.status().message());
      return facts;
    }
  }
  if (user_.empty()) {
    user_ = plan_.turn_user;
    password_ = plan_.turn_password;
  }
  return SetUpWay();
}

// The relay of a relayed way, and what DTLS needs.
CallFacts CallRun::SetUpWay() {
  CallFacts facts;
  if (plan_.via != CallVia::kDirect) {
    if (!relay_) {
      facts.Fail("no-turn", absl::StrCat("/ice-servers names no TURN server over ",
                                         server::TransportName(TransportOf(plan_.via))));
      return facts;
    }
    relay_->username = plan_.turn_user.empty() ? user_ : plan_.turn_user;
    relay_->password = plan_.turn_user.empty() ? password_ : plan_.turn_password;
    relay_->link.timeout = plan_.timeout;
    if (relay_->link.tls == nullptr) relay_->link.tls = plan_.tls;
  }
  const std::time_t wall = std::time(nullptr);
  constexpr std::time_t kDay = 86400;
  auto pem = server::WriteSelfSigned({}, wall - kDay, wall + kDay);
  if (!pem.ok()) {
    facts.Fail("certificate", pem.status().message());
    return facts;
  }
  auto context = server::TlsContext::ForMediaPeer(
      {.active = false,
       .certificate_pem = pem->certificate,
       .key_pem = std::string(pem->key.text()),
       .profiles = {server::SrtpProfile::kAeadAes128Gcm, server::SrtpProfile::kAes128CmSha1_80}});
  if (!context.ok()) {
    facts.Fail("certificate", context.status().message());
    return facts;
  }
  shared_ = {.passive = *context,
             .fingerprint = server::FingerprintOf((*context)->certificate_der()),
             .random = &random_,
             .ids = &ids_,
             .sctp = &sctp_};
  return facts;
}

void CallRun::SetUp(const std::atomic<bool>& stop) {
  const CallFacts problem = Prepare();
  for (int i = 0; i < plan_.calls && !stop; ++i) {
    if (shared_.passive == nullptr) shared_.random = &random_;
    calls_.push_back(std::make_unique<Call>(plan_.call, shared_));
    Call& call = *calls_.back();
    if (!problem.error_code.empty()) {
      call.machine.Fail(problem.error_code, problem.error);
      continue;
    }
    SetUpOne(call, calls_.size() - 1);
    Watch(calls_.size() - 1);
    // Those before have timers and packets, too.
    Turn(Now());
  }
  const auto waits = [](const std::unique_ptr<Call>& call) {
    return !call->machine.is_ready() && !call->machine.is_over();
  };
  while (!stop && std::any_of(calls_.begin(), calls_.end(), waits)) {
    Turn(Now() + std::chrono::milliseconds(20));
  }
}

void CallRun::SetUpOne(Call& call, size_t number) {
  WebClient::Options web = web_;
  web.local = SourceOf(web_.endpoint.address, number);
  auto signals = WebClient(io_, web).OpenSignalling();
  if (!signals.ok()) {
    return call.machine.Fail(CodeOf(signals.status()), signals.status().message());
  }
  call.signals = *std::move(signals);
  call.signals->on_message = [this, &call](std::string_view text) { OnText(call, text); };
  call.signals->on_end = [&call](std::string_view reason) {
    // Media do not need signalling any more.
    if (!call.machine.is_ready()) {
      call.machine.Fail("signalling", absl::StrCat("the connection ended: ", reason));
    }
  };
  if (!Join(call) || !AskForAnswer(call)) return;
  const auto remotes = call.machine.RemoteEndpoints();
  auto way = relay_ ? OpenTurnWay(out_, *relay_, remotes, ids_) : OpenDirectWay(out_, remotes);
  if (!way.ok()) {
    const bool is_credential = absl::IsPermissionDenied(way.status());
    return call.machine.Fail(is_credential ? "credential" : "turn", way.status().message());
  }
  call.way = *std::move(way);
  call.machine.BeginIce(call.way->locals(), Now());
}

bool CallRun::Join(Call& call) {
  json::object peer{{"mode", ToJson(NameOf(plan_.call.mode))}};
  if (!user_.empty()) {
    peer.emplace("username", user_);
    peer.emplace("credential", password_);
  }
  call.signals->Send(json::serialize(json::object{
      {"type", "join"}, {"room", NewRoom(random_)}, {"name", "koeru call"}, {"peer", peer}}));
  const bool is_done = RunUntil(io_, Now() + plan_.timeout,
                                [&] { return !call.peer.empty() || call.machine.is_over(); });
  if (!is_done) call.machine.Fail("silent", "the server does not answer \"join\"");
  return !call.machine.is_over();
}

bool CallRun::AskForAnswer(Call& call) {
  std::string text = absl::StrCat("{\"type\":\"signal\",\"to\":\"", call.peer,
                                  "\",\"data\":", call.machine.OfferSignal(), "}");
  call.signals->Send(std::move(text));
  const bool is_done = RunUntil(io_, Now() + plan_.timeout, [&] {
    return call.machine.has_answer() || call.machine.is_over();
  });
  if (!is_done) call.machine.Fail("silent", "the media peer does not answer the offer");
  return !call.machine.is_over();
}

// native_server/web/SIGNALLING.md, "What the server sends".
void CallRun::OnText(Call& call, std::string_view text) {
  boost::system::error_code error;
  const json::value value = json::parse(ToJson(text), error);
  const json::object* message = error ? nullptr : value.if_object();
  if (message == nullptr) return;
  const std::string_view type = MemberText(*message, "type");
  if (type == "signal") {
    const json::value* data = message->if_contains("data");
    if (data != nullptr) call.machine.OnSignal(json::serialize(*data), Now());
  } else if (type == "joined") {
    const json::value* members = message->if_contains("members");
    if (members == nullptr || !members->is_array()) return;
    for (const json::value& member : members->get_array()) {
      // Nobody else knows this room.
      if (!member.is_object()) continue;
      const std::string_view id = MemberText(member.get_object(), "id");
      if (id.size() == 22 && id.find_first_of("\"\\") == id.npos) call.peer = id;
    }
    if (call.peer.empty()) call.machine.Fail("no-peer", "no media peer is in the room");
  } else if (type == "error") {
    call.machine.Fail(MemberText(*message, "code"), MemberText(*message, "message"));
  }
}

bool CallRun::Runs(const Call& call) const {
  return call.way != nullptr && !call.machine.is_over();
}

void CallRun::Watch(size_t index) {
  Call& call = *calls_[index];
  if (!Runs(call)) return;
  for (const int fd : call.way->fds()) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = index;
    ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event);
  }
  Arm(index);
}

// The node of the set is used again, so no timer allocates.
void CallRun::Arm(size_t index) {
  Call& call = *calls_[index];
  const net::Instant deadline = call.machine.NextDeadline();
  if (deadline == call.armed) return;
  if (call.armed == net::Instant::Max()) {
    deadlines_.insert({deadline, index});
  } else {
    auto node = deadlines_.extract({call.armed, index});
    if (deadline != net::Instant::Max()) {
      node.value().first = deadline;
      deadlines_.insert(std::move(node));
    }
  }
  call.armed = deadline;
}

void CallRun::OnDue(net::Instant now) {
  const rtp::NtpTime wall = server::NtpNow();
  while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
    const size_t index = deadlines_.begin()->second;
    calls_[index]->machine.OnTimeout(now, wall);
    out_.Flush();
    const net::Instant before = calls_[index]->armed;
    Arm(index);
    if (calls_[index]->armed == before) return;  // it wants to be asked again: not in this turn
  }
}

void CallRun::Turn(net::Instant deadline) {
  // 1. Wait.
  net::Instant until = std::min({deadline, next_poll_, sctp_.NextDeadline()});
  if (!deadlines_.empty()) until = std::min(until, deadlines_.begin()->first);
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(until - Now()).count();
  std::array<epoll_event, 64> events{};
  const int ready = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()),
                                 static_cast<int>(std::clamp<int64_t>(wait, 0, 20)));
  // 2. Packets: 64 sockets, 32 datagrams or runs of each.
  for (int i = 0; i < ready; ++i) {
    const auto index = static_cast<size_t>(events[static_cast<size_t>(i)].data.u64);
    Call& call = *calls_[index];
    if (!call.way->Receive(batch_, call.machine)) {
      call.machine.Fail("turn", "the connection to the TURN server ended");
      for (const int fd : call.way->fds()) ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
    }
    out_.Flush();
    Arm(index);
  }
  // 3. Timers of calls, then of all data channels.
  OnDue(Now());
  if (Now() >= sctp_.NextDeadline()) {
    sctp_.OnTimeout(Now());
    out_.Flush();
  }
  // 4. Signalling.
  if (Now() < next_poll_) return;
  next_poll_ = Now() + kPollInterval;
  io_.restart();
  io_.poll();
}

void CallRun::Run(const std::atomic<bool>& stop) {
  const net::Instant begin = Now();
  const net::Duration length = std::chrono::seconds(plan_.seconds);
  size_t place = 0;
  for (const auto& call : calls_) {
    const auto index = static_cast<int64_t>(place++);
    if (!call->machine.is_ready() || call->machine.is_over()) continue;
    const net::Instant first = begin + kSpread * index / static_cast<int64_t>(calls_.size());
    call->machine.StartMedia(first, first + length);
    call->is_running = true;
    Arm(place - 1);
  }
  const auto runs = [](const std::unique_ptr<Call>& call) {
    return call->is_running && !call->machine.is_over();
  };
  const net::Instant end = begin + length + kSpread;
  while (!stop && Now() < end && std::any_of(calls_.begin(), calls_.end(), runs)) Turn(end);
  const bool is_delayed = plan_.call.mode == CallMode::kDelay;
  const net::Instant last = Now() + kLinger + (is_delayed ? kPeerDelay : net::Duration{});
  // A sink's report is still to come.
  const auto waits = [&](const std::unique_ptr<Call>& call) {
    return runs(call) && (plan_.call.mode == CallMode::kSink || !call->machine.is_all_back());
  };
  while (!stop && Now() < last && std::any_of(calls_.begin(), calls_.end(), waits)) Turn(last);
}

std::vector<CallFacts> CallRun::Finish() {
  std::vector<CallFacts> all;
  for (const auto& call : calls_) {
    all.push_back(call->machine.Facts());
    all.back().via = plan_.via;
    call->machine.Close(Now());
    out_.Flush();
    if (call->signals != nullptr) call->signals->Send(R"({"type":"leave"})");
  }
  io_.restart();
  io_.poll();
  calls_.clear();
  deadlines_.clear();
  return all;
}

}  // namespace koeru::tools
