// A folder that machines share, by a network file system: XX/REST-OF-NAME, written beside its name and renamed.
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include "codegen/emit/cache.h"
#include "tools/krait/remote/store.h"

namespace krait::tools::remote {
namespace {

/// How exactly a file's time says when it was used last: whoever tidies up looks at it.
constexpr time_t kDay = 24 * 60 * 60;

class DirectoryStore final : public RemoteStore {
public:
  explicit DirectoryStore(std::string folder) : folder_(std::move(folder)) {}

  Outcome get(const std::string& name, size_t limit, std::string& bytes, std::string& error) override {
    const std::string path = pathOf(name);
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); // a pipe would make us wait
    if (file < 0 && (errno == ENOENT || errno == ENOTDIR)) return isThere(error) ? Outcome::Absent : Outcome::Failed;
    const Outcome outcome = file >= 0 && read(file, limit, bytes, error) ? Outcome::Done : Outcome::Failed;
    if (outcome == Outcome::Failed) error = path + ": " + (error.empty() ? std::strerror(errno) : error);
    if (file >= 0) close(file);
    return outcome;
  }

  Outcome put(const std::string& name, std::string_view bytes, std::string& error) override {
    if (!isThere(error)) return Outcome::Failed;
    const std::string path = pathOf(name);
    std::error_code failure;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failure);
    if (codegen::emit::writeFileAtomically(path, bytes, error)) return Outcome::Done;
    return Outcome::Failed;
  }

private:
  std::string pathOf(const std::string& name) const { return folder_ + "/" + name.substr(0, 2) + "/" + name.substr(2); }

  /// A folder that is missing is one that is not mounted; making it would hide that.
  bool isThere(std::string& error) const {
    std::error_code failure;
    if (std::filesystem::is_directory(folder_, failure)) return true;
    error = failure ? failure.message() : "it is no folder";
    return false;
  }

  static bool read(int file, size_t limit, std::string& bytes, std::string& error) {
    struct stat s {};
    if (fstat(file, &s) != 0) return false;
    auto size = static_cast<uint64_t>(s.st_size);
    if (!S_ISREG(s.st_mode)) error = "is no file";
    else if (size > limit) error = "is larger than an entry can be";
    if (!error.empty()) return false;
    if (time(nullptr) - s.st_mtime > kDay) futimens(file, nullptr); // in use; an error is no matter
    bytes.resize(size);
    for (size_t done = 0; done < size;) {
      const ssize_t n = ::read(file, bytes.data() + done, size - done);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return false;
      if (n == 0) bytes.resize(size = done); // it has shrunk: what is left does not agree with its line
      else done += static_cast<size_t>(n);
    }
    return true;
  }

  std::string folder_;
};

} // namespace

std::unique_ptr<RemoteStore> makeDirectoryStore(const Address& address) { return std::make_unique<DirectoryStore>(address.path); }

} // namespace krait::tools::remote
