// What the files of the posix module share.
#pragma once
#include <fcntl.h>
#include <string>
#include "runtime/object/protocol.h"

namespace krait::posix {

/// A path argument: text for the system call, or a descriptor where one is allowed.
class Path {
public:
  /// `allowFd`: an int is a descriptor. `allowNone`: None is ".". False with an error set.
  bool parse(Value v, const char* function, const char* argument = "path", bool allowFd = false, bool allowNone = false);
  const char* text() const { return text_.c_str(); }
  int fd() const { return fd_; }
  bool isFd() const { return fd_ >= 0; }
  bool isBytes() const { return bytes_; }
  Value object() const { return object_; }

private:
  std::string text_;
  int fd_ = -1;
  bool bytes_ = false;
  Value object_; // as given, borrowed
};

/// dir_fd argument: AT_FDCWD when absent. False with an error set.
bool dirFd(Value v, int* out);
/// bool argument with a default.
bool flag(Value v, bool fallback, bool* out);
bool integer(Value v, int64_t* out);
/// Result of a call that returns -1 and errno: None or OSError with the path.
Value done(int r, const Path& path);
Value done(int r);
/// Text from the system as str, or bytes if the argument was bytes.
Value pathText(const std::string& s, bool bytes);

extern const MethodDef fileMethods[];
extern const MethodDef processMethods[];
int32_t addFileTypes(Value module);
int32_t addProcessParts(Value module);
int32_t addConstants(Value module);

} // namespace krait::posix
