#include "codegen/emit/cache.h"
#include <fcntl.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/BLAKE3.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/Path.h>
#include <atomic>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace krait::codegen::emit {

std::string contentHash(std::initializer_list<std::string_view> parts) {
  llvm::TruncatedBLAKE3<20> hash;
  for (std::string_view part : parts) {
    const uint64_t size = part.size();
    hash.update(llvm::ArrayRef(reinterpret_cast<const uint8_t*>(&size), sizeof size));
    hash.update(llvm::StringRef(part.data(), part.size()));
  }
  auto digest = hash.final();
  return llvm::toHex(llvm::ArrayRef<uint8_t>(digest.data(), digest.size()), true);
}

static std::string variable(const char* name) {
  const char* v = getenv(name);
  return v ? v : "";
}

/// A folder that nobody else can put programs into: the user's one among the temporary files, or a fresh one if somebody else made that.
static std::string temporaryFolder() {
  std::string base = variable("TMPDIR");
  if (base.empty()) base = "/tmp";
  const std::string usual = base + "/krait-cache-" + std::to_string(geteuid());
  mkdir(usual.c_str(), 0700);
  struct stat what;
  if (lstat(usual.c_str(), &what) != 0) return usual;
  if (S_ISDIR(what.st_mode) && what.st_uid == geteuid() && !(what.st_mode & (S_IWGRP | S_IWOTH))) return usual;
  std::string fresh = base + "/krait-cache-XXXXXX";
  return mkdtemp(fresh.data()) ? fresh : "/dev/null/krait-cache";
}

std::string cacheFolder() {
  if (std::string own = variable("KRAIT_CACHE_DIR"); !own.empty()) return own;
  if (std::string base = variable("XDG_CACHE_HOME"); !base.empty()) return base + "/krait";
  // Services run with a home that is not there, by convention: it is not for us to make.
  if (std::string home = variable("HOME"); llvm::sys::fs::is_directory(home)) return home + "/.cache/krait";
  static const std::string temporary = temporaryFolder();
  return temporary;
}

bool prepareCache(std::string& error) {
  const std::string folder = cacheFolder() + "/objects";
  std::error_code failure = llvm::sys::fs::create_directories(folder);
  if (!failure && access(folder.c_str(), W_OK | X_OK) != 0) failure = std::error_code(errno, std::generic_category());
  if (!failure) return true;
  error = "the cache " + cacheFolder() + " cannot be written: " + failure.message() + "; set KRAIT_CACHE_DIR to a folder that can";
  return false;
}

std::string cacheHint(const std::string& path) {
  return llvm::StringRef(path).starts_with(cacheFolder() + "/") ? " (the cache; KRAIT_CACHE_DIR names another folder for it)" : "";
}

std::optional<std::string> readFile(const std::string& path) {
  auto file = llvm::MemoryBuffer::getFile(path, false, false);
  if (!file) return std::nullopt;
  return (*file)->getBuffer().str();
}

bool isDevice(const std::string& path) {
  struct stat what;
  return stat(path.c_str(), &what) == 0 && !S_ISREG(what.st_mode);
}

/// A file that was written in large pieces is kept in large pieces, and the kernel maps all of one of which a page is read:
/// executables would take MBs of memory that they never touch.
constexpr size_t kPiece = 1 << 14;

bool writeFileAtomically(const std::string& path, std::string_view bytes, std::string& error, mode_t mode) {
  static std::atomic<unsigned> serial;
  if (llvm::StringRef(path).starts_with(cacheFolder() + "/"))
    llvm::sys::fs::create_directories(llvm::sys::path::parent_path(path));
  // A device or a pipe is written to, never replaced.
  const bool isPlain = !isDevice(path);
  const std::string partial = isPlain ? path + ".part" + std::to_string(getpid()) + "." + std::to_string(serial++) : path;
  const int file = open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  bool good = file >= 0;
  for (size_t done = 0; good && done < bytes.size();) {
    const ssize_t n = write(file, bytes.data() + done, std::min(bytes.size() - done, kPiece));
    if (n < 0 && errno == EINTR) continue;
    good = n > 0;
    if (good) done += static_cast<size_t>(n);
  }
  int failure = errno;
  if (file >= 0 && close(file) != 0 && good) {
    good = false;
    failure = errno;
  }
  if (good && isPlain && rename(partial.c_str(), path.c_str()) != 0) {
    good = false;
    failure = errno;
  }
  if (good) return true;
  if (file >= 0 && isPlain) unlink(partial.c_str());
  error = path + ": " + std::strerror(failure) + cacheHint(path);
  return false;
}

} // namespace krait::codegen::emit
