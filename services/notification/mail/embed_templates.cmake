# Writes OUTPUT, a C++ source holding every file of TEMPLATES, so that the program needs no folder beside it.
# Usage: cmake -DOUTPUT=x.cpp -DTEMPLATES="a;b" -P embed_templates.cmake
set(body "#include \"services/notification/mail/gabarits.hpp\"\n\nnamespace histologe::notification {\n\n")
string(APPEND body "std::string_view gabarit(std::string_view nom) noexcept {\n")
foreach(file IN LISTS TEMPLATES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" content)
  string(APPEND body "    if (nom == \"${name}\") return R\"gabarit(${content})gabarit\";\n")
endforeach()
string(APPEND body "    return {};\n}\n\n}  // namespace histologe::notification\n")
file(WRITE "${OUTPUT}" "${body}")
