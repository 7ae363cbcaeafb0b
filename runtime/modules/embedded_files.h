// Files that are part of the executable, as if they stood where they stood when it was built. What is there goes first: these
// functions are for what the system says does not exist. Paths are as the system takes them, relative ones of the working folder.
#pragma once
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <vector>

namespace krait {

/// Whether the program has any.
bool hasEmbeddedFiles();
/// A descriptor (the caller's) of a memory file with the content, for reading, or -1: there is no such file, or no memory for it.
int openEmbedded(const char* path);
/// Of a file or a folder above one. False if there is none.
bool statEmbedded(const char* path, struct stat* out);
/// What a folder has of them.
struct EmbeddedEntry {
  std::string name;
  bool isFolder;
};
std::vector<EmbeddedEntry> embeddedEntries(const char* folder);

} // namespace krait
