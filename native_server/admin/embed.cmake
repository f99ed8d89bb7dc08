# cmake -DPAGE=page -DOUT=admin_page_files.cc -P embed.cmake: the files of page/ as C++ text.
set(rows "")
foreach(file IN ITEMS "index.html|/|text/html" "admin.js|/admin.js|text/javascript"
        "words.js|/words.js|text/javascript" "admin.css|/admin.css|text/css")
  string(REPLACE "|" ";" parts "${file}")
  list(GET parts 0 name)
  list(GET parts 1 path)
  list(GET parts 2 type)
  file(READ ${PAGE}/${name} text)
  string(APPEND rows "    {\"${path}\", \"${type}; charset=utf-8\", R\"KOERU(${text})KOERU\"},\n")
endforeach()
file(WRITE ${OUT} "#include \"native_server/admin/admin_page_files.h\"

namespace koeru::server {
namespace {

constexpr AdminPageFile kFiles[] = {
${rows}};

}  // namespace

std::span<const AdminPageFile> AdminPageFiles() { return kFiles; }

}  // namespace koeru::server
")
