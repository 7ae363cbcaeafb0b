# Packages of what `cmake --install` installs: `cpack --config build/CPackConfig.cmake -G DEB` (or TGZ: a tree that works from anywhere).
# Included last, when all is known that is installed. `ninja library` before makes the library's modules part of it.
set(CPACK_PACKAGE_NAME krait)
set(CPACK_PACKAGE_VENDOR Krait)
set(CPACK_PACKAGE_CONTACT "Krait maintainers <krait@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "ahead-of-time compiler for Python 3.11")
set(CPACK_PACKAGE_DESCRIPTION
    "Compiles Python programs into native executables that need no interpreter.\nWhat a program prints, raises, frees and returns is what CPython 3.11 does with it.")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 0)
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # LLVM, and what else the driver is linked with
# What it compiles and links programs with: start files and static libraries of C and C++, Python's library.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libc6-dev, libstdc++-12-dev, zlib1g-dev, libpython3.11-stdlib")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libpython3.11") # programs that use C extensions load it
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "gdb, libcurl4") # which is loaded for a team's cache at http://

# Where Debian's rules want the copyright.
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION share/doc/krait RENAME copyright)
include(CPack)
