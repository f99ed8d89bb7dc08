#include "native_server/web/mime_types.h"

#include <array>

#include "absl/strings/match.h"

namespace koeru::server::web {
namespace {

struct Row {
  std::string_view ending;
  std::string_view type;
};

constexpr std::array kTypes = {
    Row{".html", "text/html; charset=utf-8"},
    Row{".css", "text/css; charset=utf-8"},
    Row{".js", "text/javascript; charset=utf-8"},  // RFC 9239 §6
    Row{".mjs", "text/javascript; charset=utf-8"},
    Row{".wasm", "application/wasm"},  // streaming compilation takes no other type
    Row{".json", "application/json"},
    Row{".map", "application/json"},
    Row{".webmanifest", "application/manifest+json"},
    Row{".txt", "text/plain; charset=utf-8"},
    Row{".md", "text/plain; charset=utf-8"},
    Row{".ts", "text/plain; charset=utf-8"},  // TypeScript, not MPEG
    Row{".xml", "application/xml"},
    Row{".svg", "image/svg+xml"},
    Row{".png", "image/png"},
    Row{".jpg", "image/jpeg"},
    Row{".jpeg", "image/jpeg"},
    Row{".gif", "image/gif"},
    Row{".webp", "image/webp"},
    Row{".avif", "image/avif"},
    Row{".ico", "image/vnd.microsoft.icon"},
    Row{".woff2", "font/woff2"},
    Row{".mp4", "video/mp4"},
    Row{".webm", "video/webm"},
    Row{".mp3", "audio/mpeg"},
    Row{".ogg", "audio/ogg"},
    Row{".opus", "audio/ogg"},
    Row{".wav", "audio/wav"},
    Row{".pdf", "application/pdf"},
    Row{".gz", "application/gzip"},
};

}  // namespace

std::string_view MimeTypeOf(std::string_view path) {
  for (const Row& row : kTypes) {
    if (absl::EndsWithIgnoreCase(path, row.ending)) return row.type;
  }
  return "application/octet-stream";
}

}  // namespace koeru::server::web
