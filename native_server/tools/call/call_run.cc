#include "native_server/tools/call/call_run.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "absl/strings/str_cat.h"
#include "native_server/io/clock.h"
#include "native_server/io/json_view.h"
#include "native_server/tls/certificate_fingerprint.h"
#include "native_server/tls/certificate_writer.h"
#include "native_server/tools/call/call_servers.h"

namespace koeru::tools {
namespace {

namespace json = boost::json;
using server::JsonView;
using server::Now;
using server::TextIn;

// How often signalling is looked at while media flow.
constexpr net::Duration kPollInterval = std::chrono::milliseconds(10);
// For what is still under way at the end, and how long a "delay" keeps it.
constexpr net::Duration kLinger = std::chrono::milliseconds(1500);
// The same of messages: what is sent again for the fifth time is there after some 8 s (SctpStack).
constexpr net::Duration kDataLinger = std::chrono::seconds(10);
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

// A server limits how often one address may join (SIGNALLING.md, "Limits"). On this machine there
// are more addresses than one.
std::optional<net::Address> SourceOf(const net::Address& server, size_t number) {
  constexpr size_t kCallsOfAddress = 25;
  if (!server.is_v4() || server.bytes()[0] != 127 || number < kCallsOfAddress) return std::nullopt;
  return net::Address::V4(127, 0, 1, static_cast<uint8_t>(number / kCallsOfAddress));
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
    : plan_(std::move(plan)), names_(names), sctp_(Now()), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  shared_.random = &random_;
  shared_.ids = &ids_;
  shared_.sctp = &sctp_;
}

CallRun::~CallRun() = default;

CallFacts CallRun::Prepare() {
  CallFacts problem = FindCallServers(plan_, names_, io_, servers_);
  if (!problem.error_code.empty()) return problem;
  if (const absl::Status status = MakeIdentity(); !status.ok()) {
    problem.Fail("certificate", status.message());
  }
  return problem;
}

absl::Status CallRun::MakeIdentity() {
  const std::time_t wall = std::time(nullptr);
  constexpr std::time_t kDay = 86400;
  auto pem = server::WriteSelfSigned({}, wall - kDay, wall + kDay);
  if (!pem.ok()) return pem.status();
  auto context = server::TlsContext::ForMediaPeer(
      {.active = false,
       .certificate_pem = pem->certificate,
       .key_pem = std::string(pem->key.text()),
       .profiles = {server::SrtpProfile::kAeadAes128Gcm, server::SrtpProfile::kAes128CmSha1_80}});
  if (!context.ok()) return context.status();
  shared_.passive = *context;
  shared_.fingerprint = server::FingerprintOf((*context)->certificate_der());
  return absl::OkStatus();
}

void CallRun::SetUp(const std::atomic<bool>& stop) {
  const CallFacts problem = Prepare();
  for (int i = 0; i < plan_.calls && !stop; ++i) {
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
  WebClient::Options web = servers_.web;
  web.local = SourceOf(web.endpoint.address, number);
  auto signals = WebClient(io_, web).OpenSignalling();
  if (!signals.ok()) {
    return call.machine.Fail(CallErrorOf(signals.status()), signals.status().message());
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
  auto way = servers_.turn ? OpenTurnWay(out_, *servers_.turn, remotes, ids_)
                           : OpenDirectWay(out_, remotes);
  if (!way.ok()) {
    const bool is_credential = absl::IsPermissionDenied(way.status());
    return call.machine.Fail(is_credential ? "credential" : "turn", way.status().message());
  }
  call.way = *std::move(way);
  call.machine.BeginIce(call.way->locals(), Now());
}

bool CallRun::Join(Call& call) {
  json::object peer{{"mode", JsonView(NameOf(plan_.call.mode))}};
  if (!servers_.user.empty()) {
    peer.emplace("username", servers_.user);
    peer.emplace("credential", servers_.password);
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
  const json::value value = json::parse(JsonView(text), error);
  const json::object* message = error ? nullptr : value.if_object();
  if (message == nullptr) return;
  const std::string_view type = TextIn(*message, "type").value_or("");
  if (type == "signal") {
    const json::value* data = message->if_contains("data");
    if (data != nullptr) call.machine.OnSignal(json::serialize(*data), Now());
  } else if (type == "joined") {
    const json::value* members = message->if_contains("members");
    if (members == nullptr || !members->is_array()) return;
    for (const json::value& member : members->get_array()) {
      // Nobody else knows this room.
      if (!member.is_object()) continue;
      const std::string_view id = TextIn(member.get_object(), "id").value_or("");
      if (id.size() == 22 && id.find_first_of("\"\\") == id.npos) call.peer = id;
    }
    if (call.peer.empty()) call.machine.Fail("no-peer", "no media peer is in the room");
  } else if (type == "error") {
    call.machine.Fail(TextIn(*message, "code").value_or("signalling"),
                      TextIn(*message, "message").value_or("the server says no"));
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
  const net::Instant last_data = Now() + kDataLinger;
  const auto waits_for_data = [&](const std::unique_ptr<Call>& call) {
    return call->is_running && call->machine.is_waiting_for_data();
  };
  while (!stop && Now() < last_data && std::any_of(calls_.begin(), calls_.end(), waits_for_data)) {
    Turn(last_data);
  }
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
