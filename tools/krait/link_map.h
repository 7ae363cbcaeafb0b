// What the linker put into an executable, and where from: its map, read back.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace krait::tools {

struct LinkedPiece {
  std::string file;    // object or archive; "<internal>": the linker's own
  std::string member;  // of the archive; empty: an object
  std::string section; // in the executable: ".text"
  uint64_t size;
};

/// The input sections in lld's map that have a size, those that take no room in the file (.bss) left out.
std::vector<LinkedPiece> parseLinkMap(std::string_view map);

/// The name without folders.
std::string_view baseName(std::string_view path);

/// The library whose functions this archive loads from the machine: "ssl" of libkrait_lazy_ssl.a. Empty if it is another.
std::string_view lazyLibrary(std::string_view archive);

/// Sonames in the executable's dynamic section, in its order; empty if it is no ELF file.
std::vector<std::string> neededLibraries(std::string_view executable);

} // namespace krait::tools
