#include "native_server/tools/decode.h"

#include <optional>
#include <vector>

#include "core/bytes/hex.h"
#include "core/inspect/candidate_tree.h"
#include "core/inspect/packet_tree.h"
#include "core/inspect/print_json.h"
#include "core/inspect/print_text.h"
#include "core/inspect/uri_tree.h"
#include "core/stun/attribute_type.h"
#include "core/stun/message_view.h"
#include "core/turn/stream_framer.h"
#include "native_server/tools/capture_file.h"
#include "native_server/tools/decode_options.h"
#include "native_server/tools/input.h"
#include "native_server/tools/ladder.h"
#include "native_server/tools/link_layer.h"
#include "native_server/tools/session_json.h"
#include "native_server/tools/session_table.h"
#include "native_server/tools/text_input.h"

namespace koeru::tools {
namespace {

int Fail(const CommandIo& io, std::string_view text) {
  Put(io.err, "koeru decode: " + std::string(text) + "\n");
  return kExitBadInput;
}

// ------------------------------------------------------------------ messages

// Several messages one after the other, as a TCP stream has them. One item when it is not that.
std::vector<Bytes> SplitStream(Bytes bytes) {
  turn::StreamFramer framer;
  framer.Append(bytes);
  std::vector<Bytes> frames;
  size_t at = 0;
  while (const auto frame = framer.Next()) {
    const size_t size = frame->bytes.size();
    // The same bytes in the caller's buffer, which outlives the framer.
    frames.push_back(bytes.subspan(at, size));
    at += size;
    // ChannelData's padding on a stream (RFC 8656 section 12.5).
    if (frame->kind == turn::FrameKind::kChannelData) at += (4 - size % 4) % 4;
  }
  const bool all = !framer.error() && framer.buffered() == 0 && frames.size() > 1;
  if (!all) return {bytes};
  return frames;
}

class TreePrinter {
 public:
  TreePrinter(const DecodeOptions& options, const CommandIo& io) : options_(options), io_(io) {}

  void AddPacket(Bytes bytes) {
    for (const Bytes frame : SplitStream(bytes)) {
      const auto base = static_cast<size_t>(frame.data() - bytes.data());
      Add(inspect::InspectPacket(frame, {.credentials = credentials(), .base = base}));
      RememberRealm(frame);
    }
  }
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
  inspect::Credentials credentials() const {
    if (!options_.password) return {};
    return {options_.user, options_.realm.empty() ? realm_ : options_.realm, *options_.password,
            true};
  }
  // A server's answers have no REALM; the message before them may.
  void RememberRealm(Bytes bytes) {
    const auto message = stun::MessageView::Parse(bytes);
    if (!message.ok()) return;
    const auto realm = message->Find(stun::attribute_type::kRealm);
    if (realm) realm_ = AsText(realm->value);
  }

  const DecodeOptions& options_;
  const CommandIo& io_;
  inspect::JsonWriter json_;
  std::string realm_;
  size_t trees_ = 0;
  bool broken_ = false;
};

int FinishTrees(TreePrinter& printer) {
  printer.Finish();
  return printer.broken() ? kExitBadInput : kExitOk;
}

int DecodeBytes(Bytes bytes, const DecodeOptions& options, const CommandIo& io) {
  TreePrinter printer(options, io);
  printer.AddPacket(bytes);
  return FinishTrees(printer);
}

int DecodeText(const Input& input, const DecodeOptions& options, const CommandIo& io) {
  const TextItems text = ReadTextItems(AsText(input.bytes));
  if (!text.error.empty()) return Fail(io, input.name + ": " + text.error);
  if (text.items.empty()) {
    Put(io.err, "koeru decode: " + input.name + ": nothing found: no hex, candidate or URI\n");
    return kExitNothingFound;
  }
  TreePrinter printer(options, io);
  for (const Item& item : text.items) {
    switch (item.kind) {
      case ItemKind::kPacket:
        printer.AddPacket(item.bytes);
        break;
      case ItemKind::kCandidate:
        printer.Add(inspect::InspectCandidate(item.text));
        break;
      case ItemKind::kUri:
        printer.Add(inspect::InspectUri(item.text));
        break;
    }
  }
  if (text.sdp_lines > 0) {
    Put(io.err, "koeru decode: " + input.name + ": " + std::to_string(text.sdp_lines) +
                    " other lines of an SDP left out\n");
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
  if (!IsKnownLinkType(capture.link_type())) {
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
                    (options.format == InputFormat::kAuto && LooksLikeText(input.bytes));
  if (!text) return DecodeBytes(input.bytes, options, io);
  return DecodeText(input, options, io);
}

}  // namespace koeru::tools
