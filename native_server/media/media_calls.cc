#include "native_server/media/media_calls.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace koeru::server {

MediaCalls::MediaCalls(MediaCallSettings settings, size_t workers, const MediaLimits& limits,
                       Judge judge, Ask ask, MediaWatch watch)
    : settings_(std::move(settings)),
      workers_(std::min(workers, kMaxMediaWorkers)),
      limits_(limits),
      judge_(std::move(judge)),
      ask_(std::move(ask)),
      watch_(watch) {}

void MediaCalls::Tell(const std::string& page, std::string_view code, std::string_view message,
                      Work& work) {
  work.signals.emplace_back(page, ErrorSignal(code, message));
}

void MediaCalls::Refuse(const std::string& page, MediaRefusal why, std::string_view message,
                        Work& work) {
  NoteRefusal(page, why);
  Tell(page, NameOf(why), message, work);
}

void MediaCalls::OnBegin(const std::string& name, std::string_view json, net::Instant now,
                         Work& work) {
  std::string problem;
  auto request = ParsePeerRequest(json, &problem);
  if (!request) return Refuse(name, MediaRefusal::kRequest, problem, work);
  MediaVerdict verdict = judge_(*request);
  if (verdict.must_ask) return AskFor(name, *std::move(request), now, work);
  Admit(name, *std::move(request), std::move(verdict), now, work);
}

bool MediaCalls::Admit(const std::string& name, PeerRequest request, MediaVerdict verdict,
                       net::Instant now, Work& work) {
  const auto refuse = [&](MediaRefusal why, std::string_view message) {
    Refuse(name, why, message, work);
    return false;
  };
  if (!verdict.is_good) {
    return refuse(verdict.unanswered ? MediaRefusal::kUnanswered : MediaRefusal::kCredential,
                  verdict.reason);
  }
  if (pages_.size() >= limits_.calls) {
    return refuse(MediaRefusal::kFull, absl::StrCat("the media peer has its ", limits_.calls,
                                                    " calls: try again later"));
  }
  const auto of_user = by_user_.find(verdict.user);
  if ((of_user == by_user_.end() ? 0 : of_user->second) >= limits_.calls_per_user) {
    return refuse(MediaRefusal::kFull, absl::StrCat("you have ", limits_.calls_per_user,
                                                    " calls with the media peer: end one of them"));
  }
  const auto [page, is_new] = pages_.try_emplace(name);
  if (!is_new) return false;
  if (request.mode == "source" && settings_.clip == nullptr) work.wants_clip = true;
  ++by_user_[verdict.user];
  page->second.request = std::move(request);
  page->second.user = std::move(verdict.user);
  page->second.ends = now + limits_.time;
  return true;
}

void MediaCalls::OnSignal(const std::string& name, std::string_view json, net::Instant now,
                          Work& work) {
  const auto found = pages_.find(name);
  if (found == pages_.end()) {
    Question* const question = QuestionOf(name);
    if (question == nullptr) return;  // refused, or over
    if (question->bytes + json.size() > kMostKeptBytes) return;
    question->bytes += json.size();
    question->signals.emplace_back(json);
    return;
  }
  auto signal = ParsePeerSignal(json);
  if (!signal) return;
  Page& page = found->second;
  MediaOutput output;
  if (signal->offer) {
    if (signal->connection < page.last_connection) return;
    const bool is_new = page.call == nullptr || signal->connection > page.last_connection;
    if (is_new) {
      EndCall(found, MediaEnd::kReplaced, now, work);
      BeginCall(found, signal->connection, now);
    }
    page.call->OnOffer(*signal->offer, now, output);
  }
  if (page.call != nullptr && signal->connection == page.last_connection) {
    page.call->OnCandidates(std::move(signal->candidates), output);
  }
  Carry(found, std::move(output), now, work);
}

void MediaCalls::BeginCall(Pages::iterator found, uint64_t connection, net::Instant now) {
  Page& page = found->second;
  const size_t worker = next_worker_++ % workers_;
  page.call = std::make_unique<MediaCall>(++last_session_, worker, settings_, page.request,
                                          connection, now);
  page.last_connection = connection;
  page.began = now;
  page.is_open = false;
  page.seen = {};
  by_session_[page.call->id()] = found;
  if (watch_.counters != nullptr) watch_.counters->started.Add(1);
  if (watch_.events != nullptr) watch_.events->OnMediaCallBegan(EventOf(*found, now));
}

void MediaCalls::EndCall(Pages::iterator found, MediaEnd reason, net::Instant now, Work& work) {
  Page& page = found->second;
  if (page.call == nullptr) return;
  if (watch_.counters != nullptr) watch_.counters->ended[static_cast<size_t>(reason)].Add(1);
  if (watch_.events != nullptr) watch_.events->OnMediaCallEnded(EventOf(*found, now), reason);
  work.orders.emplace_back(page.call->worker(), MediaOrder{page.call->id(), CloseMedia{}});
  by_session_.erase(page.call->id());
  page.call = nullptr;
}

void MediaCalls::OnEnd(const std::string& name, net::Instant now, Work& work) {
  if (const auto found = pages_.find(name); found != pages_.end()) {
    Forget(found, MediaEnd::kLeft, now, work);
  }
  if (Question* const question = QuestionOf(name)) {
    question->page.clear();
    question->signals.clear();
  }
}

// A flood of joins is none of questions: who asks may be anybody.
void MediaCalls::AskFor(const std::string& name, PeerRequest request, net::Instant now,
                        Work& work) {
  if (pages_.size() >= limits_.calls) {
    return Refuse(name, MediaRefusal::kFull,
                  absl::StrCat("the media peer has its ", limits_.calls, " calls: try again later"),
                  work);
  }
  if (questions_.size() >= kMostQuestions || next_question_ > now + kQuestionBurst) {
    return Refuse(name, MediaRefusal::kFull, "too many ask for the media peer at a time: try again",
                  work);
  }
  next_question_ = std::max(next_question_, now) + kQuestionInterval;
  const uint64_t id = ++last_question_;
  const auto question = questions_.emplace(
      id,
      Question{.page = name, .request = std::move(request), .gives_up = now + kLongestQuestion});
  ask_(id, question.first->second.request);
}

MediaCalls::Question* MediaCalls::QuestionOf(const std::string& page) {
  for (auto& [id, question] : questions_) {
    if (question.page == page) return &question;
  }
  return nullptr;
}

void MediaCalls::OnVerdict(uint64_t id, MediaVerdict verdict, net::Instant now, Work& work) {
  const auto found = questions_.find(id);
  if (found == questions_.end()) return;  // late
  Question question = std::move(found->second);
  questions_.erase(found);
  if (question.page.empty()) return;
  if (!Admit(question.page, std::move(question.request), std::move(verdict), now, work)) return;
  for (const std::string& json : question.signals) OnSignal(question.page, json, now, work);
}

void MediaCalls::GiveUpQuestions(net::Instant now, Work& work) {
  for (auto question = questions_.begin(); question != questions_.end();) {
    const auto current = question++;
    if (now < current->second.gives_up) continue;
    if (!current->second.page.empty()) {
      Refuse(current->second.page, MediaRefusal::kUnanswered,
             "nobody could tell in time whether the credential is good: try again later", work);
    }
    questions_.erase(current);
  }
}

void MediaCalls::OnReport(MediaReport report, net::Instant now, Work& work) {
  const auto found = by_session_.find(report.session);
  if (found == by_session_.end()) return;
  const Pages::iterator page = found->second;
  NoteReport(*page, report, now);
  MediaOutput output;
  page->second.call->OnReport(std::move(report), now, output);
  Carry(page, std::move(output), now, work);
}

void MediaCalls::OnClip(std::shared_ptr<const media::Clip> clip, net::Instant now, Work& work) {
  if (settings_.clip != nullptr) return;
  settings_.clip = std::move(clip);
  for (auto page = pages_.begin(); page != pages_.end(); ++page) {
    if (page->second.request.mode != "source") continue;
    if (settings_.clip == nullptr) {
      Tell(page->first, NameOf(MediaEnd::kSource), "the server could not make its test picture",
           work);
      EndCall(page, MediaEnd::kSource, now, work);
    } else if (page->second.call != nullptr) {
      MediaOutput output;
      page->second.call->OnClip(output);
      Carry(page, std::move(output), now, work);
    }
  }
}

void MediaCalls::Carry(Pages::iterator page, MediaOutput output, net::Instant now, Work& work) {
  MediaCall* const call = page->second.call.get();
  if (call == nullptr) return;
  call->TakeLater(output);
  for (MediaOrder& order : output.orders)
    work.orders.emplace_back(call->worker(), std::move(order));
  for (std::string& json : output.signals) work.signals.emplace_back(page->first, std::move(json));
  NoteOpen(page->second, now);
  if (!output.ended()) return;
  Tell(page->first, output.end_code, output.end_message, work);
  // The page may make another connection, and its time goes on.
  EndCall(page, MediaEndOf(output.end_code), now, work);
}

void MediaCalls::Forget(Pages::iterator page, MediaEnd reason, net::Instant now, Work& work) {
  EndCall(page, reason, now, work);
  const auto user = by_user_.find(page->second.user);
  if (--user->second == 0) by_user_.erase(user);
  pages_.erase(page);
}

net::Instant MediaCalls::NextDeadline() const {
  net::Instant deadline = settings_.sctp->NextDeadline();
  for (const auto& [id, question] : questions_) deadline = std::min(deadline, question.gives_up);
  for (const auto& [name, page] : pages_) {
    deadline = std::min(deadline, page.ends);
    if (page.call != nullptr) deadline = std::min(deadline, page.call->NextDeadline());
  }
  return deadline;
}

void MediaCalls::OnTimeout(net::Instant now, Work& work) {
  if (now >= settings_.sctp->NextDeadline()) settings_.sctp->OnTimeout(now);
  GiveUpQuestions(now, work);
  for (auto page = pages_.begin(); page != pages_.end();) {
    const auto current = page++;
    if (now >= current->second.ends) {
      Tell(current->first, NameOf(MediaEnd::kTime),
           absl::StrCat("a call may take ", limits_.time.count(), " seconds: begin another one"),
           work);
      Forget(current, MediaEnd::kTime, now, work);
      continue;
    }
    MediaOutput output;
    if (current->second.call != nullptr && now >= current->second.call->NextDeadline()) {
      current->second.call->OnTimeout(now, output);
    }
    Carry(current, std::move(output), now, work);
  }
}

void MediaCalls::NoteRefusal(const std::string& page, MediaRefusal why) {
  if (watch_.counters != nullptr) watch_.counters->Refuse(why);
  if (watch_.events != nullptr) watch_.events->OnMediaRefused(page, why);
}

void MediaCalls::NoteReport(Pages::value_type& page, const MediaReport& report, net::Instant now) {
  MediaCallEvent& seen = page.second.seen;
  if (const auto* ice = std::get_if<IceChanged>(&report.what)) {
    if (ice->state != ice::AgentState::kConnected || seen.path == ice->path) return;
    seen.path = ice->path;
    if (watch_.events != nullptr) watch_.events->OnMediaPath(EventOf(page, now));
  } else if (const auto* quality = std::get_if<QualityReport>(&report.what)) {
    seen.received_packets = seen.sent_packets = 0;
    seen.received_lost = seen.sent_lost = 0;
    for (const media::SectionQuality& section : quality->quality.sections) {
      seen.received_packets += section.received.packets;
      seen.received_lost += section.received.lost;
      seen.sent_packets += section.sent.packets;
      seen.sent_lost += section.sent.lost;
    }
  }
}

void MediaCalls::NoteOpen(Page& page, net::Instant now) {
  if (page.is_open || !page.call->is_open()) return;
  page.is_open = true;
  if (watch_.counters != nullptr) watch_.counters->setup.Observe(now - page.began);
}

MediaCallEvent MediaCalls::EventOf(const Pages::value_type& page, net::Instant now) const {
  MediaCallEvent event = page.second.seen;
  event.page = page.first;
  event.user = page.second.user;
  event.mode = page.second.request.mode;
  event.worker = page.second.call->worker();
  event.age = now - page.second.began;
  return event;
}

}  // namespace koeru::server
