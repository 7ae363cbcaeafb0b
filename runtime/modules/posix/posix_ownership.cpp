// posix: owners of files, special files, and the root folder.
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/modules/id_argument.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/object/audit.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/arguments.h"

namespace krait::posix {
namespace {

bool ownerArguments(const Value* argv, uint32_t* user, uint32_t* group) {
  return idArgument(argv[0], "uid", user) && idArgument(argv[1], "gid", group);
}

Value chownFunction(Value, const Value* argv) {
  Path path;
  int dir;
  uint32_t user, group;
  bool follow;
  if (!path.parse(argv[0], "chown", "path", true) || !ownerArguments(argv + 1, &user, &group) || !dirFd(argv[3], &dir) ||
      !flag(argv[4], true, &follow))
    return Value();
  if (path.isFd() && dir != AT_FDCWD) return raise(ValueErrorType, "chown: can't specify both dir_fd and fd");
  if (!mayFollow(path, follow, "chown")) return Value();
  return done(path.isFd() ? fchown(path.fd(), user, group) : fchownat(dir, path.text(), user, group, follow ? 0 : AT_SYMLINK_NOFOLLOW), path);
}
Value fchownFunction(Value, const Value* argv) {
  int fd = 0;
  uint32_t user, group;
  return intArgument(argv[0], &fd) && ownerArguments(argv + 1, &user, &group) ? done(fchown(fd, user, group)) : Value();
}
Value lchownFunction(Value, const Value* argv) {
  Path path;
  uint32_t user, group;
  return path.parse(argv[0], "lchown") && ownerArguments(argv + 1, &user, &group) ? done(lchown(path.text(), user, group), path) : Value();
}
Value mknodFunction(Value, const Value* argv) {
  Path path;
  int mode = 0600, dir;
  uint64_t device = 0;
  if (!path.parse(argv[0], "mknod") || !intArgument(argv[1], &mode) || (argv[2] && !deviceArgument(argv[2], &device)) || !dirFd(argv[3], &dir))
    return Value();
  return done(mknodat(dir, path.text(), static_cast<mode_t>(mode), device));
}
Value chrootFunction(Value, const Value* argv) {
  Path path;
  return path.parse(argv[0], "chroot") ? done(chroot(path.text()), path) : Value();
}

} // namespace

constinit const MethodDef ownershipMethods[] = {
    {"chown", audited<"os.chown", "0 1 2 3d", chownFunction>, "($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)"},
    {"fchown", audited<"os.chown", "0 1 2 x", fchownFunction>, "($module, /, fd, uid, gid)"},
    {"lchown", audited<"os.chown", "0 1 2 x", lchownFunction>, "($module, /, path, uid, gid)"},
    {"mknod", mknodFunction, "($module, /, path, mode=384, device=0, *, dir_fd=None)"},
    {"chroot", chrootFunction, "($module, /, path)"},
    {},
};

} // namespace krait::posix
