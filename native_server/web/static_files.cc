#include "native_server/web/static_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "native_server/web/http_conditions.h"
#include "native_server/web/mime_types.h"

namespace koeru::server::web {
namespace {

struct Opened {
  FileHandle handle;
  struct stat info {};
  bool is_file() const { return S_ISREG(info.st_mode); }
  bool is_directory() const { return S_ISDIR(info.st_mode); }
};

// O_NONBLOCK: opening a named pipe must not hang.
std::optional<Opened> OpenAt(int directory, const std::string& name) {
  Opened opened;
  opened.handle =
      FileHandle(openat(directory, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!opened.handle.is_open() || fstat(opened.handle.get(), &opened.info) != 0)
    return std::nullopt;
  return opened;
}

std::optional<Opened> OpenRoot(const std::string& root) {
  Opened opened;
  opened.handle = FileHandle(open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.handle.is_open() || fstat(opened.handle.get(), &opened.info) != 0)
    return std::nullopt;
  return opened;
}

struct Place {
  Opened directory;
  std::string name;  // of the file in it
};

// Opens all directories of `path` and leaves the last segment.
std::optional<Place> WalkTo(const std::string& root, std::string_view path) {
  std::optional<Opened> at = OpenRoot(root);
  if (!at) return std::nullopt;
  std::vector<std::string> segments = absl::StrSplit(path.substr(1), '/');
  std::string last = std::move(segments.back());
  segments.pop_back();
  for (const std::string& segment : segments) {
    at = OpenAt(at->handle.get(), segment);
    if (!at || !at->is_directory()) return std::nullopt;
  }
  return Place{*std::move(at), std::move(last)};
}

// Changes whenever size or time do; an encoded form is another representation with its own tag.
std::string MakeTag(const struct stat& info, std::string_view encoding) {
  return absl::StrCat("\"", absl::Hex(info.st_size), "-", absl::Hex(info.st_mtim.tv_sec), ".",
                      absl::Hex(info.st_mtim.tv_nsec), encoding.empty() ? "" : "-", encoding, "\"");
}

bool IsOlder(const struct stat& a, const struct stat& b) {
  return a.st_mtim.tv_sec < b.st_mtim.tv_sec;
}

void Fill(Opened opened, std::string_view encoding, StaticFile* file) {
  file->size = static_cast<uint64_t>(opened.info.st_size);
  file->modified = opened.info.st_mtim.tv_sec;
  file->etag = MakeTag(opened.info, encoding);
  file->content_encoding = encoding;
  file->handle = std::move(opened.handle);
}

void ChooseEncoding(const Place& place, const std::string& name, Opened plain,
                    std::string_view accept_encoding, StaticFile* file) {
  struct Form {
    std::string_view coding;
    std::string_view ending;
  };
  constexpr std::array kForms = {Form{"br", ".br"}, Form{"gzip", ".gz"}};
  file->content_type = MimeTypeOf(name);
  for (const Form& form : kForms) {
    std::optional<Opened> encoded =
        OpenAt(place.directory.handle.get(), absl::StrCat(name, form.ending));
    if (!encoded || !encoded->is_file() || IsOlder(encoded->info, plain.info)) continue;
    file->may_be_encoded = true;
    if (!AcceptsEncoding(accept_encoding, form.coding)) continue;
    return Fill(*std::move(encoded), form.coding, file);
  }
  Fill(std::move(plain), "", file);
}

LookUp FindBelow(const std::string& root, std::string_view path, std::string_view accept_encoding,
                 StaticFile* file) {
  std::optional<Place> place = WalkTo(root, path);
  if (!place) return LookUp::kMissing;
  const std::string name = place->name.empty() ? "index.html" : place->name;
  std::optional<Opened> opened = OpenAt(place->directory.handle.get(), name);
  if (!opened) return LookUp::kMissing;
  if (opened->is_directory()) {
    const std::optional<Opened> index = OpenAt(opened->handle.get(), "index.html");
    return index && index->is_file() ? LookUp::kIsDirectory : LookUp::kMissing;
  }
  if (!opened->is_file()) return LookUp::kMissing;
  ChooseEncoding(*place, name, *std::move(opened), accept_encoding, file);
  return LookUp::kFound;
}

}  // namespace

FileHandle::~FileHandle() {
  if (fd_ >= 0) close(fd_);
}

absl::Status StaticFiles::Check() const {
  for (const std::string& root : roots_) {
    if (OpenRoot(root)) continue;
    return absl::NotFoundError(absl::StrCat("cannot open the directory of web pages \"", root,
                                            "\": ", std::strerror(errno),
                                            ". Build the pages first, or correct the path."));
  }
  return absl::OkStatus();
}

LookUp StaticFiles::Find(std::string_view path, std::string_view accept_encoding,
                         StaticFile* file) const {
  for (const std::string& root : roots_) {
    const LookUp result = FindBelow(root, path, accept_encoding, file);
    if (result != LookUp::kMissing) return result;
  }
  return LookUp::kMissing;
}

}  // namespace koeru::server::web
