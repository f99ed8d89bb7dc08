#include "native_server/door/dtls_handshakes.h"

#include <algorithm>
#include <utility>

namespace koeru::server {
namespace {

using Progress = DtlsEngine::Progress;

// RFC 6347 section 4.2.1: the cookie is made of "a value that depends on the client IP address";
// with the port, because two clients behind one NAT are two.
std::vector<uint8_t> IdOf(const net::FiveTuple& five_tuple) {
  const net::Endpoint& client = five_tuple.client.endpoint;
  std::vector<uint8_t> id(client.address.bytes().begin(), client.address.bytes().end());
  id.push_back(static_cast<uint8_t>(client.port >> 8));
  id.push_back(static_cast<uint8_t>(client.port & 0xFF));
  return id;
}

TimePoint ToTimePoint(net::Instant now) {
  return TimePoint(std::chrono::nanoseconds(now.nanoseconds()));
}

size_t SizeOf(const std::vector<std::vector<uint8_t>>& datagrams) {
  size_t size = 0;
  for (const std::vector<uint8_t>& datagram : datagrams) size += datagram.size();
  return size;
}

// The places outlive the door, and so does what they are counted in.
struct Place {
  std::shared_ptr<SourceQuota> quota;
  SourceQuota::Lease lease;
};

}  // namespace

DtlsHandshakes::DtlsHandshakes(std::shared_ptr<const TlsContext> context, const DtlsLimits& limits)
    : context_(std::move(context)),
      limits_(limits),
      half_open_places_({limits.half_open, limits.half_open_per_source}),
      places_(std::make_shared<SourceQuota>(
          SourceQuota::Limits{limits.associations, limits.associations_per_source})),
      rate_(limits.handshakes_per_source_burst, limits.handshakes_per_source_per_s),
      stranger_(std::make_unique<DtlsEngine>(context_)) {}

void DtlsHandshakes::SetContext(std::shared_ptr<const TlsContext> context) {
  context_ = std::move(context);
  stranger_ = std::make_unique<DtlsEngine>(context_);
}

DtlsHandshakes::Answers DtlsHandshakes::OnDatagram(const net::FiveTuple& five_tuple, Bytes datagram,
                                                   net::Instant now) {
  Answers answers;
  const auto known = half_open_.find(five_tuple);
  if (known == half_open_.end()) {
    OnStranger(five_tuple, datagram, now, answers);
  } else {
    known->second.engine->SetInput(datagram, now);
    GoOn(known, now, answers);
  }
  return answers;
}

void DtlsHandshakes::OnStranger(const net::FiveTuple& five_tuple, Bytes datagram, net::Instant now,
                                Answers& answers) {
  stranger_->Restart(IdOf(five_tuple));
  stranger_->SetInput(datagram, now);
  switch (stranger_->Handshake()) {
    case Progress::kGoesOn:  // the cookie was right
      return Begin(five_tuple, now, answers);
    case Progress::kCookieSent:
      ++counts_.cookies;
      break;
    case Progress::kFailed:
      ++counts_.handshakes.failed;
      break;
    case Progress::kNothing:
    case Progress::kDone:
      ++counts_.nothing;
      return;
  }
  std::vector<std::vector<uint8_t>> output = stranger_->TakeOutput();
  // The sender's address may be a lie: nobody gets more than was sent in his name.
  if (SizeOf(output) > datagram.size()) return;
  answers.push_back({five_tuple, std::move(output), {}});
}

void DtlsHandshakes::Begin(const net::FiveTuple& five_tuple, net::Instant now, Answers& answers) {
  const SourceKey source = SourceKey::Of(five_tuple.client.endpoint.address);
  auto lease = half_open_places_.Take(source);
  if (!lease || !rate_.Take(source, ToTimePoint(now))) {
    ++counts_.handshakes.refused;
    return;
  }
  std::vector<std::vector<uint8_t>> output = stranger_->TakeOutput();
  half_open_.try_emplace(five_tuple, HalfOpen{std::exchange(stranger_, nullptr), *std::move(lease),
                                              now, now + limits_.handshake_time});
  stranger_ = std::make_unique<DtlsEngine>(context_);
  answers.push_back({five_tuple, std::move(output), {}});
}

void DtlsHandshakes::GoOn(Table::iterator who, net::Instant now, Answers& answers) {
  const net::FiveTuple five_tuple = who->first;
  DtlsEngine& engine = *who->second.engine;
  const Progress progress = engine.Handshake();
  std::vector<std::vector<uint8_t>> output = engine.TakeOutput();
  DtlsConnection connection;
  if (progress == Progress::kDone) {
    auto place = places_->Take(SourceKey::Of(five_tuple.client.endpoint.address));
    if (place) {
      finished_.Observe(now - who->second.began);
      connection = {five_tuple, std::move(who->second.engine),
                    std::make_shared<Place>(Place{places_, *std::move(place)})};
    } else {
      ++counts_.handshakes.refused;
      output.clear();
    }
  }
  if (progress == Progress::kFailed) ++counts_.handshakes.failed;
  if (progress == Progress::kDone || progress == Progress::kFailed) half_open_.erase(who);
  if (output.empty() && connection.engine == nullptr) return;
  answers.push_back({five_tuple, std::move(output), std::move(connection)});
}

DtlsHandshakes::Answers DtlsHandshakes::OnTimeout(net::Instant now) {
  Answers answers;
  std::vector<net::FiveTuple> late, due;
  for (const auto& [five_tuple, half_open] : half_open_) {
    if (now >= half_open.ends) {
      late.push_back(five_tuple);
    } else if (now >= half_open.engine->NextDeadline()) {
      due.push_back(five_tuple);
    }
  }
  for (const net::FiveTuple& five_tuple : late) {
    half_open_.erase(five_tuple);
    ++counts_.handshakes.failed;
  }
  for (const net::FiveTuple& five_tuple : due) {
    const auto who = half_open_.find(five_tuple);
    who->second.engine->SetNow(now);
    GoOn(who, now, answers);
  }
  return answers;
}

net::Instant DtlsHandshakes::NextDeadline() const {
  net::Instant next = net::Instant::Max();
  for (const auto& [five_tuple, half_open] : half_open_) {
    next = std::min({next, half_open.ends, half_open.engine->NextDeadline()});
  }
  return next;
}

}  // namespace koeru::server
