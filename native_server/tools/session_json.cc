#include "native_server/tools/session_json.h"

#include "core/inspect/print_json.h"
#include "native_server/tools/problems.h"

namespace koeru::tools {
namespace {

using inspect::JsonWriter;

void WriteTexts(std::string_view name, const std::vector<std::string>& texts, JsonWriter& json) {
  json.Key(name);
  json.BeginArray();
  for (const std::string& text : texts) json.Text(text);
  json.EndArray();
}

void WriteLine(const LadderLine& line, JsonWriter& json) {
  json.BeginObject();
  json.Key("time_ns");
  json.Raw(std::to_string(line.time_ns));
  json.Field("from", line.direction == kToServer ? "client" : "server");
  json.Field("summary", line.summary);
  if (!line.transaction_id.empty()) json.Field("transactionId", line.transaction_id);
  if (line.answered_ns) {
    json.Key("roundTrip_ns");
    json.Raw(std::to_string(*line.answered_ns));
  }
  if (line.repeats > 0) json.Field("repeats", line.repeats);
  if (!line.integrity.empty()) {
    json.Field("integrity", line.integrity);
    json.Field("key", line.key);
  }
  if (line.suspicious) json.Field("suspicious", true);
  if (line.tree) {
    json.Key("tree");
    inspect::WriteJson(*line.tree, json);
  }
  json.EndObject();
}

void WriteCounts(const DataCounts& counts, JsonWriter& json) {
  for (const Direction direction : {kToServer, kToClient}) {
    json.Key(direction == kToServer ? "toServer" : "toClient");
    json.BeginObject();
    json.Field("packets", counts[direction].packets);
    json.Field("bytes", counts[direction].bytes);
    json.EndObject();
  }
}

void WriteData(const Session& session, JsonWriter& json) {
  json.Key("channels");
  json.BeginArray();
  for (const auto& [channel, counts] : session.channels()) {
    json.BeginObject();
    json.Field("channel", channel);
    const auto peer = session.channel_peers().find(channel);
    if (peer != session.channel_peers().end()) json.Field("peer", peer->second.ToString());
    WriteCounts(counts, json);
    json.EndObject();
  }
  json.EndArray();
  json.Key("indications");
  json.BeginArray();
  for (const auto& [peer, counts] : session.indications()) {
    json.BeginObject();
    json.Field("peer", peer.ToString());
    WriteCounts(counts, json);
    json.EndObject();
  }
  json.EndArray();
  json.Key("others");
  json.BeginArray();
  for (const auto& [kind, counts] : session.others()) {
    json.BeginObject();
    json.Field("kind", kind);
    WriteCounts(counts, json);
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace

void WriteSession(const Session& session, JsonWriter& json) {
  json.BeginObject();
  json.Field("transport", session.transport());
  json.Field("client", session.client().ToString());
  json.Field("server", session.server().ToString());
  json.Key("messages");
  json.BeginArray();
  for (const LadderLine& line : session.lines()) WriteLine(line, json);
  json.EndArray();
  if (session.lines_left_out() > 0) json.Field("messagesLeftOut", session.lines_left_out());
  WriteData(session, json);
  WriteTexts("notes", session.notes, json);
  WriteTexts("problems", FindProblems(session), json);
  json.EndObject();
}

void WriteCapture(const SessionTable& table, std::string_view name, std::string_view error,
                  JsonWriter& json) {
  const CaptureCounts& counts = table.counts();
  json.BeginObject();
  json.Field("input", name);
  json.Field("packets", counts.packets);
  json.Field("notIp", counts.not_ip);
  json.Field("malformed", counts.malformed);
  json.Field("fragments", counts.fragments);
  json.Field("cut", counts.cut);
  json.Field("leftOut", counts.left_out);
  json.Field("tlsConnections", table.tls_flows());
  json.Field("otherFlows", table.other_flows());
  json.Key("sessions");
  json.BeginArray();
  for (const Session* session : table.Found()) WriteSession(*session, json);
  json.EndArray();
  if (!error.empty()) json.Field("error", error);
  json.EndObject();
}

}  // namespace koeru::tools
