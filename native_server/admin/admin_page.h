#pragma once

// The administration page. Its files (page/) are part of the program: nothing has to be installed
// beside it.

#include "native_server/admin/admin_api.h"

namespace koeru::server {

AdminReply AnswerAdminPage(std::string_view method, std::string_view path);

}  // namespace koeru::server
