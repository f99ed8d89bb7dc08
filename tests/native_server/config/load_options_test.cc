// From lines to options: values, errors and their texts, contradictions, what is not there.

#include "native_server/config/load_options.h"

#include <gtest/gtest.h>

namespace koeru::server {
namespace {

absl::StatusOr<LoadedOptions> Load(std::string_view config,
                                   std::vector<std::string> arguments = {}) {
  auto raw = ParseConfigText(config, "t.conf");
  if (!raw.ok()) return raw.status();
  auto line = ParseCommandLine(arguments);
  if (!line.ok()) return line.status();
  raw->insert(raw->end(), line->options.begin(), line->options.end());
  LoadedOptions loaded;
  if (absl::Status status = ApplyOptions(*raw, loaded); !status.ok()) return status;
  if (absl::Status status = ValidateOptions(loaded); !status.ok()) return status;
  return loaded;
}

std::string ErrorOf(std::string_view config, std::vector<std::string> arguments = {}) {
  const auto loaded = Load(config, std::move(arguments));
  return loaded.ok() ? "no error" : std::string(loaded.status().message());
}

TEST(LoadOptions, SetsEveryValueOfATypicalFile) {
  const auto loaded = Load(
      "listening-ip=192.0.2.1\nlistening-ip=2001:db8::1\nlistening-port=3479\n"
      "relay-ip=192.0.2.2\nexternal-ip=203.0.113.5/192.0.2.2\nmin-port=50000\nmax-port=50999\n"
      "realm=example.org\nuser=anna:secret\nuser=bert:0x00112233445566778899aabbccddeeff\n"
      "use-auth-secret\nstatic-auth-secret=one\nstatic-auth-secret=two\nrest-api-separator=.\n"
      "stale-nonce=0\nuser-quota=12\ntotal-quota=1200\nmax-allocate-lifetime=1800\n"
      "channel-lifetime=500\npermission-lifetime=200\ndenied-peer-ip=10.0.0.0-10.255.255.255\n"
      "allowed-peer-ip=192.168.1.0/24\nallow-loopback-peers\nrfc5766-channel-numbers\n"
      "relay-threads=3\nsock-buf-size=1000000\nno-tcp\nno-tls\nno-dtls\nverbose\nsimple-log\n"
      "log-file=/tmp/x.log\nno-stdout-log\npidfile=/run/x.pid\nno-web\nproc-user=turn\n");
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  const ServerOptions& o = loaded->options;
  EXPECT_EQ(o.listening_ips.size(), 2u);
  EXPECT_EQ(o.listening_port, 3479);
  ASSERT_EQ(o.external_ips.size(), 1u);
  EXPECT_EQ(o.external_ips[0].advertised.ToString(), "203.0.113.5");
  EXPECT_EQ(o.external_ips[0].local->ToString(), "192.0.2.2");
  EXPECT_EQ(o.min_port, 50000);
  EXPECT_EQ(o.max_port, 50999);
  ASSERT_EQ(o.users.size(), 2u);
  EXPECT_EQ(o.users[0].name, "anna");
  EXPECT_EQ(o.users[0].password, "secret");
  EXPECT_EQ(o.users[1].long_term_key.size(), 16u);
  EXPECT_EQ(o.static_auth_secrets, (std::vector<std::string>{"one", "two"}));
  EXPECT_EQ(o.rest_api_separator, ".");
  EXPECT_EQ(o.stale_nonce_s, 0u);
  EXPECT_EQ(o.user_quota, 12u);
  EXPECT_EQ(o.total_quota, 1200u);
  EXPECT_EQ(o.max_allocate_lifetime_s, 1800u);
  EXPECT_EQ(o.channel_lifetime_s, 500u);
  EXPECT_EQ(o.permission_lifetime_s, 200u);
  ASSERT_EQ(o.denied_peers.size(), 1u);
  EXPECT_EQ(o.denied_peers[0].last.ToString(), "10.255.255.255");
  ASSERT_EQ(o.allowed_peers.size(), 1u);
  EXPECT_EQ(o.allowed_peers[0].first.ToString(), "192.168.1.0");
  EXPECT_EQ(o.allowed_peers[0].last.ToString(), "192.168.1.255");
  EXPECT_EQ(o.allowed_peers[0].origin, "t.conf line 22");
  EXPECT_TRUE(o.allow_loopback_peers && o.rfc5766_channel_numbers && o.lt_cred_mech);
  EXPECT_EQ(*o.relay_threads, 3u);
  EXPECT_EQ(o.sock_buf_bytes, 1'000'000u);
  EXPECT_EQ(o.WebHttpsPort(), 0);
  EXPECT_TRUE(loaded->warnings.empty()) << loaded->warnings[0];
}

TEST(LoadOptions, TheCommandLineWinsAndListsAddUp) {
  const auto loaded = Load("no-auth\nrealm=file\nlistening-ip=192.0.2.1\nverbose\n",
                           {"--realm=line", "-L", "192.0.2.2", "--verbose=no"});
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->options.realm, "line");
  EXPECT_EQ(loaded->options.listening_ips.size(), 2u);
  EXPECT_FALSE(loaded->options.verbose);
}

struct Case {
  std::string_view config;
  std::string_view error;
};

TEST(LoadOptions, ErrorsNameOptionPlaceValueAndRemedy) {
  const Case cases[] = {
      {"no-auth\ndenied-peer-iq=10.0.0.0/8",
       "t.conf line 2: there is no option \"denied-peer-iq\"; did you mean \"denied-peer-ip\"?"},
      {"listening-port=70000",
       "t.conf line 1: listening-port: \"70000\" is not right: write a whole number from 1 to "
       "65535"},
      {"listening-port=0",
       "t.conf line 1: listening-port: \"0\" is not right: write a whole number from 1 to 65535"},
      {"listening-port=34a",
       "t.conf line 1: listening-port: \"34a\" is not right: write a whole number from 1 to 65535"},
      {"listening-port",
       "t.conf line 1: listening-port: the value is missing: write "
       "listening-port=..."},
      {"no-tcp=maybe",
       "t.conf line 1: no-tcp: \"maybe\" is neither yes nor no: write yes or no (or "
       "leave the value out for yes)"},
      {"listening-ip=10.0.0",
       "t.conf line 1: listening-ip: \"10.0.0\" is not right: not an IP address (four decimal "
       "numbers, or IPv6 groups); write an address such as 192.0.2.1 or 2001:db8::1"},
      {"denied-peer-ip=10.0.0.1/8",
       "t.conf line 1: denied-peer-ip: \"10.0.0.1/8\" is not right: the address has bits set "
       "behind "
       "the prefix length; write an address, first-last, or a prefix such as 10.0.0.0/8"},
      {"denied-peer-ip=10.0.0.9-10.0.0.1",
       "t.conf line 1: denied-peer-ip: \"10.0.0.9-10.0.0.1\" is not right: the first address is "
       "above the last; swap them"},
      {"denied-peer-ip=10.0.0.9-::1",
       "t.conf line 1: denied-peer-ip: \"10.0.0.9-::1\" is not right: both ends must be IPv4, or "
       "both IPv6"},
      {"external-ip=203.0.113.1/::1",
       "t.conf line 1: external-ip: \"203.0.113.1/::1\" is not right: public and private address "
       "must be of one family"},
      {"user=anna",
       "t.conf line 1: user: the value is not right: write name:password, or name:0x "
       "and the key in hexadecimal"},
      {"user=anna:0x123",
       "t.conf line 1: user: the key is not right: write 0x and the 32 "
       "hexadecimal digits of MD5(name:realm:password)"},
      {"log-min-level=loud",
       "t.conf line 1: log-min-level: \"loud\" is not a level: write debug, "
       "info, warning or error"},
      {"raw-public-keys",
       "t.conf line 1: raw-public-keys: coturn has this option, Koeru does not have it yet: "
       "use cert and pkey"},
      {"server-relay",
       "t.conf line 1: server-relay: Koeru does not do this: it lets anybody send "
       "to clients without a permission; there is no safe replacement"},
      {"realm=a\x1b[31m;", "no error"},
  };
  for (const Case& c : cases) {
    const std::string config = std::string(c.config) + (c.error == "no error" ? "\nno-auth" : "");
    EXPECT_EQ(ErrorOf(config), c.error);
  }
}

TEST(LoadOptions, ContradictionsAndWhatIsMissing) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "nobody could use this relay"},
      {"realm=x", "write static-auth-secret=... or user=name:password"},
      {"no-auth\nlt-cred-mech\nuser=a:b", "no-auth contradicts"},
      {"no-auth\nstatic-auth-secret=s", "no-auth contradicts"},
      {"use-auth-secret", "use-auth-secret needs a secret"},
      {"lt-cred-mech", "lt-cred-mech needs users"},
      {"userdb=/tmp/db", "needs lt-cred-mech, for users with passwords, use-auth-secret"},
      {"oauth", "oauth needs a database with the keys of its authorization servers"},
      {"jwt-secret=short", "who has seen one token tries out a short secret"},
      {"no-auth\njwt-secret=north-star-north-star-north-star", "no-auth contradicts"},
      {"no-auth\noauth\nuserdb=/tmp/db", "no-auth contradicts"},
      {"user=a:b\nserver-name=turn.example.org", "server-name is the name in access tokens"},
      {"no-auth\nuserdb=/tmp/db", "needs lt-cred-mech"},
      {"lt-cred-mech\nuserdb=a\nredis-userdb=ip=b", "another database is given already"},
      {"lt-cred-mech\nmysql-userdb=host=a", "Koeru has SQLite (userdb), PostgreSQL"},
      {"user=a:0x00112233445566778899aabbccddeeff", "needs realm"},
      {"static-auth-secret=s\nrest-api-separator=::", "write one character"},
      {"no-auth\nno-udp\nno-tcp", "nobody could reach this relay"},
      {"no-auth\nhttp-port=3478\nhttps-port=443\ncert=c.pem\npkey=k.pem", "choose another one"},
      {"no-auth\nmin-port=60000\nmax-port=50000", "min-port 60000 is above max-port 50000"},
      {"no-auth\ntcp-proxy-port=4000", "write tcp-proxy-source="},
      {"no-auth\ntcp-proxy-port=3478\ntcp-proxy-source=10.0.0.1", "choose another one"},
      {"no-auth\nbps-capacity=1000000", "bps-capacity needs max-bps"},
      {"no-auth\nbps-capacity=1000\nmax-bps=2000", "no room for a single allocation"},
      {"no-auth\nrelay-ip=0.0.0.0", "is no address that a peer could send to"},
      {"no-auth\ncert=c.pem", "cert needs pkey"},
      {"no-auth\npkey=k.pem", "pkey needs cert"},
      {"no-auth\nhttps-port=443", "https-port needs a certificate"},
      {"demo\nhttps-port=8000\nhttp-port=8000", "both 8000"},
      {"demo\nno-web", "no-web contradicts demo"},
  };
  for (const auto& [config, part] : cases) {
    EXPECT_NE(ErrorOf(config).find(part), std::string::npos)
        << config << " gave: " << ErrorOf(config);
  }
}

TEST(LoadOptions, ADatabaseStandsForUsersAndSecrets) {
  const std::pair<std::string_view, Database> cases[] = {
      {"lt-cred-mech\nuserdb=/tmp/db", {Database::Kind::kSqlite, "/tmp/db"}},
      {"lt-cred-mech\ndb=/tmp/db", {Database::Kind::kSqlite, "/tmp/db"}},
      {"use-auth-secret\npsql-userdb=host=a dbname=b",
       {Database::Kind::kPostgres, "host=a dbname=b"}},
      {"user=a:b\nsql-userdb=\"host=a password=c\"",
       {Database::Kind::kPostgres, "host=a password=c"}},
      {"lt-cred-mech\nredis-userdb=\"ip=a dbname=2\"", {Database::Kind::kRedis, "ip=a dbname=2"}},
  };
  for (const auto& [config, database] : cases) {
    const auto loaded = Load(config);
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    EXPECT_EQ(loaded->options.user_database, database);
  }
}

TEST(LoadOptions, NoToWhatIsNotThereIsFineAndNothingToWarnAbout) {
  const auto loaded = Load("no-auth\nno-tls\nrfc5780=no\ndtls=0\ncli=off\ntlsv1=false");
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_TRUE(loaded->warnings.empty());
  EXPECT_NE(ErrorOf("no-auth\nrfc5780=maybe").find("neither yes nor no"), std::string::npos);
}

TEST(LoadOptions, EveryOptionThatIsNotYetThereOrRefusedStopsTheStart) {
  EXPECT_NE(ErrorOf("no-auth\nraw-public-keys").find("does not have it yet"), std::string::npos);
  EXPECT_NE(ErrorOf("no-auth\nmultiplex-peer").find("does not do this"), std::string::npos);
}

TEST(LoadOptions, HarmlessNamesAreAcceptedAndSayWhy) {
  const auto loaded = Load("no-auth\nno-multicast-peers\nno-tls\nno-tlsv1\nfingerprint\nno-cli");
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  ASSERT_EQ(loaded->warnings.size(), 4u);
  EXPECT_EQ(loaded->warnings[0],
            "t.conf line 2: no-multicast-peers has no effect: multicast addresses are denied by "
            "default");
}

TEST(LoadOptions, SecretsOnTheCommandLineAreWarnedAboutAndNotRepeated) {
  const auto loaded = Load("no-tls", {"--static-auth-secret=very-secret"});
  ASSERT_TRUE(loaded.ok());
  ASSERT_EQ(loaded->warnings.size(), 1u);
  EXPECT_NE(loaded->warnings[0].find("process list"), std::string::npos);
  EXPECT_EQ(loaded->warnings[0].find("very-secret"), std::string::npos);
  EXPECT_EQ(ErrorOf("user=just-a-password-by-mistake").find("just-a-password"), std::string::npos);
}

TEST(LoadOptions, DtlsAndNoDtlsAreOneSwitch) {
  EXPECT_FALSE(Load("no-auth\ndtls")->options.no_dtls);
  EXPECT_TRUE(Load("no-auth\ndtls=no")->options.no_dtls);
  EXPECT_TRUE(Load("no-auth\nno-dtls")->options.no_dtls);
  EXPECT_FALSE(Load("no-auth\nno-dtls=no")->options.no_dtls);
}

TEST(LoadOptions, ACertificateThatNothingUsesIsWarnedAbout) {
  const auto loaded = Load("no-auth\nno-tls\nno-dtls\ncert=c.pem\npkey=k.pem");
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  ASSERT_EQ(loaded->warnings.size(), 1u);
  EXPECT_NE(loaded->warnings[0].find("cert and pkey are not used"), std::string::npos);
}

TEST(LoadOptions, AValueGivenTwiceIsWarnedAbout) {
  const auto loaded = Load("no-auth\nrealm=a\nrealm=b\nno-tls");
  ASSERT_TRUE(loaded.ok());
  EXPECT_EQ(loaded->options.realm, "b");
  ASSERT_EQ(loaded->warnings.size(), 1u);
  EXPECT_EQ(loaded->warnings[0],
            "t.conf line 3: realm stands at t.conf line 2 already; this one "
            "counts");
}

TEST(LoadOptions, CoturnsQuirkThatFalseSwitchesOnIsNotCopied) {
  EXPECT_NE(ErrorOf("use-auth-secret=false").find("nobody could use this relay"),
            std::string::npos);
}

TEST(LoadOptions, MetricsOthersCanReachNeedAToken) {
  EXPECT_NE(
      ErrorOf("no-auth\nprometheus\nprometheus-address=0.0.0.0").find("write prometheus-token=..."),
      std::string::npos);
  EXPECT_EQ(ErrorOf("no-auth\nprometheus\nprometheus-address=0.0.0.0\nprometheus-token=t"),
            "no error");
  EXPECT_EQ(ErrorOf("no-auth\nprometheus\nprometheus-address=::1"), "no error");
  EXPECT_EQ(ErrorOf("no-auth\nprometheus-path=metrics"),
            "t.conf line 2: prometheus-path: \"metrics\" is no path: write /metrics, say");
}

TEST(LoadOptions, AllThatIsWrongCanBeAskedFor) {
  LoadedOptions loaded;
  EXPECT_EQ(ApplyAllOptions(*ParseConfigText("nonsense\nmin-port=x\nmax-port=9", "t.conf"), loaded)
                .size(),
            2u);
  EXPECT_EQ(loaded.options.max_port, 9);
  EXPECT_EQ(FindContradictions(loaded).size(), 2u) << "ports, and no credentials";
}

TEST(LoadOptions, AnEmptyPidfileIsNoneAsDebiansUnitOfCoturnHasIt) {
  EXPECT_EQ(Load("no-auth", {"--pidfile="})->options.pidfile, "");
}

TEST(LoadOptions, BooleansInEveryForm) {
  for (const char* yes : {"", "=1", "=yes", "=Y", "=true", "=ON", "=t", "=2"}) {
    EXPECT_TRUE(Load("no-auth\nverbose" + std::string(yes))->options.verbose) << yes;
  }
  for (const char* no : {"=0", "=no", "=N", "=false", "=Off", "=f"}) {
    EXPECT_FALSE(Load("no-auth\nverbose" + std::string(no))->options.verbose) << no;
  }
}

TEST(LoadOptions, ReadsAlternateServersWithAndWithoutAPort) {
  const auto loaded = Load(
      "alternate-server=192.0.2.1\nalternate-server=[2001:db8::1]:99\n"
      "tls-alternate-server=2001:db8::2\nalternate-domain=turn.example.org\nno-auth\n");
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  ASSERT_EQ(loaded->options.alternate_servers.size(), 2u);
  EXPECT_EQ(loaded->options.alternate_servers[0].ToString(), "192.0.2.1:3478");
  EXPECT_EQ(loaded->options.alternate_servers[1].ToString(), "[2001:db8::1]:99");
  EXPECT_EQ(loaded->options.tls_alternate_servers[0].ToString(), "[2001:db8::2]:5349");
  EXPECT_EQ(loaded->options.alternate_domain, "turn.example.org");
  for (const std::string wrong : {"turn.example.org", "192.0.2.1:0", "192.0.2.1:99999", "[::1"}) {
    EXPECT_NE(ErrorOf("alternate-server=" + wrong + "\nno-auth\n").find("alternate-server"),
              std::string::npos)
        << wrong;
  }
}

TEST(LoadOptions, CapacityHasRoomForAsManyAllocationsAsReserveMaxBps) {
  const auto both = Load("no-auth\nmax-bps=1000000\nbps-capacity=10500000");
  ASSERT_TRUE(both.ok()) << both.status();
  EXPECT_EQ(both->options.max_bps, 1'000'000u);
  EXPECT_EQ(both->options.AllocationsInTotal(), 10u);
  const auto quota = Load("no-auth\nmax-bps=1000000\nbps-capacity=10500000\ntotal-quota=7");
  EXPECT_EQ(quota->options.AllocationsInTotal(), 7u);
  EXPECT_EQ(Load("no-auth\nmax-bps=1000000")->options.AllocationsInTotal(), 0u);
}

TEST(LoadOptions, MobilityAndSeveralWorkersFitTogether) {
  EXPECT_EQ(ErrorOf("mobility\nno-auth\n"), "no error");
  EXPECT_EQ(ErrorOf("mobility\nrelay-threads=2\nno-auth\n"), "no error");
}

}  // namespace
TEST(LoadOptions, StunAloneNeedsNoCredentialsUnlessItIsSecure) {
  EXPECT_TRUE(Load("stun-only\nno-tls").ok());
  EXPECT_NE(ErrorOf("stun-only\nsecure-stun").find("no credentials"), std::string::npos);
  EXPECT_NE(ErrorOf("no-auth\nsecure-stun").find("secure-stun contradicts no-auth"),
            std::string::npos);
  EXPECT_NE(ErrorOf("stun-only\nno-stun").find("nothing to serve"), std::string::npos);
}

TEST(LoadOptions, TheFamilyOfWhoNamesNoneHasThreeWordsAndAnOldSwitch) {
  using relay::DefaultFamily;
  EXPECT_EQ(Load("no-auth")->options.default_family, DefaultFamily::kIpv4);
  EXPECT_EQ(Load("no-auth\nallocation-default-address-family=ipv6")->options.default_family,
            DefaultFamily::kIpv6);
  EXPECT_EQ(Load("no-auth\nkeep-address-family")->options.default_family, DefaultFamily::kOfClient);
  EXPECT_EQ(Load("no-auth\nkeep-address-family=no")->options.default_family, DefaultFamily::kIpv4);
  EXPECT_NE(ErrorOf("no-auth\nallocation-default-address-family=ipv5").find("ipv4, ipv6 or keep"),
            std::string::npos);
}

TEST(LoadOptions, ADeviceThatIsNotThereIsNamed) {
  EXPECT_TRUE(Load("no-auth\nlistening-device=lo\nrelay-device=lo").ok());
  EXPECT_NE(ErrorOf("no-auth\nrelay-device=eth-none").find("relay-device=eth-none: this machine"),
            std::string::npos);
}

TEST(LoadOptions, AShortNonceSecretAndAnUnknownFacilityAreRefused) {
  EXPECT_NE(ErrorOf("no-auth\nstateless-nonce-secret=short").find("16 characters"),
            std::string::npos);
  EXPECT_EQ(Load("no-auth\nsyslog-facility=LOG_LOCAL3")->options.syslog_facility, "local3");
  EXPECT_NE(ErrorOf("no-auth\nsyslog-facility=paper").find("is no facility"), std::string::npos);
}

TEST(LoadOptions, ADaemonWhoseLogNobodyReadsIsWarnedAbout) {
  const auto loaded = Load("no-auth\nno-tls\ndaemon");
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  ASSERT_EQ(loaded->warnings.size(), 1u);
  EXPECT_NE(loaded->warnings[0].find("nobody would read the log"), std::string::npos);
  EXPECT_TRUE(Load("no-auth\nno-tls\ndaemon\nsyslog")->warnings.empty());
}

}  // namespace koeru::server
