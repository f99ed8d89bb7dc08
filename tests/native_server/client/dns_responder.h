#pragma once

// A DNS server on 127.0.0.1 that knows what a test tells it, and has no other names (NXDOMAIN).

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/bytes/writer.h"
#include "core/net/address.h"
#include "native_server/io/event_fd.h"
#include "native_server/io/socket_address.h"
#include "native_server/io/udp_socket.h"

namespace koeru::server {

class DnsResponder {
 public:
  static constexpr uint16_t kA = 1, kAaaa = 28, kSrv = 33, kNaptr = 35;

  DnsResponder() : socket_(OpenRelaySocketFd({net::Address::V4(127, 0, 0, 1), 0}, {})) {}
  ~DnsResponder() {
    end_.Signal();
    if (thread_.joinable()) thread_.join();
  }
  net::Endpoint endpoint() const { return LocalEndpointOf(socket_.get()); }

  void AddAddress(const std::string& name, const net::Address& address) {
    const Bytes bytes = address.bytes();
    records_[{name, address.is_v4() ? kA : kAaaa}].push_back({bytes.begin(), bytes.end()});
  }
  void AddService(const std::string& name, uint16_t priority, uint16_t port,
                  const std::string& host) {
    std::vector<uint8_t> data(6 + host.size() + 2);
    Writer writer(data);
    writer.U16(priority);
    writer.U16(1);
    writer.U16(port);
    WriteName(writer, host);
    records_[{name, kSrv}].push_back(std::move(data));
  }
  void AddNaptr(const std::string& name, uint16_t preference, const std::string& flags,
                const std::string& service, const std::string& replacement) {
    std::vector<uint8_t> data(7 + flags.size() + service.size() + replacement.size() + 2);
    Writer writer(data);
    writer.U16(100);
    writer.U16(preference);
    for (const std::string& text : {flags, service, std::string()}) {
      writer.U8(static_cast<uint8_t>(text.size()));
      writer.Put(text);
    }
    WriteName(writer, replacement);
    records_[{name, kNaptr}].push_back(std::move(data));
  }
  // Everything is known: questions are answered from now on.
  void Start() {
    thread_ = std::thread([this] { Serve(); });
  }

 private:
  static void WriteName(Writer& writer, std::string_view name) {
    while (!name.empty()) {
      const std::string_view label = name.substr(0, name.find('.'));
      writer.U8(static_cast<uint8_t>(label.size()));
      writer.Put(label);
      name.remove_prefix(std::min(label.size() + 1, name.size()));
    }
    writer.U8(0);
  }

  void Serve() {
    while (true) {
      std::array<pollfd, 2> entries{{{socket_.get(), POLLIN, 0}, {end_.fd(), POLLIN, 0}}};
      ::poll(entries.data(), entries.size(), -1);
      if (entries[1].revents != 0) return;
      std::array<uint8_t, 512> question{};
      SocketAddress from;
      socklen_t from_size = SocketAddress::capacity();
      const ssize_t size =
          ::recvfrom(socket_.get(), question.data(), question.size(), 0, from.get(), &from_size);
      if (size < 17) continue;
      std::array<uint8_t, 1024> answer{};
      const Bytes reply = Reply(Bytes(question).first(static_cast<size_t>(size)), answer);
      ::sendto(socket_.get(), reply.data(), reply.size(), 0, from.get(), from.size());
    }
  }

  // RFC 1035 section 4: the question again, and what is known of it.
  Bytes Reply(Bytes question, MutableBytes into) const {
    size_t at = 12;
    std::string name;
    while (question[at] != 0) {
      if (!name.empty()) name += '.';
      name.append(reinterpret_cast<const char*>(&question[at + 1]), question[at]);
      at += 1 + question[at];
    }
    const uint16_t type = static_cast<uint16_t>(question[at + 1] << 8 | question[at + 2]);
    const size_t end = at + 5;
    const auto found = records_.find({name, type});
    const bool is_known = found != records_.end();
    Writer writer(into);
    writer.Put(question.first(2));
    writer.U16(is_known ? 0x8180 : 0x8183);
    writer.U16(1);
    writer.U16(is_known ? static_cast<uint16_t>(found->second.size()) : uint16_t{0});
    writer.U32(0);
    writer.Put(question.subspan(12, end - 12));
    for (size_t i = 0; is_known && i < found->second.size(); ++i) {
      writer.U16(0xC00C);  // the name of the question
      writer.U16(type);
      writer.U16(1);
      writer.U32(60);
      writer.U16(static_cast<uint16_t>(found->second[i].size()));
      writer.Put(found->second[i]);
    }
    return writer.written();
  }

  UniqueFd socket_;
  EventFd end_;
  std::map<std::pair<std::string, uint16_t>, std::vector<std::vector<uint8_t>>> records_;
  std::thread thread_;
};

}  // namespace koeru::server
