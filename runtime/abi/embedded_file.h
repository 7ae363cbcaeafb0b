// Data files that are part of the executable (docs/embedded-files.md).
#pragma once
#include <cstdint>

namespace krait {

struct EmbeddedFile {
  const char* path;          // absolute, without "." and ".." in it, UTF-8: where it stood when the program was built
  const unsigned char* data; // zlib's format
  uint64_t size;             // of data, in bytes
  uint64_t rawSize;          // of the file
};

/// Sorted by path, bytewise. Absent in programs without any.
struct EmbeddedFiles {
  uint64_t count;
  const EmbeddedFile* files;
};
extern "C" {
[[gnu::weak]] extern const EmbeddedFiles krt_embedded_files[];
}

} // namespace krait
