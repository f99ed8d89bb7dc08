#include "tests/bench/control_load.h"

#include <unistd.h>

#include "tests/bench/data_load.h"

namespace koeru::bench {
namespace {

using client::AllocateRequest;
using client::RefreshRequest;

constexpr size_t kBatch = 64;
constexpr int64_t kStallNanoseconds = 500'000'000;

struct BindingRun {
  ClientFarm& farm;
  size_t clients;
  int64_t window;
  ReceiveBatch in{kBatch, 65535};
  SendBatch out{kBatch};
  std::vector<uint8_t> request = {};
  size_t next = 0;
  int64_t in_flight = 0;
  int64_t last_progress_ns = 0;
  int64_t answered = 0;
  int64_t lost = 0;

  void Step() {
    while (in_flight < window) {
      if (out.full()) out.Flush(farm.socket());
      out.Add(request, farm.server(), {.from = ClientFarm::AddressOf(next)});
      next = (next + 1) % clients;
      ++in_flight;
    }
    if (!out.empty()) out.Flush(farm.socket());
    const int64_t now = NowNanoseconds();
    if (in.Receive(farm.socket()) > 0) {
      last_progress_ns = now;
      for (size_t i = 0; i < in.size(); ++i) {
        in_flight -= static_cast<int64_t>(in[i].count());
        answered += static_cast<int64_t>(in[i].count());
      }
      in.Clear();
    } else if (now - last_progress_ns > kStallNanoseconds) {
      lost += in_flight;
      in_flight = 0;
      last_progress_ns = now;
    }
  }
};

}  // namespace

ControlResult RunBindings(ClientFarm& farm, const ProcessCost& server, size_t clients,
                          size_t window, double seconds) {
  BindingRun run{farm, clients, static_cast<int64_t>(window)};
  std::array<uint8_t, stun::kHeaderSize> buffer;
  stun::MessageBuilder builder(buffer, {stun::Method::kBinding, stun::Class::kRequest},
                               CountedTransactionIds().Next());
  const Bytes request = builder.Finish();
  run.request.assign(request.begin(), request.end());
  run.last_progress_ns = NowNanoseconds();
  for (const int64_t end = NowNanoseconds() + 200'000'000; NowNanoseconds() < end;) run.Step();
  run.answered = run.lost = 0;
  const int64_t wall_before = NowNanoseconds();
  const int64_t cpu_before = server.CpuNanoseconds();
  const int64_t end = wall_before + static_cast<int64_t>(seconds * 1e9);
  while (NowNanoseconds() < end) run.Step();
  return {run.answered, run.lost, NowNanoseconds() - wall_before,
          server.CpuNanoseconds() - cpu_before};
}

ControlResult RunAllocations(ClientFarm& farm, const ProcessCost& server, size_t window,
                             double seconds) {
  const std::vector<client::Request> script = {AllocateRequest{}, RefreshRequest{0}};
  size_t next = 0;
  const auto wave = [&](size_t count) {
    farm.Run(next, count, script, window);
    for (size_t i = next; i < next + count; ++i) farm.Forget(i);
    next += count;
  };
  wave(2 * window);
  ControlResult result;
  const int64_t wall_before = NowNanoseconds();
  const int64_t cpu_before = server.CpuNanoseconds();
  const int64_t end = wall_before + static_cast<int64_t>(seconds * 1e9);
  while (NowNanoseconds() < end) {
    wave(8 * window);
    result.done += static_cast<int64_t>(8 * window);
  }
  result.wall_ns = NowNanoseconds() - wall_before;
  result.cpu_ns = server.CpuNanoseconds() - cpu_before;
  return result;
}

MemoryResult MeasureMemory(ClientFarm& farm, const ProcessCost& server, size_t count,
                           const net::PeerAddress& peer) {
  const std::vector<client::Request> script = {AllocateRequest{},
                                               client::ChannelBindRequest{kChannel, peer}};
  constexpr size_t kFirst = 16;
  farm.Run(0, kFirst, script, 16);
  usleep(200'000);
  MemoryResult result{.before = server.PrivateBytes(), .allocations = count};
  farm.Run(kFirst, count, script, 64);
  usleep(200'000);
  result.after = server.PrivateBytes();
  farm.Run(0, kFirst + count, {RefreshRequest{0}}, 64);
  return result;
}

}  // namespace koeru::bench
