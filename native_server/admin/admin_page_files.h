#pragma once

// The files in page/, as the build embeds them (embed.cmake).

#include <span>
#include <string_view>

namespace koeru::server {

struct AdminPageFile {
  std::string_view path;  // in the URL
  std::string_view content_type;
  std::string_view text;
};

std::span<const AdminPageFile> AdminPageFiles();

}  // namespace koeru::server
