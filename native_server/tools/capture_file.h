#pragma once

// A pcap or pcapng file, packet by packet, by libpcap.
//
//   CaptureFile capture;
//   if (!capture.Open(file)) ...                  // capture.error()
//   while (auto packet = capture.Next()) ...
//   if (!capture.error().empty()) ...             // the file is broken behind the last packet

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "core/bytes/reader.h"

struct pcap;

namespace koeru::tools {

struct CapturedPacket {
  int64_t time_ns = 0;  // since 1970
  Bytes bytes;          // valid until the next packet
  bool cut = false;     // the capture kept only a part of it (snap length)
};

class CaptureFile {
 public:
  CaptureFile();
  ~CaptureFile();
  CaptureFile(const CaptureFile&) = delete;
  CaptureFile& operator=(const CaptureFile&) = delete;

  // Takes `file` and closes it, also on failure.
  bool Open(std::FILE* file);
  std::optional<CapturedPacket> Next();

  // libpcap's DLT_ number.
  int link_type() const { return link_type_; }
  // Empty as long as all is well.
  const std::string& error() const { return error_; }

 private:
  struct Closer {
    void operator()(pcap* handle) const;
  };
  std::unique_ptr<pcap, Closer> handle_;
  int link_type_ = -1;
  std::string error_;
};

}  // namespace koeru::tools
