#include "native_server/media/media_calls.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace koeru::server {

MediaCalls::MediaCalls(MediaCallSettings settings, size_t workers, const MediaLimits& limits,
                       Judge judge)
    : settings_(std::move(settings)),
      workers_(std::min(workers, kMaxMediaWorkers)),
      limits_(limits),
      judge_(std::move(judge)) {}

void MediaCalls::Refuse(const std::string& page, std::string_view code, std::string_view message,
                        Work& work) {
  work.signals.emplace_back(page, ErrorSignal(code, message));
}

void MediaCalls::OnBegin(const std::string& name, std::string_view json, net::Instant now,
                         Work& work) {
  std::string problem;
  auto request = ParsePeerRequest(json, &problem);
  if (!request) return Refuse(name, "request", problem, work);
  MediaVerdict verdict = judge_(*request);
  if (!verdict.is_good) return Refuse(name, "credential", verdict.reason, work);
  if (pages_.size() >= limits_.calls) {
    return Refuse(name, "full",
                  absl::StrCat("the media peer has its ", limits_.calls, " calls: try again later"),
                  work);
  }
  size_t& of_user = by_user_[verdict.user];
  if (of_user >= limits_.calls_per_user) {
    return Refuse(name, "full",
                  absl::StrCat("you have ", limits_.calls_per_user,
                               " calls with the media peer: end one of them"),
                  work);
  }
  const auto [page, is_new] = pages_.try_emplace(name);
  if (!is_new) return;
  if (request->mode == "source" && settings_.clip == nullptr) work.wants_clip = true;
  ++of_user;
  page->second.request = *std::move(request);
  page->second.user = std::move(verdict.user);
  page->second.ends = now + limits_.time;
}

void MediaCalls::OnSignal(const std::string& name, std::string_view json, net::Instant now,
                          Work& work) {
  const auto found = pages_.find(name);
  if (found == pages_.end()) return;  // refused, or over
  auto signal = ParsePeerSignal(json);
  if (!signal) return;
  Page& page = found->second;
  MediaOutput output;
  if (signal->offer) {
    if (signal->connection < page.last_connection) return;
    const bool is_new = page.call == nullptr || signal->connection > page.last_connection;
    if (is_new) {
      EndCall(page, work);
      BeginCall(page, signal->connection, now);
      by_session_[page.call->id()] = found;
    }
    page.call->OnOffer(*signal->offer, now, output);
  }
  if (page.call != nullptr && signal->connection == page.last_connection) {
    page.call->OnCandidates(std::move(signal->candidates), output);
  }
  Carry(found, std::move(output), work);
}

void MediaCalls::BeginCall(Page& page, uint64_t connection, net::Instant now) {
  const size_t worker = next_worker_++ % workers_;
  page.call = std::make_unique<MediaCall>(++last_session_, worker, settings_, page.request,
                                          connection, now);
  page.last_connection = connection;
}

void MediaCalls::EndCall(Page& page, Work& work) {
  if (page.call == nullptr) return;
  work.orders.emplace_back(page.call->worker(), MediaOrder{page.call->id(), CloseMedia{}});
  by_session_.erase(page.call->id());
  page.call = nullptr;
}

void MediaCalls::OnEnd(const std::string& name, net::Instant /*now*/, Work& work) {
  if (const auto found = pages_.find(name); found != pages_.end()) Forget(found, work);
}

void MediaCalls::OnReport(MediaReport report, net::Instant now, Work& work) {
  const auto found = by_session_.find(report.session);
  if (found == by_session_.end()) return;
  const Pages::iterator page = found->second;
  MediaOutput output;
  page->second.call->OnReport(std::move(report), now, output);
  Carry(page, std::move(output), work);
}

void MediaCalls::OnClip(std::shared_ptr<const media::Clip> clip, Work& work) {
  if (settings_.clip != nullptr) return;
  settings_.clip = std::move(clip);
  for (auto page = pages_.begin(); page != pages_.end(); ++page) {
    if (page->second.request.mode != "source") continue;
    if (settings_.clip == nullptr) {
      Refuse(page->first, "source", "the server could not make its test picture", work);
      EndCall(page->second, work);
    } else if (page->second.call != nullptr) {
      MediaOutput output;
      page->second.call->OnClip(output);
      Carry(page, std::move(output), work);
    }
  }
}

void MediaCalls::Carry(Pages::iterator page, MediaOutput output, Work& work) {
  MediaCall* const call = page->second.call.get();
  if (call == nullptr) return;
  call->TakeLater(output);
  for (MediaOrder& order : output.orders)
    work.orders.emplace_back(call->worker(), std::move(order));
  for (std::string& json : output.signals) work.signals.emplace_back(page->first, std::move(json));
  if (!output.ended()) return;
  Refuse(page->first, output.end_code, output.end_message, work);
  // The page may make another connection, and its time goes on.
  EndCall(page->second, work);
}

void MediaCalls::Forget(Pages::iterator page, Work& work) {
  EndCall(page->second, work);
  const auto user = by_user_.find(page->second.user);
  if (--user->second == 0) by_user_.erase(user);
  pages_.erase(page);
}

net::Instant MediaCalls::NextDeadline() const {
  net::Instant deadline = settings_.sctp->NextDeadline();
  for (const auto& [name, page] : pages_) {
    deadline = std::min(deadline, page.ends);
    if (page.call != nullptr) deadline = std::min(deadline, page.call->NextDeadline());
  }
  return deadline;
}

void MediaCalls::OnTimeout(net::Instant now, Work& work) {
  if (now >= settings_.sctp->NextDeadline()) settings_.sctp->OnTimeout(now);
  for (auto page = pages_.begin(); page != pages_.end();) {
    const auto current = page++;
    if (now >= current->second.ends) {
      Refuse(current->first, "time",
             absl::StrCat("a call may take ", limits_.time.count(), " seconds: begin another one"),
             work);
      Forget(current, work);
      continue;
    }
    MediaOutput output;
    if (current->second.call != nullptr && now >= current->second.call->NextDeadline()) {
      current->second.call->OnTimeout(now, output);
    }
    Carry(current, std::move(output), work);
  }
}

}  // namespace koeru::server
