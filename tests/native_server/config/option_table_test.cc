// The table of options: every name that coturn has, no name and no letter twice, and texts made
// from it.

#include "native_server/config/option_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "native_server/config/help.h"

namespace koeru::server {
namespace {

// coturn 4.17.1, src/apps/relay/mainrelay.c, long_options, and names of older releases that are
// still found in users' files.
constexpr std::string_view kCoturnNames[] = {
    // Listeners
    "listening-device", "listening-ip", "listening-port", "tls-listening-port",
    "alt-listening-port", "alt-tls-listening-port", "tcp-proxy-port", "aux-server",
    "udp-self-balance", "no-udp", "no-tcp", "no-tls", "dtls", "no-dtls", "ne",
    // Relay endpoints, threads, sockets
    "relay-device", "relay-ip", "external-ip", "relay-threads", "cpus", "min-port", "max-port",
    "sock-buf-size", "no-udp-relay", "no-tcp-relay", "server-relay",
    "allocation-default-address-family", "keep-address-family",
    // Linux UDP fast path
    "udp-recvmmsg", "udp-recvmmsg-log", "udp-sendmmsg-log", "udp-gso", "multiplex-peer",
    "multiplex-peer-port", "multiplex-peer-max-peers",
    // Authentication
    "lt-cred-mech", "no-auth", "user", "realm", "use-auth-secret", "static-auth-secret",
    "rest-api-separator", "oauth", "server-name", "no-auth-pings", "no-dynamic-realms",
    "secure-stun", "stale-nonce", "stateless-nonce", "stateless-nonce-secret",
    "check-origin-consistency", "CA-file", "secret-key-file", "max-allocate-timeout",
    // Databases
    "userdb", "db", "psql-userdb", "sql-userdb", "mysql-userdb", "mongo-userdb", "redis-userdb",
    "redis-statsdb", "no-dynamic-ip-list",
    // Quotas
    "user-quota", "total-quota", "max-bps", "bps-capacity", "max-allocate-lifetime",
    "channel-lifetime", "permission-lifetime", "drain-min-allocations",
    // Security
    "denied-peer-ip", "allowed-peer-ip", "no-multicast-peers", "allow-loopback-peers",
    "unauthorized-ratelimit", "unauthorized-ratelimit-rps", "drop-invalid-packets",
    "drop-invalid-packets-log", "fingerprint", "software-attribute", "no-software-attribute",
    "include-reason-string", "proc-user", "proc-group",
    // TLS
    "cert", "pkey", "pkey-pwd", "raw-public-keys", "cipher-list", "ec-curve-name", "dh566",
    "dh1066", "dh-file", "tlsv1", "tlsv1_1", "no-tlsv1_2", "acme-redirect",
    "respond-http-unsupported",
    // Protocol modes
    "stun-only", "no-stun", "rfc5780", "no-rfc5780", "response-origin-only-with-rfc5780",
    "stun-backward-compatibility", "rfc3489-compatibility", "rfc5766-channel-numbers", "mobility",
    // Redirection
    "alternate-server", "tls-alternate-server", "udp-alternate-server", "tcp-alternate-server",
    // Log and process
    "verbose", "Verbose", "log-min-level", "log-file", "no-stdout-log", "syslog",
    "syslog-facility", "simple-log", "new-log-timestamp", "new-log-timestamp-format",
    "log-binding", "pidfile", "daemon",
    // Prometheus
    "prometheus", "prometheus-port", "prometheus-address", "prometheus-path",
    "prometheus-username-labels", "prometheus-tls", "prometheus-cert", "prometheus-key",
    // Administration
    "cli", "no-cli", "cli-ip", "cli-port", "cli-password", "cli-max-output-sessions", "web-admin",
    "web-admin-ip", "web-admin-port", "web-admin-listen-on-workers",
    // Old names
    "no-loopback-peers", "no-tlsv1", "no-tlsv1_1", "no-sslv2", "no-sslv3",
    "no-stun-backward-compatibility", "prod", "dh2066", "no-http", "no-sctp"};

TEST(OptionTable, KnowsEveryNameOfCoturn) {
  for (const std::string_view name : kCoturnNames) {
    EXPECT_NE(FindOption(name), nullptr) << name;
  }
}

TEST(OptionTable, EveryNameOfCoturnSaysWhatBecomesOfIt) {
  const std::string table = OptionsTable();
  for (const std::string_view name : kCoturnNames) {
    const Option* option = FindOption(name);
    ASSERT_NE(option, nullptr) << name;
    // What works can be set; everything else has the reason, and what to do instead.
    EXPECT_TRUE(option->support == Support::kHere ? option->set != nullptr
                                                  : option->help.size() > 10)
        << name;
    EXPECT_NE(table.find("| `" + std::string(name) + "` |"), std::string::npos) << name;
  }
}

TEST(OptionTable, TheTableOfTheDocumentationIsCurrent) {
  std::ifstream file(KOERU_SOURCE_DIR "/native_server/OPTIONS.md");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_TRUE(text.str() == OptionsTable())
      << "run: build/bin/koeru-relay --help=markdown > native_server/OPTIONS.md";
}

TEST(OptionTable, WhatCanChangeWhileTheServerRunsIsWhatSaysSo) {
  for (const std::string_view name :
       {"user", "static-auth-secret", "realm", "user-quota", "total-quota", "allowed-peer-ip",
        "denied-peer-ip", "max-allocate-lifetime", "log-min-level"}) {
    EXPECT_TRUE(FindOption(name)->live) << name;
  }
  for (const std::string_view name :
       {"listening-port", "listening-ip", "relay-ip", "min-port", "relay-threads", "no-auth"}) {
    EXPECT_FALSE(FindOption(name)->live) << name;
  }
}

TEST(OptionTable, HasNoNameAndNoLetterTwice) {
  std::set<std::string_view> names;
  std::set<char> letters = {'c', 'h', 'n'};
  for (const Option& option : OptionTable()) {
    EXPECT_TRUE(names.insert(option.name).second) << option.name;
    if (option.letter != 0) {
      EXPECT_TRUE(letters.insert(option.letter).second) << option.name;
    }
  }
}

TEST(OptionTable, EveryRowExplainsItselfAndWhatWorksCanBeSet) {
  for (const Option& option : OptionTable()) {
    EXPECT_FALSE(option.help.empty()) << option.name;
    EXPECT_EQ(option.support == Support::kHere, option.set != nullptr) << option.name;
  }
}

TEST(OptionTable, HasCoturnsLetters) {
  const std::pair<char, std::string_view> letters[] = {
      {'L', "listening-ip"}, {'p', "listening-port"}, {'E', "relay-ip"}, {'X', "external-ip"},
      {'m', "relay-threads"}, {'a', "lt-cred-mech"},  {'z', "no-auth"},  {'u', "user"},
      {'r', "realm"},         {'C', "rest-api-separator"}, {'q', "user-quota"},
      {'Q', "total-quota"},   {'s', "max-bps"},       {'B', "bps-capacity"}, {'f', "fingerprint"},
      {'v', "verbose"},       {'V', "Verbose"},       {'l', "log-file"}, {'o', "daemon"},
      {'S', "stun-only"},     {'b', "userdb"},        {'e', "psql-userdb"}, {'M', "mysql-userdb"},
      {'J', "mongo-userdb"},  {'N', "redis-userdb"},  {'O', "redis-statsdb"},
      {'d', "listening-device"}, {'i', "relay-device"},
      {'A', "allocation-default-address-family"}, {'K', "keep-address-family"}};
  for (const auto& [letter, name] : letters) {
    ASSERT_NE(FindOption(letter), nullptr) << letter;
    EXPECT_EQ(FindOption(letter)->name, name);
  }
}

TEST(OptionTable, NearestNameFindsTypingMistakes) {
  EXPECT_EQ(NearestOptionName("denied-peers-ip"), "denied-peer-ip");
  EXPECT_EQ(NearestOptionName("listenig-port"), "listening-port");
  EXPECT_EQ(NearestOptionName("static-auth-secert"), "static-auth-secret");
  EXPECT_EQ(NearestOptionName("relm"), "realm");
  EXPECT_EQ(NearestOptionName("xyzzy-plugh-nothing"), "");
  EXPECT_EQ(NearestOptionName(""), "");
  EXPECT_EQ(NearestOptionName(std::string(100'000, 'a')), "");
}

TEST(Help, ShowsEveryOptionThatWorksAndNoLineIsTooLong) {
  const std::string help = HelpText();
  for (const Option& option : OptionTable()) {
    const bool shown = help.find("--" + std::string(option.name)) != std::string::npos;
    if (option.support == Support::kHere) {
      EXPECT_TRUE(shown) << option.name;
    }
  }
  size_t start = 0;
  for (size_t end = help.find('\n'); end != std::string::npos; end = help.find('\n', start)) {
    EXPECT_LE(end - start, 100u) << help.substr(start, end - start);
    start = end + 1;
  }
}

TEST(Help, ManualPageAndTableNameTheOptions) {
  EXPECT_NE(ManualPage().find(".B \\-p, \\-\\-listening\\-port=PORT"), std::string::npos);
  const std::string table = OptionsTable();
  for (const Option& option : OptionTable()) {
    EXPECT_NE(table.find("| `" + std::string(option.name) + "` |"), std::string::npos);
  }
}

// What bash offers for the words so far, the last one being completed.
std::string Complete(const std::string& words) {
  std::string path = ::testing::TempDir() + "koeru-completion-XXXXXX";
  EXPECT_GE(::mkstemp(path.data()), 0);
  std::ofstream(path) << Completion() << "COMP_WORDS=(koeru-relay " << words
                      << ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_koeru_relay\n"
                      << "echo \"${COMPREPLY[*]}\"\n";
  FILE* bash = ::popen(("bash -u " + path + " 2>&1").c_str(), "r");
  std::string said;
  std::array<char, 4096> chunk{};
  while (const size_t got = std::fread(chunk.data(), 1, chunk.size(), bash)) {
    said.append(chunk.data(), got);
  }
  EXPECT_EQ(::pclose(bash), 0);
  std::remove(path.c_str());
  return said;
}

TEST(Completion, OffersOptionsAndAfterPathsFiles) {
  EXPECT_EQ(Complete("--listening-p"), "--listening-port=\n");
  EXPECT_EQ(Complete("--no-ud"), "--no-udp --no-udp-relay\n");
  EXPECT_EQ(Complete("--listening-dev"), Complete("--nothing-like-it"))
      << "what is not there yet";
  EXPECT_EQ(Complete("-c /etc/passw"), Complete("--cert = /etc/passw"));
  EXPECT_NE(Complete("-c /etc/passw").find("/etc/passwd"), std::string::npos);
}

}  // namespace
}  // namespace koeru::server
