#include "runtime/modules/embedded_files.h"
#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <new>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include "runtime/abi/embedded_file.h"

namespace krait {
namespace {

/// Absolute, without "." and "..", and no "/" at its end.
std::string normalized(std::string_view path) {
  std::string full;
  if (!path.starts_with('/')) {
    std::unique_ptr<char, decltype(&free)> here(getcwd(nullptr, 0), free);
    if (here && std::string_view(here.get()) != "/") full = here.get();
  }
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    if (part == "..") full.resize(full.empty() ? 0 : full.rfind('/'));
    else if (!part.empty() && part != ".") (full += '/') += part;
  }
  return full;
}

const EmbeddedFile* begin() { return krt_embedded_files->files; }
const EmbeddedFile* end() { return begin() + krt_embedded_files->count; }
const EmbeddedFile* firstFrom(std::string_view path) {
  return std::lower_bound(begin(), end(), path, [](const EmbeddedFile& f, std::string_view p) { return f.path < p; });
}
const EmbeddedFile* find(std::string_view path) {
  const EmbeddedFile* f = firstFrom(path);
  return f != end() && f->path == path ? f : nullptr;
}

bool writeAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) bytes.remove_prefix(static_cast<size_t>(n));
  }
  return true;
}

} // namespace

bool hasEmbeddedFiles() { return krt_embedded_files != nullptr; }

int openEmbedded(const char* path) {
  const EmbeddedFile* f = hasEmbeddedFiles() ? find(normalized(path)) : nullptr;
  if (!f) return -1;
  std::unique_ptr<char[]> text(new (std::nothrow) char[f->rawSize + 1]);
  uLongf size = f->rawSize;
  if (!text || uncompress(reinterpret_cast<Bytef*>(text.get()), &size, f->data, f->size) != Z_OK) return -1;
  const int fd = memfd_create(path, MFD_CLOEXEC);
  if (fd < 0) return -1;
  // Nobody shall take it for a file that can be changed.
  if (writeAll(fd, {text.get(), size}) && fchmod(fd, 0444) == 0) {
    const std::string again = "/proc/self/fd/" + std::to_string(fd);
    const int readable = open(again.c_str(), O_RDONLY | O_CLOEXEC);
    if (readable >= 0) {
      close(fd);
      return readable;
    }
    if (lseek(fd, 0, SEEK_SET) == 0) return fd; // no /proc
  }
  close(fd);
  return -1;
}

bool statEmbedded(const char* path, struct stat* out) {
  if (!hasEmbeddedFiles()) return false;
  const std::string name = normalized(path);
  const EmbeddedFile* f = find(name);
  const EmbeddedFile* below = f ? nullptr : firstFrom(name + '/');
  if (!f && (below == end() || !std::string_view(below->path).starts_with(name + '/'))) return false;
  *out = {};
  out->st_mode = f ? S_IFREG | 0444 : S_IFDIR | 0555;
  out->st_size = f ? static_cast<off_t>(f->rawSize) : 0;
  out->st_nlink = 1;
  out->st_ino = static_cast<ino_t>((f ? f : below) - begin()) + (f ? 1 : krt_embedded_files->count + name.size());
  out->st_blksize = 4096;
  out->st_blocks = (out->st_size + 511) / 512;
  return true;
}

std::vector<EmbeddedEntry> embeddedEntries(const char* folder) {
  std::vector<EmbeddedEntry> entries;
  if (!hasEmbeddedFiles()) return entries;
  const std::string above = normalized(folder) + '/';
  for (const EmbeddedFile* f = firstFrom(above); f != end() && std::string_view(f->path).starts_with(above); ++f) {
    const std::string_view rest = std::string_view(f->path).substr(above.size()), name = rest.substr(0, rest.find('/'));
    if (entries.empty() || entries.back().name != name) entries.push_back({std::string(name), name.size() != rest.size()});
  }
  return entries;
}

} // namespace krait
