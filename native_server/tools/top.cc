#include "native_server/tools/top.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <chrono>

#include "absl/strings/str_cat.h"
#include "native_server/tools/relay_client.h"
#include "native_server/tools/relay_options.h"
#include "native_server/tools/top_view.h"

namespace koeru::tools {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kHelp =
    "usage: koeru top [OPTIONS]\n"
    "\n"
    "Shows who relays what through a running koeru-relay, every second, through its admin-socket.\n"
    "Keys: t, a, u sort by traffic, age or user; q ends. Not on a terminal, it shows all once.\n"
    "\n"
    "  --once          once, and end\n";

constexpr int kRefreshMs = 1000;

// Keys come at once and unseen; as before at the end.
class RawTerminal {
 public:
  explicit RawTerminal(int fd) : fd_(fd), is_raw_(::tcgetattr(fd, &before_) == 0) {
    if (!is_raw_) return;
    termios raw = before_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    ::tcsetattr(fd_, TCSANOW, &raw);
  }
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;
  ~RawTerminal() {
    if (is_raw_) ::tcsetattr(fd_, TCSANOW, &before_);
  }

 private:
  int fd_;
  termios before_{};
  bool is_raw_;
};

TopSize SizeOf(int fd) {
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return {};
  return {.columns = size.ws_col, .rows = size.ws_row};
}

std::string ListTarget(const RelayOptions& options, uint32_t limit) {
  return absl::StrCat("/api/allocations?sort=", options.sort, "&limit=", limit);
}

absl::StatusOr<std::string> Screen(const RelayOptions& options, uint32_t limit, double seconds,
                                   const TopSize& size, TopMemory& memory) {
  const auto status = AskRelay(options.socket, "GET", "/api/status");
  if (!status.ok()) return status.status();
  const auto list = AskRelay(options.socket, "GET", ListTarget(options, limit));
  if (!list.ok()) return list.status();
  return TopText(*status, *list, seconds, size, memory);
}

int Fail(const absl::Status& status, const CommandIo& io, std::string_view command) {
  Put(io.err, absl::StrCat("koeru ", command, ": ", status.message(), "\n"));
  return kExitBadInput;
}

// False: somebody wants to leave.
bool OnKey(char key, RelayOptions& options) {
  if (key == 't') options.sort = "traffic";
  if (key == 'a') options.sort = "age";
  if (key == 'u') options.sort = "user";
  return key != 'q' && key != '\x03';
}

int Watch(RelayOptions options, const CommandIo& io) {
  const int in = ::fileno(io.in), out = ::fileno(io.out);
  const RawTerminal raw(in);
  TopMemory memory;
  Clock::time_point before;
  while (true) {
    const auto now = Clock::now();
    const double seconds =
        memory.bytes.empty() ? 0 : std::chrono::duration<double>(now - before).count();
    before = now;
    const TopSize size = SizeOf(out);
    const auto limit = static_cast<uint32_t>(size.rows == 0 ? 50 : size.rows);
    const auto text =
        Screen(options, options.limit != 0 ? options.limit : limit, seconds, size, memory);
    // A relay that restarts is waited for.
    Put(io.out, "\x1b[H\x1b[2J");
    Put(io.out, text.ok() ? *text : absl::StrCat(text.status().message(), "\n"));
    std::fflush(io.out);
    pollfd key{.fd = in, .events = POLLIN, .revents = 0};
    if (::poll(&key, 1, kRefreshMs) <= 0) continue;
    char pressed = 0;
    if (::read(in, &pressed, 1) != 1 || !OnKey(pressed, options)) return kExitOk;
  }
}

int ShowOnce(const RelayOptions& options, const CommandIo& io, std::string_view command) {
  const uint32_t limit = options.limit != 0 ? options.limit : 5000;
  if (options.json) {
    const auto list = AskRelay(options.socket, "GET", ListTarget(options, limit));
    if (!list.ok()) return Fail(list.status(), io, command);
    Put(io.out, boost::json::serialize(*list) + "\n");
    return kExitOk;
  }
  TopMemory memory;
  const auto text = Screen(options, limit, 0, {.columns = 1000, .rows = 0}, memory);
  if (!text.ok()) return Fail(text.status(), io, command);
  Put(io.out, *text);
  return kExitOk;
}

constexpr std::string_view kRelayHelp =
    "usage: koeru relay COMMAND [OPTIONS]\n"
    "\n"
    "Asks a running koeru-relay through its admin-socket, or tells it what to do.\n"
    "\n"
    "  list            its allocations, as `koeru top` shows them\n"
    "  end ID          ends one allocation\n"
    "  reload          reads its configuration again; says what changed, or what is wrong\n"
    "  drain           no new allocations; it ends with the last one\n"
    "\n";

std::string Joined(const boost::json::object& from, std::string_view name) {
  std::string text;
  const boost::json::value* const list = from.if_contains(name);
  if (list == nullptr || !list->is_array()) return text;
  for (const boost::json::value& one : list->get_array()) {
    if (!one.is_string()) continue;
    absl::StrAppend(&text, text.empty() ? "" : ", ", std::string_view(one.get_string()));
  }
  return text;
}

int Order(const RelayOptions& options, std::string_view method, std::string_view target,
          const CommandIo& io) {
  const auto answer = AskRelay(options.socket, method, target);
  if (!answer.ok()) return Fail(answer.status(), io, "relay");
  if (options.json) {
    Put(io.out, boost::json::serialize(*answer) + "\n");
    return kExitOk;
  }
  if (target != "/api/reload") {
    Put(io.out, "done\n");
    return kExitOk;
  }
  const std::string changed = Joined(*answer, "changed");
  Put(io.out, absl::StrCat("read again; ",
                           changed.empty() ? "nothing changed" : "changed: ", changed, "\n"));
  const std::string restart = Joined(*answer, "needs_restart");
  if (!restart.empty()) Put(io.out, absl::StrCat("needs a restart: ", restart, "\n"));
  return kExitOk;
}

}  // namespace

int RunTop(Arguments arguments, const CommandIo& io) {
  const auto options = ParseRelayOptions(arguments);
  if (!options.ok()) return Fail(options.status(), io, "top");
  if (options->help) {
    Put(io.out, absl::StrCat(kHelp, kRelayOptionsHelp));
    return kExitOk;
  }
  if (!options->words.empty()) {
    return Fail(absl::InvalidArgumentError("it takes options only: `koeru top --help` lists them"),
                io, "top");
  }
  const bool is_live = !options->once && !options->json && ::isatty(::fileno(io.in)) == 1 &&
                       ::isatty(::fileno(io.out)) == 1;
  return is_live ? Watch(*options, io) : ShowOnce(*options, io, "top");
}

int RunRelay(Arguments arguments, const CommandIo& io) {
  const auto options = ParseRelayOptions(arguments);
  if (!options.ok()) return Fail(options.status(), io, "relay");
  if (options->help) {
    Put(io.out, absl::StrCat(kRelayHelp, kRelayOptionsHelp));
    return kExitOk;
  }
  const auto& words = options->words;
  if (words == std::vector<std::string>{"list"}) return ShowOnce(*options, io, "relay");
  if (words == std::vector<std::string>{"reload"})
    return Order(*options, "POST", "/api/reload", io);
  if (words == std::vector<std::string>{"drain"}) return Order(*options, "POST", "/api/drain", io);
  if (words.size() == 2 && words[0] == "end" &&
      words[1].find_first_not_of("0123456789-") == std::string::npos) {
    return Order(*options, "DELETE", "/api/allocations/" + words[1], io);
  }
  return Fail(absl::InvalidArgumentError(
                  "write list, end ID (three numbers, as list shows them), reload or drain"),
              io, "relay");
}

}  // namespace koeru::tools
