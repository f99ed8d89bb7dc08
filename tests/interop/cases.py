"""What coturn's tools do to a relay, each by name.

Flags of turnutils_uclient: -t TCP, -T TCP relays (RFC 6062; implies -t and -y), -S TLS (with -t)
or DTLS (without), -X and -x ask for IPv4 and IPv6, -g DONT-FRAGMENT, -s Send indications instead of
channels, -c no RTCP pairs (else EVEN-PORT and RESERVATION-TOKEN are used), -y client to client, -m
clients, -G extra requests, -D padding, -l message length.
"""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field

LONG_TERM = ["-u", "alice", "-w", "secret"]
WRONG_PASSWORD = ["-u", "alice", "-w", "wrong"]
SHARED_SECRET = ["-u", "alice", "-W", "north star"]
OAUTH = ["-J"]
# What coturn's client has built in for -J: kid, key and algorithm.
OAUTH_KEYS = [
    ("north", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEK", "A256GCM"),
    ("union", "MTIzNDU2Nzg5MDEyMzQ1Ngo=", "A128GCM"),
    ("oldempire", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIK", "A256GCM"),
]
WRONG_OAUTH_KEYS = [(kid, key.replace("M", "N"), algorithm) for kid, key, algorithm in OAUTH_KEYS]
# A JSON Web Token in its parts (RFC 7515), as a service hands it out.
JWT_SECRET = "north-star-north-star-north-star"


def web_token(secret, **claims):
    def base64url(data):
        return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
    parts = [{"alg": "HS256", "typ": "JWT"}, claims]
    username = ".".join(base64url(json.dumps(part).encode()) for part in parts)
    signature = hmac.new(secret.encode(), username.encode(), hashlib.sha256).digest()
    return ["-u", username, "-w", base64url(signature)]


IN_AN_HOUR = int(time.time()) + 3600
# A user of coturn's example database, in a realm that the origin leads to.
ORIGIN = ["-o", "http://crinna.org", "-u", "whirrun", "-w", "sword"]
OTHER_ORIGIN = ["-o", "http://nobody.example", "-u", "whirrun", "-w", "sword"]
WRONG_SECRET = ["-u", "alice", "-W", "south star"]


@dataclass(frozen=True)
class Case:
    flags: list = field(default_factory=list)
    server: str = "127.0.0.1"
    peer: str = "127.0.0.1"          # "" with -y: there is no echo peer
    credentials: list = field(default_factory=lambda: LONG_TERM)
    relay_uses_secret: bool = False
    relay_uses_jwt: bool = False
    oauth_keys: list = None          # of the relay's database; with -J
    realms: bool = False             # in the relay's database
    must_fail: bool = False
    is_hostile: bool = False         # whatever comes of it, the relay serves others afterwards
    mobility: bool = False
    tls_port: bool = True            # with -S: to tls-listening-port


UCLIENT = {
    "channels over IPv4": Case(["-X", "-g"]),
    "channels over IPv4 without RTCP": Case(["-X", "-g", "-c"]),
    "Send indications over IPv4": Case(["-X", "-g", "-s"]),
    "Send indications over IPv4 without RTCP": Case(["-X", "-g", "-s", "-c"]),
    "channels without DONT-FRAGMENT and family": Case([]),
    "channels over IPv6": Case(["-x", "-g"], server="::1", peer="::1"),
    "Send indications over IPv6": Case(["-x", "-g", "-s"], server="::1", peer="::1"),
    "IPv6 relay for an IPv4 client": Case(["-x", "-g"], peer="::1"),
    "IPv4 relay for an IPv6 client": Case(["-X", "-g"], server="::1"),
    "ten clients with channels": Case(["-X", "-g", "-m", "10"]),
    "ten clients with Send indications": Case(["-X", "-g", "-s", "-m", "10"]),
    "client to client with channels": Case(["-X", "-g", "-y", "-m", "4"], peer=""),
    "client to client with Send indications": Case(["-X", "-g", "-y", "-s", "-m", "4"], peer=""),
    "client to client over IPv6": Case(["-x", "-g", "-y", "-m", "2"], server="::1", peer=""),
    "extra permissions and channel binds": Case(["-X", "-g", "-G"]),
    # Dual allocations, asked for with a draft's number; each refreshes one family or both.
    "dual allocation": Case(["-Z", "-g"]),
    "dual allocation with Send indications": Case(["-Z", "-g", "-s"]),
    "dual allocation over TCP": Case(["-Z", "-t"]),
    # These end with an error or not at all, at coturn's server, too.
    "negative tests": Case(["-X", "-g", "-N"], is_hostile=True),
    "negative tests over TCP": Case(["-X", "-t", "-N"], is_hostile=True),
    "negative protocol tests": Case(["-X", "-g", "-R"], is_hostile=True),
    "negative protocol tests over TLS": Case(["-X", "-t", "-S", "-R"], is_hostile=True),
    "clients that disconnect at random": Case(["-X", "-t", "-B", "-m", "10"], is_hostile=True),
    "clients that come and go at once": Case(["-X", "-g", "-O", "-m", "10"], is_hostile=True),
    "padded channels": Case(["-X", "-g", "-D", "-l", "171"]),
    "messages of 1200 bytes": Case(["-X", "-g", "-l", "1200"]),
    "shared secret": Case(["-X", "-g"], credentials=SHARED_SECRET, relay_uses_secret=True),
    "wrong shared secret": Case(["-X", "-g"], credentials=WRONG_SECRET, relay_uses_secret=True,
                                must_fail=True),
    "web token": Case(["-X", "-g"], relay_uses_jwt=True,
                      credentials=web_token(JWT_SECRET, sub="alice", exp=IN_AN_HOUR)),
    "web token over TLS": Case(["-X", "-t", "-S"], relay_uses_jwt=True,
                               credentials=web_token(JWT_SECRET, exp=IN_AN_HOUR,
                                                     aud=["koeru.test", "chat"])),
    "web token with another secret": Case(["-X", "-g"], relay_uses_jwt=True, must_fail=True,
                                          credentials=web_token(JWT_SECRET[::-1], exp=IN_AN_HOUR)),
    "web token for another audience": Case(["-X", "-g"], relay_uses_jwt=True, must_fail=True,
                                           credentials=web_token(JWT_SECRET, exp=IN_AN_HOUR,
                                                                 aud="chat")),
    "web token of yesterday": Case(["-X", "-g"], relay_uses_jwt=True, must_fail=True,
                                   credentials=web_token(JWT_SECRET, exp=IN_AN_HOUR - 90000)),
    # RFC 7635.
    "access token": Case(["-X", "-g"], credentials=OAUTH, oauth_keys=OAUTH_KEYS),
    "access token over TCP": Case(["-X", "-t"], credentials=OAUTH, oauth_keys=OAUTH_KEYS),
    "access token over DTLS": Case(["-X", "-g", "-S"], credentials=OAUTH, oauth_keys=OAUTH_KEYS),
    "access token and extra requests": Case(["-X", "-g", "-G"], credentials=OAUTH,
                                            oauth_keys=OAUTH_KEYS),
    "ten clients with access tokens": Case(["-X", "-g", "-m", "10"], credentials=OAUTH,
                                           oauth_keys=OAUTH_KEYS),
    "access token with another key": Case(["-X", "-g"], credentials=OAUTH, must_fail=True,
                                          oauth_keys=WRONG_OAUTH_KEYS),
    "password beside access tokens": Case(["-X", "-g"], oauth_keys=OAUTH_KEYS),
    "a realm by its origin": Case(["-X", "-g"], credentials=ORIGIN, realms=True),
    "a realm by its origin over TCP": Case(["-X", "-t"], credentials=ORIGIN, realms=True),
    "another origin": Case(["-X", "-g"], credentials=OTHER_ORIGIN, realms=True, must_fail=True),
    "the default realm beside another": Case(["-X", "-g"], realms=True),
    "channels over TCP": Case(["-X", "-t"]),
    "Send indications over TCP": Case(["-X", "-t", "-s"]),
    "channels over TCP and IPv6": Case(["-x", "-t"], server="::1", peer="::1"),
    "ten clients over TCP": Case(["-X", "-t", "-m", "10"]),
    "client to client over TCP": Case(["-X", "-t", "-y", "-m", "4"], peer=""),
    "odd sizes over TCP": Case(["-X", "-t", "-l", "171"]),
    "channels over TLS": Case(["-X", "-t", "-S"]),
    "Send indications over TLS": Case(["-X", "-t", "-S", "-s"]),
    "ten clients over TLS": Case(["-X", "-t", "-S", "-m", "10"]),
    "TLS on the port of TCP": Case(["-X", "-t", "-S"], tls_port=False),
    "channels over DTLS": Case(["-X", "-g", "-S"]),
    "Send indications over DTLS": Case(["-X", "-g", "-S", "-s"]),
    "channels over DTLS and IPv6": Case(["-x", "-g", "-S"], server="::1", peer="::1"),
    "ten clients over DTLS": Case(["-X", "-g", "-S", "-m", "10"]),
    "client to client over DTLS": Case(["-X", "-g", "-S", "-y", "-m", "4"], peer=""),
    "messages of 1200 bytes over DTLS": Case(["-X", "-g", "-S", "-l", "1200"]),
    "extra requests over DTLS": Case(["-X", "-g", "-S", "-G"]),
    "DTLS on the port of UDP": Case(["-X", "-g", "-S"], tls_port=False),
    # RFC 6062, always client to client: each connects to the other's relayed address, which hears
    # of a ConnectionAttempt. Not with -S: the tool picks TLS versions at random, also old ones that
    # we refuse, and then does not open its data connection anew. Not with -P: it loses half of its
    # messages with coturn's server, too. tests/native_server/worker has TLS and both directions.
    # With -M each client refreshes from a new socket, which the kernel brings to either worker.
    "mobility between workers": Case(["-X", "-g", "-M", "-m", "10"], mobility=True),
    "mobility between workers, Send indications": Case(["-X", "-g", "-M", "-s", "-m", "10"],
                                                       mobility=True),
    "TCP relay over TCP": Case(["-X", "-T", "-m", "2"], peer=""),
    "TCP relay over IPv6": Case(["-x", "-T", "-m", "2"], server="::1", peer=""),
    "ten clients with TCP relays": Case(["-X", "-T", "-m", "10"], peer=""),
    "TCP relay, messages of 1200 bytes": Case(["-X", "-T", "-m", "2", "-l", "1200"], peer=""),
    "TCP relay, wrong password": Case(["-X", "-T", "-m", "2"], peer="", must_fail=True,
                                      credentials=WRONG_PASSWORD),
    "wrong password over DTLS": Case(["-X", "-g", "-S"], credentials=WRONG_PASSWORD,
                                     must_fail=True),
    "wrong password over TLS": Case(["-X", "-t", "-S"], credentials=WRONG_PASSWORD,
                                    must_fail=True),
    "wrong password": Case(["-X", "-g"], credentials=WRONG_PASSWORD, must_fail=True),
    "no credentials": Case(["-X", "-g"], credentials=[], must_fail=True),
}

STUNCLIENT = {
    "turnutils_stunclient over IPv4": "127.0.0.1",
    "turnutils_stunclient over IPv6": "::1",
}


@dataclass(frozen=True)
class Discovery:
    """turnutils_natdiscovery or turnutils_stunclient at a relay with rfc5780. Flags: -m mapping, -f
    filtering, -t and -T lifetime, -c and -A collision, -H hairpinning, -P padding, -L and -l local
    address and port; -f of turnutils_stunclient asks with CHANGE-REQUEST and RESPONSE-PORT."""
    flags: list
    says: list
    never_says: list = field(default_factory=list)
    tool: str = "turnutils_natdiscovery"
    nat: dict = field(default=None)  # arguments of nat.Nat; None: no NAT, over loopback


HOME = ["-L", "127.0.0.1"]
NO_NAT = "No NAT! (Endpoint Independent Mapping)"
MAPPING = {"endpoint": "NAT with Endpoint Independent Mapping!",
           "address": "NAT with Address Dependent Mapping!",
           "port": "NAT with Address and Port Dependent Mapping!"}
FILTERING = {"endpoint": "NAT with Endpoint Independent Filtering!",
             "address": "NAT with Address Dependent Filtering!",
             "port": "NAT with Address and Port Dependent Filtering!"}
HAIRPIN = "Received a request (maybe a successful hairpinning)"

NATDISCOVERY = {
    "no NAT, mapping": Discovery(["-m", *HOME], [NO_NAT, MAPPING["endpoint"], "RFC 5780 response 2"]),
    "no NAT, filtering": Discovery(["-f", *HOME], [NO_NAT, FILTERING["endpoint"]]),
    "no NAT, filtering from a given port": Discovery(
        ["-f", *HOME, "-l", "9137"], ["Local addr: : 127.0.0.1:9137", FILTERING["endpoint"]]),
    "no NAT, with padding": Discovery(["-m", "-f", "-P", *HOME],
                                      [MAPPING["endpoint"], FILTERING["endpoint"]]),
    "no NAT, lifetime": Discovery(["-t", "-T", "1", *HOME], ["RFC 5780 response 2"], ["timeout"]),
    "no NAT, collision": Discovery(["-c", "-A", "127.0.0.9", *HOME], ["RFC 5780 response 2"]),
    "no NAT, hairpinning": Discovery(["-H", *HOME], [HAIRPIN]),
    "turnutils_stunclient, CHANGE-REQUEST and RESPONSE-PORT": Discovery(
        ["-f", *HOME], ["RFC 5780 response 3"], ["timeout"], tool="turnutils_stunclient"),
}
# See discovery_client.py: the tool and a server that follows the RFC do not tell address-dependent
# mapping from address and port-dependent mapping.
MAPPING_IN_NAT = MAPPING | {"address": "Dependent Mapping!", "port": "Dependent Mapping!"}
BY_THE_RFC = "discovery_client.py"
KOERU_CHECK = "koeru check"
BEHAVIOURS = [(mapping, filtering) for mapping in MAPPING for filtering in FILTERING]
NAT = {f"NAT: {mapping} mapping, {filtering} filtering": Discovery(
    ["-m", "-f"], [MAPPING_IN_NAT[mapping], FILTERING[filtering]], [NO_NAT],
    nat={"mapping": mapping, "filtering": filtering}) for mapping, filtering in BEHAVIOURS}
NAT |= {f"NAT by the RFC: {mapping} mapping, {filtering} filtering": Discovery(
    [], [f"mapping: {mapping}, filtering: {filtering}"], tool=BY_THE_RFC,
    nat={"mapping": mapping, "filtering": filtering}) for mapping, filtering in BEHAVIOURS}
NAT |= {
    "NAT: koeru check tells it": Discovery(
        [], ["mapping is address-dependent, filtering address and port-dependent"],
        tool=KOERU_CHECK, nat={"mapping": "address", "filtering": "port"}),
    "NAT: fragments pass": Discovery(
        ["-m", "-f", "-P"], [MAPPING_IN_NAT["address"], FILTERING["address"]],
        nat={"mapping": "address", "filtering": "address"}),
    "NAT: a mapping that lives": Discovery(["-t", "-T", "1"], ["RFC 5780 response 2"], nat={}),
    "NAT: hairpins": Discovery(["-H"], [HAIRPIN], nat={"hairpins": True}),
    "NAT: does not hairpin": Discovery(["-H"], ["timeout"], [HAIRPIN], nat={}),
}

# `koeru check` at the relay, with the server's certificate as the authority: the URI, the end of what
# it says. {port} and {tls_port} are the relay's.
CHECK = {
    "koeru check over IPv6": ("turn:[::1]:{port}", "it works over UDP and TCP"),
    "koeru check over IPv4": ("turn:127.0.0.1:{port}", "it works over UDP and TCP"),
    "koeru check over TLS and DTLS": ("turns:localhost:{tls_port}", "it works over TLS and DTLS"),
}

# Our load generator, which is built on core/client, against coturn's server.
FOREIGN_SERVER = {
    "our client at coturn, client to peer": ["--mode=data", "--direction=to-peer"],
    "our client at coturn, peer to client": ["--mode=data", "--direction=to-client"],
    "our client at coturn, allocations": ["--mode=allocate", "--window=8"],
    "our client at coturn, Binding": ["--mode=binding"],
}

GROUPS = {"turnutils_uclient": UCLIENT, "turnutils_stunclient": STUNCLIENT,
          "turnutils_natdiscovery": NATDISCOVERY, "NAT worlds": NAT,
          "koeru check": CHECK, "foreign server": FOREIGN_SERVER}
