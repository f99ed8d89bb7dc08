// All calls with the media peer: who may have one, for how long, and which call a page's signal and
// a worker's report belong to. A machine without threads, clocks and sockets:
//
//   MediaCalls calls(settings, limits, judge);
//   calls.OnBegin(page, R"({"mode":"echo",...})", now, work);       // a page joined with a "peer"
//   calls.OnSignal(page, R"({"g":1,"description":{...}})", now, work);
//   calls.OnReport(std::move(report), now, work);
//   calls.OnEnd(page, now, work);                                   // it left the room
//   for (auto& [worker, order] : work.orders) ...  for (auto& [page, json] : work.signals) ...
//
// A page is named by the id that the media peer has for it in its room. A page has one call at a
// time; when it makes a new connection ("g" grows) the old call ends. Memory: `pages` pages of one
// call each, at most.
//
// Where only a database or an endpoint knows the user, the judge says must_ask, `ask` asks, and the
// verdict comes later; what the page says meanwhile is kept:
//
//   calls.OnVerdict(question, verdict, now, work);
//
// Each question is answered once. Bounds: kMostQuestions without an answer, one in
// kQuestionInterval with a second's worth at once; beyond, the page hears that it may try again.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "native_server/media/media_call.h"
#include "native_server/media/media_counters.h"

namespace koeru::server {

// What happens at the limit stands behind it.
struct MediaLimits {
  size_t calls = 64;               // in total: the page hears "full"
  size_t calls_per_user = 4;       // the same
  std::chrono::seconds time{600};  // of one call: it ends ("time")
};

struct MediaVerdict {
  bool is_good = false;
  bool must_ask = false;    // somebody else knows
  bool unanswered = false;  // he was asked, and did not say
  std::string user{};       // whom it counts for
  std::string reason{};     // when it is not good: a sentence
};

class MediaCalls {
 public:
  // Whether somebody with these credentials may call.
  using Judge = std::function<MediaVerdict(const PeerRequest& request)>;
  // Finds out; the verdict goes to OnVerdict().
  using Ask = std::function<void(uint64_t question, const PeerRequest& request)>;

  static constexpr size_t kMostQuestions = 16;
  static constexpr net::Duration kQuestionInterval = std::chrono::milliseconds(100);
  static constexpr net::Duration kQuestionBurst = std::chrono::seconds(1);
  // Then the page is told that nobody knows, and the answer is late.
  static constexpr net::Duration kLongestQuestion = std::chrono::seconds(10);
  // What a page says while it waits: more is dropped.
  static constexpr size_t kMostKeptBytes = 128 << 10;

  struct Work {
    std::vector<std::pair<size_t, MediaOrder>> orders;         // worker, what
    std::vector<std::pair<std::string, std::string>> signals;  // page, JSON
    // Somebody waits for the clip of the mode "source": OnClip() is to follow.
    bool wants_clip = false;
  };

  MediaCalls(MediaCallSettings settings, size_t workers, const MediaLimits& limits, Judge judge,
             Ask ask = {}, MediaWatch watch = {});

  void OnBegin(const std::string& page, std::string_view request, net::Instant now, Work& work);
  void OnSignal(const std::string& page, std::string_view data, net::Instant now, Work& work);
  void OnEnd(const std::string& page, net::Instant now, Work& work);
  void OnReport(MediaReport report, net::Instant now, Work& work);
  // Null: it could not be made, and those who wait for it hear so.
  void OnClip(std::shared_ptr<const media::Clip> clip, net::Instant now, Work& work);
  void OnVerdict(uint64_t question, MediaVerdict verdict, net::Instant now, Work& work);

  net::Instant NextDeadline() const;
  void OnTimeout(net::Instant now, Work& work);

  size_t calls() const { return by_session_.size(); }
  size_t questions() const { return questions_.size(); }

 private:
  struct Page {
    PeerRequest request;
    std::string user;
    net::Instant ends = net::Instant::Max();
    std::unique_ptr<MediaCall> call;  // null before the first offer
    uint64_t last_connection = 0;
    // Of the call.
    net::Instant began;
    bool is_open = false;
    MediaCallEvent seen{};  // without names
  };
  using Pages = std::map<std::string, Page>;
  struct Question {
    std::string page;  // empty: it has left, and the answer is of no use
    PeerRequest request;
    net::Instant gives_up;
    std::vector<std::string> signals{};  // of the page, meanwhile
    size_t bytes = 0;                    // of them
  };

  void AskFor(const std::string& page, PeerRequest request, net::Instant now, Work& work);
  Question* QuestionOf(const std::string& page);
  void GiveUpQuestions(net::Instant now, Work& work);
  // Whether the page may call now.
  bool Admit(const std::string& page, PeerRequest request, MediaVerdict verdict, net::Instant now,
             Work& work);
  void Tell(const std::string& page, std::string_view code, std::string_view message, Work& work);
  void Refuse(const std::string& page, MediaRefusal why, std::string_view message, Work& work);
  void BeginCall(Pages::iterator page, uint64_t connection, net::Instant now);
  void EndCall(Pages::iterator page, MediaEnd reason, net::Instant now, Work& work);
  // Hands out what a call wants, and ends the page when the call says so.
  void Carry(Pages::iterator page, MediaOutput output, net::Instant now, Work& work);
  void Forget(Pages::iterator page, MediaEnd reason, net::Instant now, Work& work);

  // For counters and events.
  void NoteRefusal(const std::string& page, MediaRefusal why);
  void NoteReport(Pages::value_type& page, const MediaReport& report, net::Instant now);
  void NoteOpen(Page& page, net::Instant now);
  MediaCallEvent EventOf(const Pages::value_type& page, net::Instant now) const;

  MediaCallSettings settings_;
  const size_t workers_;
  const MediaLimits limits_;
  const Judge judge_;
  const Ask ask_;
  const MediaWatch watch_;
  Pages pages_;
  absl::flat_hash_map<MediaSessionId, Pages::iterator> by_session_;
  absl::flat_hash_map<std::string, size_t> by_user_;  // pages
  MediaSessionId last_session_ = 0;
  size_t next_worker_ = 0;
  std::map<uint64_t, Question> questions_;
  uint64_t last_question_ = 0;
  net::Instant next_question_;  // kQuestionBurst before it, one may be asked
};

}  // namespace koeru::server
