#include "native_server/admin/admin_page.h"

#include "native_server/admin/admin_page_files.h"

namespace koeru::server {

AdminReply AnswerAdminPage(std::string_view method, std::string_view path) {
  if (method != "GET" && method != "HEAD") {
    return {.status = 405, .body = "{\"error\":\"pages are for GET\"}\n"};
  }
  for (const AdminPageFile& file : AdminPageFiles()) {
    if (path == file.path)
      return {.content_type = file.content_type, .body = std::string(file.text)};
  }
  return {.status = 404,
          .content_type = "text/plain; charset=utf-8",
          .body = "There is nothing at this address; the administration page is at /\n"};
}

}  // namespace koeru::server
