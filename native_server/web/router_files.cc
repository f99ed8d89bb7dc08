// The files of the router: conditions, caching and ranges.
#include <string>

#include "absl/strings/str_cat.h"
#include "native_server/web/http_conditions.h"
#include "native_server/web/http_date.h"
#include "native_server/web/router_request.h"

namespace koeru::server::web {

namespace http = boost::beast::http;

namespace {

// "app.3f9c02ab.js": the name holds a hash of the content, so the content never changes.
bool HasHashInName(std::string_view path) {
  const size_t end = path.rfind('.');
  if (end == std::string_view::npos) return false;
  const size_t begin = path.find_last_of("./-", end - 1);
  if (begin == std::string_view::npos || end - begin - 1 < 8) return false;
  const std::string_view hash = path.substr(begin + 1, end - begin - 1);
  return hash.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

void Set(http::fields& fields, http::field name, std::string_view value) {
  fields.set(name, boost::beast::string_view(value.data(), value.size()));
}

// RFC 9110 §13.2.2: If-None-Match wins; the date counts only without it.
bool IsUnchanged(const RequestHeader& header, const StaticFile& file) {
  if (header.count(http::field::if_none_match) != 0) {
    return MatchesAnyTag(FieldOf(header, http::field::if_none_match), file.etag);
  }
  const auto since = ParseHttpDate(FieldOf(header, http::field::if_modified_since));
  return since && file.modified <= *since;
}

// RFC 9110 §13.1.5: a range only counts if the file is still the one of If-Range.
bool MayUseRange(const RequestHeader& header, const StaticFile& file) {
  if (!file.content_encoding.empty() || header.count(http::field::range) != 1) return false;
  if (header.count(http::field::if_range) == 0) return true;
  const std::string_view condition = FieldOf(header, http::field::if_range);
  return condition == file.etag || condition == FormatHttpDate(file.modified);
}

void ApplyRange(const RequestHeader& header, Reply& reply) {
  const uint64_t size = reply.file->length;
  const RangeResult result = ParseRange(FieldOf(header, http::field::range), size);
  if (result.kind == RangeKind::kIgnore) return;
  if (result.kind == RangeKind::kUnsatisfiable) {
    reply = ErrorPage(http::status::range_not_satisfiable, "The file is shorter than that.");
    Set(reply.fields, http::field::content_range, absl::StrCat("bytes */", size));
    return;
  }
  reply.status = http::status::partial_content;
  reply.file->offset = result.range.first;
  reply.file->length = result.range.length;
  Set(reply.fields, http::field::content_range,
      absl::StrCat("bytes ", result.range.first, "-", result.range.first + result.range.length - 1,
                   "/", size));
}

}  // namespace

Reply Router::HandleFile(const Request& request) const {
  StaticFile file;
  switch (files_.Find(request.target.path, FieldOf(request.header, http::field::accept_encoding),
                      &file)) {
    case LookUp::kMissing:
      return ErrorPage(http::status::not_found, "There is no such page.");
    case LookUp::kIsDirectory: {
      // The path as it was sent: it is in the form of an URL already, and its check has passed.
      const auto target = request.header.target();
      std::string_view path(target.data(), target.size());
      path = path.substr(0, path.find('?'));
      const size_t scheme = path.find("://");
      if (scheme != std::string_view::npos) path.remove_prefix(path.find('/', scheme + 3));
      return RedirectTo(
          absl::StrCat(path, "/", request.target.query.empty() ? "" : "?", request.target.query));
    }
    case LookUp::kFound:
      break;
  }
  Reply reply;
  Set(reply.fields, http::field::content_type, file.content_type);
  Set(reply.fields, http::field::etag, file.etag);
  Set(reply.fields, http::field::last_modified, FormatHttpDate(file.modified));
  // "no-cache": kept, but asked for each time with the tag, so a new build shows at once.
  Set(reply.fields, http::field::cache_control,
      HasHashInName(request.target.path) ? "public, max-age=31536000, immutable" : "no-cache");
  if (file.may_be_encoded) Set(reply.fields, http::field::vary, "Accept-Encoding");
  if (!file.content_encoding.empty()) {
    Set(reply.fields, http::field::content_encoding, file.content_encoding);
  }
  if (IsUnchanged(request.header, file)) {
    reply.status = http::status::not_modified;
    return reply;
  }
  Set(reply.fields, http::field::accept_ranges, "bytes");
  const bool may_use_range = MayUseRange(request.header, file);
  reply.file = FilePart{std::move(file.handle), 0, file.size};
  if (may_use_range) ApplyRange(request.header, reply);
  return reply;
}

}  // namespace koeru::server::web
