#include "tools/krait/zip_writer.h"
#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fmt/core.h>
#include <minizip/zip.h>
#include <sys/stat.h>
#include <unistd.h>

namespace krait::tools {
namespace {

constexpr uLong kFirstDay = 1u << 21 | 1u << 16;   // 1 January 1980, the first that there is
constexpr uLong kMadeByUnix = 3u << 8 | 20;        // so that the mode is heeded
constexpr uLong kNamesAreUtf8 = 1u << 11;

bool add(zipFile zip, const ZipEntry& entry) {
  zip_fileinfo info{};
  info.dosDate = kFirstDay;
  info.external_fa = uLong(S_IFREG | (entry.isExecutable ? 0755 : 0644)) << 16;
  const bool isAscii = std::all_of(entry.name.begin(), entry.name.end(), [](unsigned char c) { return c < 0x80; });
  if (entry.bytes.size() > UINT_MAX ||
      zipOpenNewFileInZip4(zip, entry.name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, Z_DEFAULT_COMPRESSION, 0, -MAX_WBITS,
                           DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, nullptr, 0, kMadeByUnix, isAscii ? 0 : kNamesAreUtf8) != ZIP_OK)
    return false;
  const bool isWritten = entry.bytes.empty() || zipWriteInFileInZip(zip, entry.bytes.data(), static_cast<unsigned>(entry.bytes.size())) == ZIP_OK;
  return zipCloseFileInZip(zip) == ZIP_OK && isWritten;
}

} // namespace

bool writeZip(const std::string& path, const std::vector<ZipEntry>& entries, std::string& error) {
  const std::string partial = fmt::format("{}.{}.tmp", path, getpid());
  errno = 0;
  zipFile zip = zipOpen64(partial.c_str(), APPEND_STATUS_CREATE);
  bool good = zip != nullptr;
  for (const ZipEntry& entry : entries) good = good && add(zip, entry);
  if (zip) good = zipClose(zip, nullptr) == ZIP_OK && good;
  if (good && rename(partial.c_str(), path.c_str()) == 0) return true;
  error = fmt::format("{}: {}", path, errno ? strerror(errno) : "can't be written");
  unlink(partial.c_str());
  return false;
}

} // namespace krait::tools
