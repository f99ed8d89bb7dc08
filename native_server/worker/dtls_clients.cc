#include "native_server/worker/dtls_clients.h"

namespace koeru::server {

void DtlsClients::Leave(DtlsAnswer answer) {
  const std::lock_guard lock(mutex_);
  answers_.push_back(std::move(answer));
}

std::vector<DtlsAnswer> DtlsClients::TakeAnswers() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answers_, {});
}

DtlsClient* DtlsClients::Find(const net::FiveTuple& five_tuple) {
  const auto found = clients_.find(five_tuple);
  return found == clients_.end() ? nullptr : found->second.get();
}

Bytes DtlsClients::Seal(const net::FiveTuple& five_tuple, Bytes content, MutableBytes room) {
  DtlsClient* const client = Find(five_tuple);
  if (client == nullptr) return {};
  const size_t size = client->engine().Write(content, room);
  if (size == 0) counters_.send.failed.Add(1);
  return room.first(size);
}

void DtlsClients::Add(DtlsConnection connection, net::Instant now) {
  const net::FiveTuple five_tuple = connection.five_tuple;
  auto client = std::make_unique<DtlsClient>(std::move(connection));
  client->last_message = now;
  clients_[five_tuple] = std::move(client);
  counters_.dtls_clients.Set(size());
}

void DtlsClients::Erase(const net::FiveTuple& five_tuple) {
  clients_.erase(five_tuple);
  counters_.dtls_clients.Set(size());
}

std::vector<net::FiveTuple> DtlsClients::SilentSince(net::Instant then) const {
  std::vector<net::FiveTuple> silent;
  for (const auto& [five_tuple, client] : clients_) {
    if (client->last_message <= then) silent.push_back(five_tuple);
  }
  return silent;
}

}  // namespace koeru::server
