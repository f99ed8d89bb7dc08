#include "native_server/client/resolver.h"

#include <ares.h>
#include <arpa/nameser.h>
#include <poll.h>

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "native_server/io/clock.h"
#include "native_server/io/socket_address.h"

namespace koeru::server {
namespace {

constexpr int kTries = 2;

struct HostQuestion {
  HostAnswer answer;
  bool done = false;
};
struct ServiceQuestion {
  ServiceAnswer answer;
  bool done = false;
};

struct NaptrQuestion {
  NaptrAnswer answer;
  bool done = false;
};

// Nothing there is an answer, everything else an error.
std::string ErrorOf(int status) {
  if (status == ARES_SUCCESS || status == ARES_ENODATA || status == ARES_ENOTFOUND) return {};
  return ares_strerror(status);
}

std::optional<net::Address> AddressOf(const sockaddr* from) {
  if (from->sa_family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(from);
    return net::Address::FromBytes(Bytes(reinterpret_cast<const uint8_t*>(&v4->sin_addr), 4));
  }
  if (from->sa_family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(from);
    return net::Address::FromBytes(Bytes(reinterpret_cast<const uint8_t*>(&v6->sin6_addr), 16));
  }
  return std::nullopt;
}

void OnHost(void* arg, int status, int, ares_addrinfo* result) {
  auto& question = *static_cast<HostQuestion*>(arg);
  question.done = true;
  question.answer.error = ErrorOf(status);
  if (result == nullptr) return;
  auto& addresses = question.answer.addresses;
  for (const auto* node = result->nodes; node != nullptr; node = node->ai_next) {
    const auto address = AddressOf(node->ai_addr);
    if (address && std::find(addresses.begin(), addresses.end(), *address) == addresses.end()) {
      addresses.push_back(*address);
    }
  }
  ares_freeaddrinfo(result);
}

void OnService(void* arg, int status, int, unsigned char* bytes, int size) {
  auto& question = *static_cast<ServiceQuestion*>(arg);
  question.done = true;
  ares_srv_reply* list = nullptr;
  if (status == ARES_SUCCESS) status = ares_parse_srv_reply(bytes, size, &list);
  question.answer.error = ErrorOf(status);
  if (status != ARES_SUCCESS) return;
  for (const auto* one = list; one != nullptr; one = one->next) {
    question.answer.records.push_back({one->priority, one->weight, one->port, one->host});
  }
  ares_free_data(list);
  std::stable_sort(question.answer.records.begin(), question.answer.records.end(),
                   [](const ServiceRecord& a, const ServiceRecord& b) {
                     return a.priority != b.priority ? a.priority < b.priority
                                                     : a.weight > b.weight;
                   });
}

std::string TextOf(const unsigned char* text) { return reinterpret_cast<const char*>(text); }

void OnNaptr(void* arg, int status, int, unsigned char* bytes, int size) {
  auto& question = *static_cast<NaptrQuestion*>(arg);
  question.done = true;
  ares_naptr_reply* list = nullptr;
  if (status == ARES_SUCCESS) status = ares_parse_naptr_reply(bytes, size, &list);
  question.answer.error = ErrorOf(status);
  if (status != ARES_SUCCESS) return;
  for (const auto* one = list; one != nullptr; one = one->next) {
    question.answer.records.push_back(
        {one->order, one->preference, TextOf(one->flags), TextOf(one->service), one->replacement});
  }
  ares_free_data(list);
  std::stable_sort(question.answer.records.begin(), question.answer.records.end(),
                   [](const NaptrRecord& a, const NaptrRecord& b) {
                     return a.order != b.order ? a.order < b.order : a.preference < b.preference;
                   });
}

}  // namespace

absl::StatusOr<std::unique_ptr<Resolver>> Resolver::Make(const ResolverOptions& options) {
  static const int library = ares_library_init(ARES_LIB_INIT_ALL);
  if (library != ARES_SUCCESS) return absl::InternalError(ares_strerror(library));
  ares_options native{};
  native.timeout = static_cast<int>(
      std::chrono::duration_cast<std::chrono::milliseconds>(options.timeout).count() / kTries);
  native.tries = kTries;
  ares_channel channel = nullptr;
  int status = ares_init_options(&channel, &native, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES);
  if (status != ARES_SUCCESS) {
    return absl::InternalError(absl::StrCat("cannot set up c-ares: ", ares_strerror(status)));
  }
  std::unique_ptr<Resolver> resolver(new Resolver(channel, options.timeout));
  if (options.server) {
    status = ares_set_servers_ports_csv(channel, options.server->ToString().c_str());
    if (status != ARES_SUCCESS) {
      return absl::InvalidArgumentError(
          absl::StrCat("the DNS server ", options.server->ToString(), ": ", ares_strerror(status)));
    }
  }
  return resolver;
}

Resolver::~Resolver() { ares_destroy(channel_); }

HostAnswer Resolver::LookUpHost(const std::string& name) {
  HostQuestion question;
  ares_addrinfo_hints hints{};
  hints.ai_family = AF_UNSPEC;
  ares_getaddrinfo(channel_, name.c_str(), nullptr, &hints, OnHost, &question);
  if (!Run(question.done)) question.answer.error = "no answer from DNS in time";
  return std::move(question.answer);
}

ServiceAnswer Resolver::LookUpService(const std::string& name) {
  ServiceQuestion question;
  ares_query(channel_, name.c_str(), ns_c_in, ns_t_srv, OnService, &question);
  if (!Run(question.done)) question.answer.error = "no answer from DNS in time";
  return std::move(question.answer);
}

NaptrAnswer Resolver::LookUpNaptr(const std::string& domain) {
  NaptrQuestion question;
  ares_query(channel_, domain.c_str(), ns_c_in, ns_t_naptr, OnNaptr, &question);
  if (!Run(question.done)) question.answer.error = "no answer from DNS in time";
  return std::move(question.answer);
}

bool Resolver::Run(const bool& done) {
  const net::Instant deadline = Now() + timeout_;
  while (!done) {
    if (Now() >= deadline) {
      ares_cancel(channel_);  // calls back
      return false;
    }
    std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
    const auto bits = static_cast<unsigned>(
        ares_getsock(channel_, sockets.data(), static_cast<int>(sockets.size())));
    std::vector<pollfd> polled;
    for (unsigned i = 0; i < sockets.size(); ++i) {
      const bool reads = ARES_GETSOCK_READABLE(bits, i) != 0;
      const bool writes = ARES_GETSOCK_WRITABLE(bits, i) != 0;
      if (!reads && !writes) continue;
      polled.push_back(
          {sockets[i], static_cast<short>((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)), 0});
    }
    // c-ares sends again by itself when it is called, so not longer than a tenth of a second.
    ::poll(polled.data(), polled.size(), 100);
    ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    for (const pollfd& entry : polled) {
      ares_process_fd(channel_, (entry.revents & ~POLLOUT) != 0 ? entry.fd : ARES_SOCKET_BAD,
                      (entry.revents & POLLOUT) != 0 ? entry.fd : ARES_SOCKET_BAD);
    }
  }
  return true;
}

}  // namespace koeru::server
