#pragma once

// GET /stats.json: the sum of all workers' counters.

#include <string>

#include "native_server/worker/counters.h"

namespace koeru::server {

std::string StatsJson(const Totals& totals, uint64_t uptime_s);

}  // namespace koeru::server
