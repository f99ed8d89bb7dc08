#pragma once

// Sessions as text: who said what to whom and when.
//
//   UDP  10.0.0.1:5000 -> 192.0.2.1:3478
//     +0.000000 s  10.0.0.1:5000 -> 192.0.2.1:3478  Allocate request  (17 (UDP))
//     +0.013204 s  10.0.0.1:5000 <- 192.0.2.1:3478  Allocate error response 401 Unauthenticated ...

#include <string>

#include "native_server/tools/session.h"
#include "native_server/tools/session_table.h"

namespace koeru::tools {

// `start_ns`: the time that "+0" stands for.
std::string PrintLadder(const Session& session, int64_t start_ns);

// What stands above all ladders: packets, times, and what could not be read.
std::string PrintCaptureHead(const SessionTable& table, std::string_view name);

// 1'234'567 ns -> "1.235 ms"
std::string PrintMilliseconds(int64_t ns);
// Seconds since 1970 -> "2026-11-22T16:30:01.123456Z"
std::string PrintUtc(int64_t ns);
// "10 messages, 1600 bytes" for each direction.
std::string PrintCounts(const DataCounts& counts);

}  // namespace koeru::tools
