#include "tests/native_server/web/web_test_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace koeru::server::web {

using Clock = std::chrono::steady_clock;
using Need = TlsEngine::Need;

namespace {

constexpr std::chrono::seconds kTime{10};

std::shared_ptr<const TlsContext> ClientContext() {
  static const auto context = TlsContext::ForClient({.alpn = {"http/1.1"}});
  return *context;
}

}  // namespace

WebTestClient::WebTestClient(uint16_t port, Kind kind) : port_(port) {
  fd_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) return;
  if (kind == Kind::kTls) tls_ = std::make_unique<TlsEngine>(ClientContext(), "localhost");
  connected_ = kind == Kind::kPlain || Handshake();
}

WebTestClient::~WebTestClient() { close(fd_); }

bool WebTestClient::Wait(short events, Clock::time_point until) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
  pollfd entry{fd_, events, 0};
  return poll(&entry, 1, static_cast<int>(std::max<int64_t>(0, left.count()))) > 0;
}

bool WebTestClient::Flush() {
  std::vector<uint8_t> out;
  tls_->TakeOutput(out);
  const auto until = Clock::now() + kTime;
  for (size_t sent = 0; sent < out.size();) {
    if (!Wait(POLLOUT, until)) return false;
    const ssize_t n = send(fd_, out.data() + sent, out.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return false;
    sent += static_cast<size_t>(n);
  }
  return true;
}

bool WebTestClient::Handshake() {
  const auto until = Clock::now() + kTime;
  while (true) {
    const TlsEngine::Step step = tls_->Handshake();
    if (!Flush() || step.error) return false;
    if (step.need == Need::kNothing) return true;
    if (step.need != Need::kInput) continue;
    if (!Wait(POLLIN, until)) return false;
    const auto space = tls_->input_space();
    const ssize_t n = recv(fd_, space.data(), space.size(), 0);
    if (n <= 0) return false;
    tls_->AddInput(static_cast<size_t>(n));
  }
}

bool WebTestClient::Send(std::string_view bytes) {
  const auto until = Clock::now() + kTime;
  while (!bytes.empty()) {
    size_t taken = 0;
    if (tls_ != nullptr) {
      const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
      const TlsEngine::Step step = tls_->Write({data, bytes.size()});
      if (!Flush() || step.error) return false;
      taken = step.bytes;
    } else {
      if (!Wait(POLLOUT, until)) return false;
      const ssize_t n = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      taken = static_cast<size_t>(n);
    }
    bytes.remove_prefix(taken);
  }
  return true;
}

std::string WebTestClient::Receive(std::chrono::milliseconds time) {
  const auto until = Clock::now() + time;
  std::array<uint8_t, 16384> into{};
  while (true) {
    if (tls_ != nullptr) {
      const TlsEngine::Step step = tls_->Read(into);
      if (step.error) return "";
      if (step.need == Need::kNothing) {
        return {reinterpret_cast<const char*>(into.data()), step.bytes};
      }
    }
    if (!Wait(POLLIN, until)) return "";
    const auto space = tls_ != nullptr ? tls_->input_space() : std::span<uint8_t>(into);
    const ssize_t n = recv(fd_, space.data(), space.size(), 0);
    if (n <= 0) return "";
    if (tls_ == nullptr)
      return {reinterpret_cast<const char*>(into.data()), static_cast<size_t>(n)};
    tls_->AddInput(static_cast<size_t>(n));
  }
}

bool WebTestClient::IsClosedWithin(std::chrono::milliseconds time) {
  const auto until = Clock::now() + time;
  std::array<uint8_t, 16384> into{};
  while (Wait(POLLIN, until)) {
    if (recv(fd_, into.data(), into.size(), 0) <= 0) return true;
  }
  return false;
}

std::string WebTestClient::Request(std::string_view method, std::string_view target,
                                   std::string_view more) {
  return absl::StrCat(method, " ", target, " HTTP/1.1\r\nHost: localhost:", port_, "\r\n", more,
                      "\r\n");
}

HttpAnswer WebTestClient::Get(std::string_view target, std::string_view more) {
  if (!Send(Request("GET", target, more))) return {};
  return ReadAnswer();
}

HttpAnswer WebTestClient::ReadAnswer(bool head) {
  const auto until = Clock::now() + kTime;
  size_t end = std::string::npos;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
    if (!Fill(received_.size() + 1, until)) return {};
  }
  HttpAnswer answer;
  const std::vector<std::string> lines = absl::StrSplit(received_.substr(0, end), "\r\n");
  received_.erase(0, end + 4);
  if (lines[0].size() < 12 || !absl::SimpleAtoi(lines[0].substr(9, 3), &answer.status)) return {};
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(lines[i], absl::MaxSplits(": ", 1));
    answer.fields[absl::AsciiStrToLower(parts.first)] = parts.second;
  }
  size_t length = 0;
  if (head || answer.status == 101 || answer.status == 304) return answer;
  if (!absl::SimpleAtoi(answer.Field("content-length"), &length)) return answer;
  if (!Fill(length, until)) return {};
  answer.body = received_.substr(0, length);
  received_.erase(0, length);
  return answer;
}

std::string WebTestClient::UpgradeRequest(std::string_view origin,
                                          std::string_view protocol) const {
  return absl::StrCat(
      "GET /signal HTTP/1.1\r\nHost: localhost:", port_,
      "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
      "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
      origin.empty() ? "" : absl::StrCat("Origin: ", origin, "\r\n"),
      protocol.empty() ? "" : absl::StrCat("Sec-WebSocket-Protocol: ", protocol, "\r\n"), "\r\n");
}

int WebTestClient::OpenSignal() {
  if (!Send(UpgradeRequest(absl::StrCat("https://localhost:", port_), "koeru.signal.v1"))) return 0;
  return ReadAnswer().status;
}

bool WebTestClient::SendText(std::string_view text) { return SendFrame(1, text); }

// RFC 6455 §5.2, with a mask of all sorts of bits.
bool WebTestClient::SendFrame(int opcode, std::string_view payload, bool mask, bool final) {
  std::string frame;
  frame.push_back(static_cast<char>((final ? 0x80 : 0) | opcode));
  const char mask_bit = mask ? '\x80' : '\0';
  if (payload.size() < 126) {
    frame.push_back(static_cast<char>(mask_bit | static_cast<char>(payload.size())));
  } else {
    const bool large = payload.size() > 0xFFFF;
    frame.push_back(static_cast<char>(mask_bit | (large ? 127 : 126)));
    for (int shift = large ? 56 : 8; shift >= 0; shift -= 8) {
      frame.push_back(static_cast<char>((payload.size() >> shift) & 0xFF));
    }
  }
  const std::string key = "\x12\xF4\x56\x78";
  if (mask) frame += key;
  for (size_t i = 0; i < payload.size(); ++i) {
    frame.push_back(mask ? static_cast<char>(payload[i] ^ key[i % 4]) : payload[i]);
  }
  return Send(frame);
}

bool WebTestClient::Fill(size_t size, Clock::time_point until) {
  while (received_.size() < size) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    const std::string more = Receive(std::max(left, std::chrono::milliseconds(0)));
    if (more.empty()) return false;
    received_ += more;
  }
  return true;
}

WsFrame WebTestClient::ReadFrame(std::chrono::milliseconds time) {
  const auto until = Clock::now() + time;
  if (!Fill(2, until)) return {};
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(received_[i]); };
  size_t length = byte(1) & 0x7F;
  const size_t extra = length == 126 ? 2 : length == 127 ? 8 : 0;
  if (!Fill(2 + extra, until)) return {};
  if (extra != 0) length = 0;
  for (size_t i = 0; i < extra; ++i) length = (length << 8) | byte(2 + i);
  if (!Fill(2 + extra + length, until)) return {};
  WsFrame frame{byte(0) & 0x0F, received_.substr(2 + extra, length)};
  received_.erase(0, 2 + extra + length);
  return frame;
}

std::string WebTestClient::ReadText(std::chrono::milliseconds time) {
  const auto until = Clock::now() + time;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    const WsFrame frame = ReadFrame(std::max(left, std::chrono::milliseconds(0)));
    if (frame.opcode == 1) return frame.payload;
    if (frame.opcode != 9 && frame.opcode != 10) return "";
  }
}

}  // namespace koeru::server::web
