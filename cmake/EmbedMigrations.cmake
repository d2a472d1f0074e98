# Run at build time: writes a C++ source that holds the SQL files given as constants.
#   cmake -DCOMPONENT=intake -DFUNCTION=intake::migrations -DOUTPUT=x.cpp -DFILES=a.sql;b.sql -P EmbedMigrations.cmake
set(rows "")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME_WE)
  string(REGEX MATCH "^[0-9]+" number ${name})
  string(REGEX REPLACE "^0+" "" number ${number})
  file(READ ${file} sql)
  string(APPEND rows "        {\"${COMPONENT}\", ${number}, \"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(WRITE ${OUTPUT}
  "#include \"libs/postgres/migrations.hpp\"\n\nnamespace histologe::${COMPONENT} {\n\n"
  "std::vector<postgres::Migration> migrations() {\n    return {\n${rows}    };\n}\n\n}  // namespace histologe::${COMPONENT}\n")
