#include "native_server/tools/call/call_report.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "native_server/io/json_view.h"
#include "native_server/tools/call/judge_call.h"

namespace koeru::tools {
namespace {

namespace json = boost::json;

using server::JsonView;

json::object StreamJson(const StreamFacts& stream, double seconds) {
  const auto kbps = [&](int64_t bytes) {
    return seconds <= 0 ? 0 : static_cast<double>(bytes) * 8 / 1000 / seconds;
  };
  json::object object{{"sent", stream.sent},
                      {"sent_kbps", kbps(stream.sent_bytes)},
                      {"received", stream.received},
                      {"received_kbps", kbps(stream.received_bytes)},
                      {"lost", stream.lost},
                      {"out_of_order", stream.out_of_order},
                      {"repeated", stream.repeated},
                      {"damaged", stream.damaged},
                      {"repaired", stream.repaired},
                      {"frames", stream.frames},
                      {"median_ms", stream.round_trips.PercentileMs(0.5)},
                      {"p95_ms", stream.round_trips.PercentileMs(0.95)},
                      {"worst_ms", stream.worst_ms}};
  if (stream.lost_on_the_way_there) {
    object.emplace("lost_on_the_way_there", *stream.lost_on_the_way_there);
  }
  return object;
}

json::array FindingsJson(const Findings& findings) {
  json::array list;
  for (const Finding& finding : findings) {
    json::object object{{"level", JsonView(LevelName(finding.level))},
                        {"topic", JsonView(finding.topic)},
                        {"text", finding.text}};
    if (!finding.remedy.empty()) object.emplace("remedy", finding.remedy);
    list.push_back(std::move(object));
  }
  return list;
}

}  // namespace

std::string CallJson(std::span<const CallFacts> calls, const Findings& findings) {
  StreamFacts audio, video, data;
  double seconds = 0, ice_ms = 0, dtls_ms = 0;
  int64_t ready = 0;
  json::object object;
  for (const CallFacts& call : calls) {
    audio.Add(call.audio);
    video.Add(call.video);
    data.Add(call.data);
    seconds = std::max(seconds, call.seconds);
    ice_ms = std::max(ice_ms, call.ice_ms);
    dtls_ms = std::max(dtls_ms, call.dtls_ms);
    ready += call.stage == CallStage::kReady ? 1 : 0;
  }
  object.emplace("good", IsGood(findings));
  object.emplace("calls", static_cast<int64_t>(calls.size()));
  object.emplace("ready", ready);
  if (!calls.empty()) {
    object.emplace("mode", JsonView(NameOf(calls[0].mode)));
    object.emplace("via", JsonView(NameOf(calls[0].via)));
    if (calls[0].path) {
      object.emplace("local", calls[0].path->local.ToString());
      object.emplace("remote", calls[0].path->remote.ToString());
    }
  }
  object.emplace("ice_ms", ice_ms);
  object.emplace("dtls_ms", dtls_ms);
  object.emplace("seconds", seconds);
  if (audio.is_asked_for) object.emplace("audio", StreamJson(audio, seconds));
  if (video.is_asked_for) object.emplace("video", StreamJson(video, seconds));
  if (data.is_asked_for) object.emplace("data", StreamJson(data, seconds));
  object.emplace("findings", FindingsJson(findings));
  return json::serialize(object) + "\n";
}

}  // namespace koeru::tools
