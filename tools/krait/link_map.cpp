// The map's lines: address, load address, size, alignment; then an output section, or, 8 columns further, an input
// section as "file:(section)" or "archive(member):(section)", or, 8 more, a symbol. Numbers are hexadecimal.
#include "tools/krait/link_map.h"
#include <charconv>
#include <cstring>
#include <elf.h>

namespace krait::tools {
namespace {

/// The next word and the blanks before it are taken off the line.
std::string_view word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const std::string_view found = line.substr(0, line.find(' '));
  line.remove_prefix(found.size());
  return found;
}

} // namespace

std::string_view baseName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view lazyLibrary(std::string_view archive) {
  constexpr std::string_view kPrefix = "libkrait_lazy_";
  const std::string_view name = baseName(archive);
  return name.starts_with(kPrefix) ? name.substr(kPrefix.size(), name.rfind('.') - kPrefix.size()) : std::string_view();
}

std::vector<LinkedPiece> parseLinkMap(std::string_view map) {
  std::vector<LinkedPiece> pieces;
  std::string section;
  while (!map.empty()) {
    std::string_view line = map.substr(0, map.find('\n'));
    map.remove_prefix(std::min(map.size(), line.size() + 1));
    word(line), word(line);
    const std::string_view number = word(line);
    uint64_t size = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), size, 16).ec != std::errc()) continue;
    word(line);
    const size_t depth = std::min(line.find_first_not_of(' '), line.size());
    line.remove_prefix(depth);
    if (depth < 8) {
      section = line;
      continue;
    }
    const size_t colon = line.rfind(":(");
    if (depth >= 16 || size == 0 || colon == std::string_view::npos || section.starts_with(".bss") || section.starts_with(".tbss")) continue;
    LinkedPiece piece{.file = std::string(line.substr(0, colon)), .member = {}, .section = section, .size = size};
    const size_t open = piece.file.rfind('(');
    if (piece.file.ends_with(')') && open != std::string::npos) {
      piece.member = piece.file.substr(open + 1, piece.file.size() - open - 2);
      piece.file.resize(open);
    }
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

std::vector<std::string> neededLibraries(std::string_view executable) {
  std::vector<std::string> names;
  auto read = [&](auto& out, uint64_t at) {
    if (at > executable.size() || executable.size() - at < sizeof out) return false;
    memcpy(&out, executable.data() + at, sizeof out);
    return true;
  };
  Elf64_Ehdr header;
  if (!executable.starts_with(ELFMAG) || !read(header, 0)) return names;
  for (unsigned i = 0; i < header.e_shnum; ++i) {
    Elf64_Shdr dynamic, strings;
    if (!read(dynamic, header.e_shoff + uint64_t{i} * sizeof dynamic) || dynamic.sh_type != SHT_DYNAMIC) continue;
    if (!read(strings, header.e_shoff + uint64_t{dynamic.sh_link} * sizeof strings)) continue;
    Elf64_Dyn entry;
    for (uint64_t at = dynamic.sh_offset; at < dynamic.sh_offset + dynamic.sh_size && read(entry, at); at += sizeof entry) {
      const uint64_t name = strings.sh_offset + entry.d_un.d_val;
      if (entry.d_tag == DT_NEEDED && name < executable.size()) names.emplace_back(executable.substr(name, executable.find('\0', name) - name));
    }
  }
  return names;
}

} // namespace krait::tools
