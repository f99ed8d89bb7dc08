#include "native_server/alternates/alternate_choice.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace koeru::server {
namespace {

// Of 1 when nothing is in use.
double RoomOf(const ServerLoad& load, uint64_t most_allocations) {
  const uint64_t of = load.total_quota != 0 ? load.total_quota : most_allocations + 1;
  return 1 - std::min(1.0, static_cast<double>(load.allocations) / static_cast<double>(of));
}

bool TakesClients(const ServerLoad& load) {
  return load.ready && (load.total_quota == 0 || load.allocations < load.total_quota);
}

}  // namespace

std::vector<unsigned> WeightsOf(const std::vector<AlternateServer>& servers) {
  uint64_t most = 0;
  for (const AlternateServer& server : servers) {
    if (server.load) most = std::max(most, server.load->allocations);
  }
  std::vector<unsigned> weights;
  unsigned sum = 0, taking = 0;
  for (const AlternateServer& server : servers) {
    unsigned weight = 0;
    if (server.load && TakesClients(*server.load)) {
      const double room = RoomOf(*server.load, most) * kMostWeight;
      weight = std::max(1u, static_cast<unsigned>(std::lround(room)));
      sum += weight;
      ++taking;
    }
    weights.push_back(weight);
  }
  const unsigned average = taking == 0 ? 1 : (sum + taking / 2) / taking;
  for (size_t i = 0; i < servers.size(); ++i) {
    if (!servers[i].is_watched) weights[i] = average;
  }
  // Equal ones need no repetition.
  const unsigned common = std::accumulate(weights.begin(), weights.end(), 0u,
                                          [](unsigned a, unsigned b) { return std::gcd(a, b); });
  if (common > 1) {
    for (unsigned& weight : weights) weight /= common;
  }
  return weights;
}

std::vector<net::Endpoint> InTurn(const std::vector<AlternateServer>& servers) {
  const std::vector<unsigned> weights = WeightsOf(servers);
  const auto total = static_cast<int64_t>(std::accumulate(weights.begin(), weights.end(), 0u));
  std::vector<int64_t> credit(servers.size());
  std::vector<net::Endpoint> order;
  for (int64_t round = 0; round < total; ++round) {
    for (size_t i = 0; i < credit.size(); ++i) credit[i] += weights[i];
    const auto next = std::max_element(credit.begin(), credit.end());
    *next -= total;
    order.push_back(servers[static_cast<size_t>(next - credit.begin())].endpoint);
  }
  return order;
}

}  // namespace koeru::server
