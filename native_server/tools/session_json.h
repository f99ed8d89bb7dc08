#pragma once

// Sessions as JSON: the ladder's facts for programs.
//
//   {"transport":"UDP","client":"10.0.0.1:5000","server":"192.0.2.1:3478",
//    "messages":[{"time_ns":1234,"from":"client","summary":"...","transactionId":"...",
//                 "roundTrip_ns":5678,"repeats":1,"integrity":"valid","tree":{...}}],
//    "channels":[{"channel":16384,"peer":"...","toServer":{"packets":1,"bytes":2},"toClient":...}],
//    "indications":[...],"others":[...],"notes":[...],"problems":[...]}

#include "core/inspect/json_writer.h"
#include "native_server/tools/session_table.h"

namespace koeru::tools {

void WriteSession(const Session& session, inspect::JsonWriter& json);
// {"packets":...,"sessions":[...], ...} of a whole capture. `error`: why reading ended early.
void WriteCapture(const SessionTable& table, std::string_view name, std::string_view error,
                  inspect::JsonWriter& json);

}  // namespace koeru::tools
