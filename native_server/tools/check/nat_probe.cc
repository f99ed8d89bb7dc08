#include "native_server/tools/check/nat_probe.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>

#include "core/stun/attributes/other_address.h"
#include "core/stun/attributes/xor_mapped_address.h"
#include "core/stun/message_builder.h"
#include "core/stun/message_view.h"
#include "native_server/client/turn_session.h"
#include "native_server/io/clock.h"
#include "native_server/io/socket_address.h"
#include "native_server/io/unique_fd.h"

namespace koeru::tools {
namespace {

using server::Now;

// Silence is an answer here, too: sent three times, and not waited for as long as RFC 8489 does.
constexpr std::array kWaits = {std::chrono::milliseconds(300), std::chrono::milliseconds(500),
                               std::chrono::milliseconds(700)};

server::UniqueFd Open(const net::Address& local) {
  server::UniqueFd fd(
      ::socket(local.is_v6() ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const server::SocketAddress address({local, 0});
  if (fd.is_open() && ::bind(fd.get(), address.get(), address.size()) != 0) return {};
  return fd;
}

// The next answer to `id` before `deadline`, from whatever address.
std::optional<nat::Answer> Receive(int fd, const stun::TransactionId& id, net::Instant deadline) {
  std::array<uint8_t, 2048> buffer;
  while (Now() < deadline) {
    pollfd ready{fd, POLLIN, 0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Now());
    if (::poll(&ready, 1, static_cast<int>(left.count()) + 1) <= 0) continue;
    const ssize_t size = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (size <= 0) continue;
    const auto message =
        stun::MessageView::Parse(Bytes(buffer).first(static_cast<size_t>(size)));
    const stun::MessageType success{stun::Method::kBinding, stun::Class::kSuccessResponse};
    if (!message.ok() || message->type() != success || message->transaction_id() != id) continue;
    const auto mapped = message->Get<stun::XorMappedAddress>();
    if (!mapped.ok() || !*mapped) continue;
    nat::Answer answer{server::LocalEndpointOf(fd), (*mapped)->endpoint, std::nullopt};
    const auto other = message->Get<stun::OtherAddress>();
    if (other.ok() && *other) answer.other = (*other)->endpoint;
    return answer;
  }
  return std::nullopt;
}

std::optional<nat::Answer> Ask(int fd, const nat::Question& question) {
  server::RandomTransactionIds ids;
  const stun::TransactionId id = ids.Next();
  std::array<uint8_t, 64> buffer;
  stun::MessageBuilder request(buffer, {stun::Method::kBinding, stun::Class::kRequest}, id);
  if (question.change.change_ip || question.change.change_port) request.Add(question.change);
  const Bytes bytes = request.Finish();
  const server::SocketAddress to(question.to);
  for (const auto wait : kWaits) {
    ::sendto(fd, bytes.data(), bytes.size(), 0, to.get(), to.size());
    if (const auto answer = Receive(fd, id, Now() + wait)) return answer;
  }
  return std::nullopt;
}

}  // namespace

NatFacts ProbeNat(const net::Endpoint& server, const net::Address& local) {
  const std::array<server::UniqueFd, 2> sockets = {Open(local), Open(local)};
  nat::BehaviourDiscovery discovery(server);
  while (const auto question = discovery.Next()) {
    const server::UniqueFd& socket = sockets[static_cast<size_t>(question->socket)];
    const auto answer =
        socket.is_open() ? Ask(socket.get(), *question) : std::optional<nat::Answer>();
    if (answer) {
      discovery.OnAnswer(*answer);
    } else {
      discovery.OnSilence();
    }
  }
  return {discovery.mapping(), discovery.filtering()};
}

}  // namespace koeru::tools
