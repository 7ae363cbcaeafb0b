# Compiler settings shared by every room, and `krait_room`, which makes one.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "Krait is built with clang 19: use a preset, or -DCMAKE_CXX_COMPILER=clang++-19")
endif()

find_program(KRAIT_CCACHE ccache)
if(KRAIT_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
      CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros ${KRAIT_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()

# Where installed krait looks for what executables meet (tools/krait/installation.cpp).
set(KRAIT_RUNTIME_DESTINATION lib/krait)
if(CMAKE_CROSSCOMPILING)
  set(KRAIT_RUNTIME_DESTINATION lib/krait/${CMAKE_CXX_COMPILER_TARGET}/runtime)
endif()

option(KRAIT_SANITIZE "address and undefined-behaviour sanitizers over front end, IR and runtime" OFF)

add_compile_options(-Wall -Wextra -Werror -Wno-unused-parameter -fno-omit-frame-pointer -momit-leaf-frame-pointer
                    -fno-strict-aliasing -Wno-return-type-c-linkage -Wno-missing-designated-field-initializers)
# The runtime's functions are placed by when they are used (docs/start-up.md), and what nothing refers to stays out.
add_compile_options(-ffunction-sections -fdata-sections)
add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fno-rtti> $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>)
add_link_options(-fuse-ld=lld)
if(KRAIT_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined
                      -fno-sanitize=nonnull-attribute) # memcpy of nothing from nowhere is harmless
  add_link_options(-fsanitize=address,undefined)
else()
  # Nothing is thrown through these frames, and debuggers follow their frame pointers: a seventeenth of a small executable.
  add_compile_options(-fno-asynchronous-unwind-tables -Qn)
endif()

# krait_room(NAME [OBJECT] DIRS a b … DEPS x y …): a static library (or just objects) from every .cpp in
# the named folders (below the current one), seen by others as "room/dir/file.h".
function(krait_room name)
  cmake_parse_arguments(ARG "OBJECT" "" "DIRS;DEPS" ${ARGN})
  set(sources)
  foreach(dir ${ARG_DIRS})
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/*.S)
    list(APPEND sources ${found})
  endforeach()
  if(ARG_OBJECT)
    add_library(${name} OBJECT ${sources})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  elseif(sources)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${ARG_DEPS})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${ARG_DEPS})
  endif()
endfunction()

# krait_test(NAME COMMAND…): an entry of ctest, run in the top folder; one that hangs fails when its time is up.
function(krait_test name)
  add_test(NAME ${name} COMMAND ${ARGN} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set(limit 2400) # seconds
  if(KRAIT_SANITIZE)
    set(limit 9600)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${limit})
endfunction()

# krait_unit_test(NAME DIR DEPS x y …): one GoogleTest executable from a folder
# of tests/, run by ctest as NAME.
function(krait_unit_test name dir)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  file(GLOB found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/*.cpp)
  if(found)
    add_executable(${name} ${found})
    target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gtest GTest::gtest_main)
    krait_test(${name} ${name} --gtest_brief=1)
  endif()
endfunction()
