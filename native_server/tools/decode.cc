#include "native_server/tools/decode.h"

#include "core/bytes/hex.h"
#include "core/capture/link_layer.h"
#include "core/inspect/input.h"
#include "core/inspect/print_json.h"
#include "core/inspect/print_text.h"
#include "native_server/tools/capture_file.h"
#include "native_server/tools/decode_options.h"
#include "native_server/tools/input.h"
#include "native_server/tools/ladder.h"
#include "native_server/tools/session_json.h"
#include "native_server/tools/session_table.h"

namespace koeru::tools {
namespace {

int Fail(const CommandIo& io, std::string_view text) {
  Put(io.err, "koeru decode: " + std::string(text) + "\n");
  return kExitBadInput;
}

// ------------------------------------------------------------------ messages

class TreePrinter {
 public:
  TreePrinter(const DecodeOptions& options, const CommandIo& io) : options_(options), io_(io) {}

  void Add(const inspect::Node& tree) {
    broken_ |= tree.label == "unknown bytes" || HasRemark(tree, inspect::Severity::kError);
    if (options_.json) {
      inspect::WriteJson(tree, json_);
    } else {
      Put(io_.out, (trees_ > 0 ? "\n" : "") + inspect::PrintText(tree));
    }
    ++trees_;
  }
  // An array, also of one: programs need not guess.
  void Finish() {
    if (options_.json) Put(io_.out, "[" + json_.Take() + "]\n");
  }
  bool broken() const { return broken_; }

 private:
  const DecodeOptions& options_;
  const CommandIo& io_;
  inspect::JsonWriter json_;
  size_t trees_ = 0;
  bool broken_ = false;
};

int FinishTrees(TreePrinter& printer) {
  printer.Finish();
  return printer.broken() ? kExitBadInput : kExitOk;
}

inspect::Credentials CredentialsOf(const DecodeOptions& options) {
  if (!options.password) return {};
  return {options.user, options.realm, *options.password, true};
}

int DecodeBytes(Bytes bytes, const DecodeOptions& options, const CommandIo& io) {
  TreePrinter printer(options, io);
  inspect::PacketInspector packets(CredentialsOf(options));
  for (const inspect::Node& tree : packets.Inspect(bytes)) printer.Add(tree);
  return FinishTrees(printer);
}

int DecodeText(const Input& input, const DecodeOptions& options, const CommandIo& io) {
  const inspect::Inspection found =
      inspect::InspectText(AsText(input.bytes), CredentialsOf(options));
  if (!found.error.empty() && !found.nothing_found) {
    return Fail(io, input.name + ": " + found.error + " (--format says what it is)");
  }
  if (found.nothing_found) {
    Put(io.err, "koeru decode: " + input.name + ": " + found.error + "\n");
    return kExitNothingFound;
  }
  TreePrinter printer(options, io);
  for (const inspect::InspectedItem& item : found.items) printer.Add(item.tree);
  if (found.sdp_lines > 0) {
    Put(io.err, "koeru decode: " + input.name + ": " + std::to_string(found.sdp_lines) +
                    " lines of an SDP between other things left out\n");
  }
  return FinishTrees(printer);
}

// ------------------------------------------------------------------ captures

void PrintCapture(const SessionTable& table, const std::string& name, const std::string& error,
                  const DecodeOptions& options, const CommandIo& io) {
  if (options.json) {
    inspect::JsonWriter json;
    WriteCapture(table, name, error, json);
    Put(io.out, json.Take() + "\n");
    return;
  }
  Put(io.out, PrintCaptureHead(table, name));
  for (const Session* session : table.Found()) {
    Put(io.out, "\n" + PrintLadder(*session, table.first_time_ns()));
  }
}

int DecodeCapture(Input& input, const DecodeOptions& options, const CommandIo& io) {
  CaptureFile capture;
  if (!capture.Open(input.capture.release())) {
    return Fail(io, input.name + ": not a capture that can be read: " + capture.error());
  }
  if (!capture::IsKnownLinkType(capture.link_type())) {
    return Fail(io, input.name + ": packets of link type " + std::to_string(capture.link_type()) +
                        " are not known: capture on an Ethernet, loopback or \"any\" interface");
  }
  SessionTable table({options.trees, options.user, options.realm, options.password});
  while (const auto packet = capture.Next()) table.OnPacket(capture.link_type(), *packet);
  PrintCapture(table, input.name, capture.error(), options, io);
  if (!capture.error().empty()) {
    return Fail(io, input.name + ": the file is broken behind packet " +
                        std::to_string(table.counts().packets) + ": " + capture.error());
  }
  if (table.Found().empty()) {
    Put(io.err, "koeru decode: " + input.name + ": nothing found: no packet is STUN or TURN\n");
    return kExitNothingFound;
  }
  return kExitOk;
}

}  // namespace

int RunDecode(Arguments arguments, const CommandIo& io) {
  const ParsedOptions parsed = ParseDecodeOptions(arguments);
  if (!parsed.error.empty()) return Fail(io, parsed.error);
  const DecodeOptions& options = parsed.options;
  if (options.help) {
    Put(io.out, DecodeHelp());
    return kExitOk;
  }
  Input input = OpenInput(options, io.in);
  if (!input.error.empty()) return Fail(io, input.name + ": " + input.error);
  if (input.capture) return DecodeCapture(input, options, io);
  if (options.format == InputFormat::kCapture) {
    return Fail(io, input.name + ": a capture comes from a file or from standard input");
  }
  if (input.bytes.empty()) {
    Put(io.err, "koeru decode: " + input.name + ": nothing found: it is empty\n");
    return kExitNothingFound;
  }
  const bool text = options.format == InputFormat::kHex || options.format == InputFormat::kText ||
                    (options.format == InputFormat::kAuto && inspect::LooksLikeText(input.bytes));
  if (!text) return DecodeBytes(input.bytes, options, io);
  return DecodeText(input, options, io);
}

}  // namespace koeru::tools
