#include "native_server/media/media_signal.h"

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "native_server/io/json_view.h"

namespace koeru::server {
namespace {

namespace json = boost::json;

constexpr double kShortestDelay_s = 0.5;
constexpr double kLongestDelay_s = 5;

// Candidates in one signal.
constexpr size_t kMostCandidates = 64;

std::nullopt_t Wrong(std::string* problem, std::string text) {
  *problem = std::move(text);
  return std::nullopt;
}

std::string Peer(json::object what) {
  return json::serialize(json::object{{"peer", std::move(what)}});
}

// A candidate as pages write it: an RTCIceCandidateInit.
void ReadCandidates(const json::object& object, PeerSignal& signal) {
  const json::value* list = object.if_contains("candidates");
  if (list == nullptr || !list->is_array()) return;
  for (const json::value& entry : list->get_array()) {
    const json::object* init = entry.if_object();
    if (init == nullptr || signal.candidates.size() == kMostCandidates) continue;
    if (const auto line = TextIn(*init, "candidate"); line && !line->empty()) {
      signal.candidates.emplace_back(*line);
    }
  }
}

}  // namespace

std::optional<PeerRequest> ParsePeerRequest(std::string_view text, std::string* problem) {
  boost::system::error_code error;
  const json::value value = json::parse(JsonView(text), error);
  const json::object* object = error ? nullptr : value.if_object();
  if (object == nullptr) return Wrong(problem, "\"peer\" is a JSON object");
  PeerRequest request;
  for (const json::key_value_pair& member : *object) {
    const std::string_view key(member.key().data(), member.key().size());
    if (key == "delay") {
      const json::value& delay = member.value();
      if (!delay.is_number()) return Wrong(problem, "\"delay\" is a number of seconds");
      request.delay_s = delay.to_number<double>();
      continue;
    }
    const auto is_text = TextIn(*object, key);
    if (!is_text) return Wrong(problem, "\"" + std::string(key) + "\" of \"peer\" is a string");
    if (key == "mode") {
      request.mode = *is_text;
    } else if (key == "username") {
      request.username = *is_text;
    } else if (key == "credential") {
      request.credential = *is_text;
    } else {
      return Wrong(problem,
                   "\"peer\" takes \"mode\", \"delay\", \"username\" and \"credential\" only");
    }
  }
  if (request.mode != "echo" && request.mode != "delay" && request.mode != "sink" &&
      request.mode != "source") {
    return Wrong(problem, "\"mode\" is \"echo\", \"delay\", \"sink\" or \"source\"");
  }
  if (!(request.delay_s >= kShortestDelay_s && request.delay_s <= kLongestDelay_s)) {
    return Wrong(problem, "\"delay\" is 0.5 to 5 seconds");
  }
  return request;
}

std::optional<PeerSignal> ParsePeerSignal(std::string_view text) {
  boost::system::error_code error;
  const json::value value = json::parse(JsonView(text), error);
  const json::object* object = error ? nullptr : value.if_object();
  if (object == nullptr) return std::nullopt;
  PeerSignal signal;
  if (const json::value* g = object->if_contains("g"); g != nullptr && g->is_int64()) {
    signal.connection = static_cast<uint64_t>(std::max<int64_t>(g->get_int64(), 0));
  }
  if (const json::value* member = object->if_contains("description"); member != nullptr) {
    const json::object* description = member->if_object();
    if (description == nullptr) return std::nullopt;
    // Nobody asked for an answer.
    if (TextIn(*description, "type") == "offer") signal.offer = TextIn(*description, "sdp");
  }
  ReadCandidates(*object, signal);
  return signal;
}

std::string AnswerSignal(uint64_t connection, std::string_view sdp) {
  return json::serialize(
      json::object{{"g", connection},
                   {"description", json::object{{"type", "answer"}, {"sdp", JsonView(sdp)}}},
                   {"streams", json::object{{"koeru", "camera"}}}});
}

std::string StateSignal(std::string_view state) {
  return Peer(json::object{{"state", JsonView(state)}});
}

std::string ErrorSignal(std::string_view code, std::string_view message) {
  return Peer(json::object{
      {"error", json::object{{"code", JsonView(code)}, {"message", JsonView(message)}}}});
}

std::string QualitySignal(std::string_view quality) {
  std::string text = "{\"peer\":{\"quality\":";
  text += quality;
  text += "}}";
  return text;
}

}  // namespace koeru::server
