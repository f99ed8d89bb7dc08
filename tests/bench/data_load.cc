#include "tests/bench/data_load.h"

#include <cstring>

namespace koeru::bench {
namespace {

constexpr size_t kBatch = 64;
constexpr int64_t kStallNanoseconds = 500'000'000;
constexpr std::string_view kTag = "koeru load";
constexpr size_t kChannelHeaderSize = 4;  // RFC 8656 section 12.4

// `burst` packets, each with a ChannelData header or without.
std::vector<uint8_t> MakeMessage(const DataLoad& load, bool with_header) {
  const size_t header = with_header ? kChannelHeaderSize : 0;
  std::vector<uint8_t> message(load.burst * (header + load.payload_size));
  Writer w(message);
  for (size_t i = 0; i < load.burst; ++i) {
    if (with_header) {
      w.U16(kChannel);
      w.U16(static_cast<uint16_t>(load.payload_size));
    }
    w.Put(kTag);
    w.Zeros(load.payload_size - kTag.size());
  }
  return message;
}

}  // namespace

DataRun::DataRun(const DataLoad& load, ClientFarm& farm, const UdpSocket& peer,
                 const ProcessCost& server)
    : load_(load),
      farm_(farm),
      server_(server),
      source_(load.to_peer ? farm.socket() : peer),
      sink_(load.to_peer ? peer : farm.socket()),
      in_(kBatch, 65535),
      out_(kBatch),
      message_(MakeMessage(load, load.channels && load.to_peer)),
      arriving_start_(MakeMessage(load, load.channels && !load.to_peer)) {
  arriving_start_.resize(arriving_start_.size() / load.burst - load.payload_size + kTag.size());
  for (size_t i = 0; i < load.allocations; ++i) relayed_.push_back(farm.client(i).relayed);
}

DataResult DataRun::Run() {
  const auto seconds = [](double s) { return static_cast<int64_t>(s * 1e9); };
  const int64_t begin = NowNanoseconds() + seconds(load_.warm_up_seconds);
  last_progress_ns_ = NowNanoseconds();
  while (NowNanoseconds() < begin) {
    Fill();
    Drain();
  }
  result_ = {};
  const int64_t wall_before = NowNanoseconds();
  const int64_t cpu_before = server_.CpuNanoseconds();
  const int64_t end = wall_before + seconds(load_.seconds);
  while (NowNanoseconds() < end) {
    Fill();
    Drain();
  }
  result_.cpu_ns = server_.CpuNanoseconds() - cpu_before;
  result_.wall_ns = NowNanoseconds() - wall_before;
  const DataResult result = result_;
  // What is still under way must not disturb the next run.
  while (in_flight_ > 0) Drain();
  return result;
}

void DataRun::Fill() {
  const auto burst = static_cast<int64_t>(load_.burst);
  while (in_flight_ + burst <= static_cast<int64_t>(load_.window)) {
    if (out_.full()) out_.Flush(source_);
    AddNext();
    in_flight_ += burst;
    result_.sent += burst;
  }
  if (!out_.empty()) out_.Flush(source_);
}

void DataRun::AddNext() {
  const size_t i = next_;
  next_ = (next_ + 1) % load_.allocations;
  SendBatch::Extra extra;
  if (load_.burst > 1) extra.segment_size = static_cast<uint16_t>(message_.size() / load_.burst);
  if (load_.to_peer) {
    extra.from = ClientFarm::AddressOf(i);
    out_.Add(message_, farm_.server(), extra);
  } else {
    out_.Add(message_, relayed_[i], extra);
  }
}

void DataRun::Drain() {
  if (in_.Receive(sink_) == 0) {
    DeclareLostWhenStalled();
    return;
  }
  last_progress_ns_ = NowNanoseconds();
  for (size_t i = 0; i < in_.size(); ++i) {
    const auto count = static_cast<int64_t>(in_[i].count());
    in_flight_ -= count;
    (IsIntact(in_[i]) ? result_.delivered : result_.damaged) += count;
  }
  in_.Clear();
}

bool DataRun::IsIntact(const Datagram& datagram) const {
  const size_t size = arriving_start_.size() - kTag.size() + load_.payload_size;
  const size_t first = datagram.segment_size == 0 ? datagram.bytes.size() : datagram.segment_size;
  if (first != size || datagram.bytes.size() % size != 0) return false;
  for (Bytes rest = datagram.bytes; !rest.empty(); rest = rest.subspan(size)) {
    if (std::memcmp(rest.data(), arriving_start_.data(), arriving_start_.size()) != 0) return false;
  }
  return true;
}

void DataRun::DeclareLostWhenStalled() {
  const int64_t now = NowNanoseconds();
  if (now - last_progress_ns_ < kStallNanoseconds) return;
  result_.lost += in_flight_;
  in_flight_ = 0;
  last_progress_ns_ = now;
}

}  // namespace koeru::bench
