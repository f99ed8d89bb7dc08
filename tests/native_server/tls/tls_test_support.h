// What the tests of this folder share: a directory that goes away, a certificate in it, and two
// engines that talk to each other without a socket.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "native_server/tls/self_signed.h"
#include "native_server/tls/tls_context.h"
#include "native_server/tls/tls_engine.h"

namespace koeru::server {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "koeru-tls-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  std::string path() const { return path_.string(); }
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string Write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    const std::string file = *this / name;
    std::ofstream(file) << text;
    chmod(file.c_str(), mode);
    return file;
  }

 private:
  std::filesystem::path path_;
};

inline std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline SelfSignedCertificate MakeCertificate(const std::string& directory) {
  auto made = EnsureSelfSigned({.directory = directory,
                                .host_name = "test-host",
                                .addresses = {},
                                .now = std::time(nullptr)});
  EXPECT_TRUE(made.ok()) << made.status();
  return made.ok() ? *made : SelfSignedCertificate{};
}

inline std::shared_ptr<const TlsContext> ServerContext(const std::string& directory,
                                                       std::vector<std::string> alpn = {}) {
  const SelfSignedCertificate files = MakeCertificate(directory);
  auto context = TlsContext::ForServer({.certificate_file = files.certificate_file,
                                        .key_file = files.key_file,
                                        .alpn = std::move(alpn)});
  EXPECT_TRUE(context.ok()) << context.status();
  return context.ok() ? *context : nullptr;
}

// Carries everything `from` has to say to `to`, in pieces of at most `piece` bytes.
inline void Carry(std::vector<uint8_t>& wire, TlsEngine& from) {
  std::vector<uint8_t> out;
  from.TakeOutput(out);
  wire.insert(wire.end(), out.begin(), out.end());
}

inline bool Feed(std::vector<uint8_t>& wire, TlsEngine& to, size_t piece) {
  const size_t size = std::min({wire.size(), piece, to.input_space().size()});
  if (size == 0) return false;
  std::copy_n(wire.begin(), size, to.input_space().begin());
  to.AddInput(size);
  wire.erase(wire.begin(), wire.begin() + static_cast<std::ptrdiff_t>(size));
  return true;
}

struct EnginePair {
  TlsEngine client;
  TlsEngine server;
  std::vector<uint8_t> to_server;
  std::vector<uint8_t> to_client;

  // Runs both handshakes to their ends; the errors of client and server.
  std::pair<boost::system::error_code, boost::system::error_code> Handshake(size_t piece = 1400) {
    TlsEngine::Step c = client.Handshake();
    TlsEngine::Step s = server.Handshake();
    for (int round = 0; round < 100'000; ++round) {
      Carry(to_server, client);
      Carry(to_client, server);
      const bool fed_server = s.need == TlsEngine::Need::kInput && Feed(to_server, server, piece);
      if (fed_server) s = server.Handshake();
      const bool fed_client = c.need == TlsEngine::Need::kInput && Feed(to_client, client, piece);
      if (fed_client) c = client.Handshake();
      if (!fed_server && !fed_client && !server.has_output() && !client.has_output()) break;
    }
    return {c.error, s.error};
  }
};

}  // namespace koeru::server
