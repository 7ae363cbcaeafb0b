// What the files of the posix module share.
#pragma once
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <string>
#include <string_view>
#include <vector>
#include "runtime/object/protocol.h"

namespace krait::posix {

/// A path argument: text for the system call, or a descriptor where one is allowed.
class Path {
public:
  /// `allowFd`: an int is a descriptor. `allowNone`: None is ".". False with an error set.
  bool parse(Value v, const char* function, const char* argument = "path", bool allowFd = false, bool allowNone = false);
  /// Ends with a null; as long as the Path lives. Null for a negative descriptor.
  const char* text() const { return chars_; }
  int fd() const { return fd_; }
  bool isFd() const { return fd_ != -1; }
  bool isBytes() const { return bytes_; }
  Value object() const { return object_; }

private:
  const char* chars_ = "";
  int fd_ = -1;
  bool bytes_ = false;
  bool parseDescriptor(Value v, bool allowNone);
  Ref object_; // for errors: as given, or what its __fspath__ said
  Ref encoded_; // unless the object itself has the characters
};

/// dir_fd argument: AT_FDCWD when absent. False with an error set.
bool dirFd(Value v, int* out);
/// bool argument with a default.
bool flag(Value v, bool fallback, bool* out);
/// False with an error set: of a descriptor (but, as in CPython, of 0) no link can be left unfollowed.
bool mayFollow(const Path& path, bool follow, const char* function);
/// A C long, as sizes and offsets of files are. False with an error set.
bool integer(Value v, int64_t* out);
/// A device: what fits an unsigned C long long.
bool deviceArgument(Value v, uint64_t* out);
/// Result of a call that returns -1 and errno: None or OSError with the path.
Value done(int r, const Path& path);
Value done(int r);
/// The errors of a few calls do not name a descriptor.
inline Value doneUnlessFd(int r, const Path& path) { return path.isFd() ? done(r) : done(r, path); }
/// Behind a call with a path of the folder `dir` that has failed: nothing is there, and an embedded file may be meant (embedded_files.h). errno
/// stays.
inline bool isMissing(int dir) { return dir == AT_FDCWD && (errno == ENOENT || errno == ENOTDIR); }
/// os.stat_result.
Value statResult(const struct stat& s);
/// Text from the system as str, or bytes if the argument was bytes.
Value pathText(std::string_view s, bool bytes);

/// What os.register_at_fork registered.
enum class ForkPhase { Before, InParent, InChild };
void runForkHooks(ForkPhase phase);

/// A sequence of paths as C strings; a list or tuple of arguments, which `what` names in errors; a mapping as "key=value". False with an
/// error.
bool pathVector(Value sequence, std::vector<std::string>* out);
bool stringVector(Value sequence, const char* what, std::vector<std::string>* out);
bool environmentVector(Value mapping, std::vector<std::string>* out);
/// For exec: null-terminated, valid while `v` is.
std::vector<char*> pointers(std::vector<std::string>& v);
/// Whether one of the arguments mentions this executable (startup/own_executable.h).
bool startsOwnExecutable(const std::vector<std::string>& arguments);

extern const MethodDef statMethods[], folderMethods[], fileMethods[], openFileMethods[], processMethods[], descriptorMethods[],
    identityMethods[], configurationMethods[], spawnMethods[], ownershipMethods[];
int32_t addIdentityTypes(Value module);
int32_t addConfigurationNames(Value module);
int32_t addSpawnTypes(Value module);
int32_t addStatTypes(Value module);
int32_t addFolderTypes(Value module);
int32_t addDescriptorTypes(Value module);
int32_t addProcessParts(Value module);
int32_t addConstants(Value module);

} // namespace krait::posix
