#include "native_server/tools/capture_file.h"

#include <pcap/pcap.h>

#include "core/bytes/escape.h"

namespace koeru::tools {

void CaptureFile::Closer::operator()(pcap* handle) const { pcap_close(handle); }

CaptureFile::CaptureFile() = default;
CaptureFile::~CaptureFile() = default;

bool CaptureFile::Open(std::FILE* file) {
  char message[PCAP_ERRBUF_SIZE] = "";
  handle_.reset(
      pcap_fopen_offline_with_tstamp_precision(file, PCAP_TSTAMP_PRECISION_NANO, message));
  if (!handle_) {
    std::fclose(file);  // libpcap leaves it open when it fails
    error_ = Escape(message);
    return false;
  }
  link_type_ = pcap_datalink(handle_.get());
  return true;
}

std::optional<CapturedPacket> CaptureFile::Next() {
  if (!handle_ || !error_.empty()) return std::nullopt;
  pcap_pkthdr* header = nullptr;
  const u_char* data = nullptr;
  const int result = pcap_next_ex(handle_.get(), &header, &data);
  if (result == PCAP_ERROR) error_ = Escape(pcap_geterr(handle_.get()));
  if (result != 1) return std::nullopt;
  // With nanosecond precision tv_usec counts nanoseconds. A broken file may say any number.
  CapturedPacket packet;
  packet.time_ns = static_cast<int64_t>(static_cast<uint64_t>(header->ts.tv_sec) * 1'000'000'000u +
                                        static_cast<uint64_t>(header->ts.tv_usec));
  packet.bytes = Bytes(data, header->caplen);
  packet.cut = header->caplen < header->len;
  return packet;
}

}  // namespace koeru::tools
