#include "core/inspect/dtls_tree.h"

#include <algorithm>

#include "core/bytes/number.h"

namespace koeru::inspect {
namespace {

constexpr size_t kMaxRecordsShown = 64;

std::string_view ContentTypeName(uint8_t type) {
  switch (type) {
    case 20:
      return "change_cipher_spec";
    case 21:
      return "alert";
    case 22:
      return "handshake";
    case 23:
      return "application_data";
    case 24:
      return "heartbeat";
    case 25:
      return "tls12_cid";
    case 26:
      return "ack";
    default:
      return "unknown";
  }
}

std::string_view HandshakeName(uint8_t type) {
  switch (type) {
    case 0:
      return "HelloRequest";
    case 1:
      return "ClientHello";
    case 2:
      return "ServerHello";
    case 3:
      return "HelloVerifyRequest";
    case 4:
      return "NewSessionTicket";
    case 8:
      return "EncryptedExtensions";
    case 11:
      return "Certificate";
    case 12:
      return "ServerKeyExchange";
    case 13:
      return "CertificateRequest";
    case 14:
      return "ServerHelloDone";
    case 15:
      return "CertificateVerify";
    case 16:
      return "ClientKeyExchange";
    case 20:
      return "Finished";
    default:
      return "unknown";
  }
}

std::string VersionName(uint16_t version) {
  if (version == 0xFEFF) return "DTLS 1.0";
  if (version == 0xFEFD) return "DTLS 1.2";
  if (version == 0xFEFC) return "DTLS 1.3";
  return ToHexNumber(version, 4);
}

// RFC 6347 section 4.1: 13 bytes in front of each record. False when the record is cut short.
bool AddRecord(Node& tree, Reader& r, size_t base) {
  const size_t at = r.offset();
  const uint8_t type = r.U8();
  const uint16_t version = r.U16();
  const uint16_t epoch = r.U16();
  const uint64_t sequence = (uint64_t{r.U16()} << 32) | r.U32();
  const size_t length = r.U16();
  if (!r.ok()) {
    tree.Say(Severity::kError,
             "a record header (13 bytes) is cut short at byte " + std::to_string(base + at));
    return false;
  }
  const bool whole = length <= r.remaining();
  const Bytes body = r.Take(std::min(length, r.remaining()));
  std::string value(ContentTypeName(type));
  // Epoch 0 is in the clear, so the kind of handshake message can be told.
  if (type == 22 && epoch == 0 && !body.empty()) {
    value += ", ";
    value += HandshakeName(body[0]);
  }
  Node& record = tree.Add({"record", base + at, r.offset() - at, std::move(value)});
  record.Add({"content type", base + at, 1, std::to_string(type)});
  record.Add({"version", base + at + 1, 2, VersionName(version)});
  record.Add({"epoch", base + at + 3, 2, std::to_string(epoch)});
  record.Add({"sequence number", base + at + 5, 6, std::to_string(sequence)});
  record.Add({"length", base + at + 11, 2, std::to_string(length)});
  record.Add({"body", base + at + 13, body.size(), HexPreview(body, 16)});
  if (!whole) record.Say(Severity::kError, "the record's length runs past the end of the packet");
  return whole;
}

}  // namespace

Node InspectDtls(Bytes bytes, size_t base) {
  Node tree("DTLS", base, bytes.size(), {}, "RFC 6347 §4.1");
  // RFC 9147 section 4: the first bits 001 are the unified header of DTLS 1.3, encrypted.
  if (!bytes.empty() && (bytes[0] & 0xE0) == 0x20) {
    tree.section = "RFC 9147 §4";
    tree.value = "DTLS 1.3 ciphertext";
    return tree;
  }
  Reader r(bytes);
  size_t records = 0;
  while (r.remaining() > 0 && records < kMaxRecordsShown) {
    ++records;
    if (!AddRecord(tree, r, base)) break;
  }
  if (r.ok() && r.remaining() > 0 && records == kMaxRecordsShown) {
    tree.Say(Severity::kNote, "more records follow and are not shown");
  }
  return tree;
}

}  // namespace koeru::inspect
