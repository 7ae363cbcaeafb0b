// The object with the data files of a program (runtime/abi/embedded_file.h).
#pragma once
#include <string>
#include <vector>
#include "codegen/emit/target.h"

namespace krait::codegen::emit {

struct DataFile {
  std::string path; // absolute and normal
  std::string bytes;
};

/// `files` are sorted by path. Compressed; empty if LLVM was built without zlib.
std::string writeDataObject(const std::vector<DataFile>& files, const Target& target);

} // namespace krait::codegen::emit
