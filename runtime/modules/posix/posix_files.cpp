// posix: files, directories, descriptors.
#include <cerrno>
#include <climits>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "runtime/memory/alloc.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/object/names.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/struct_sequence.h"

namespace krait::posix {

namespace {

// ---- stat --------------------------------------------------------------------------------------

constinit const char* const statFields[] = {
    "st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", kUnnamedField, kUnnamedField, kUnnamedField,
    "st_atime", "st_mtime", "st_ctime", "st_atime_ns", "st_mtime_ns", "st_ctime_ns", "st_blksize", "st_blocks", "st_rdev"};
constinit const StructSequenceDef statDef = {statFields, 10, 19};
KRAIT_STRUCT_SEQUENCE_TYPE(statResultType, "os.stat_result");

Value statResult(const struct stat& s) {
  auto time = [](const timespec& t) { return newFloat(static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec)); };
  auto ns = [](const timespec& t) { return newInt(t.tv_sec * 1000000000 + t.tv_nsec); };
  Value v[] = {newInt(s.st_mode), newIntUnsigned(s.st_ino), newIntUnsigned(s.st_dev), newIntUnsigned(s.st_nlink),
               newInt(s.st_uid), newInt(s.st_gid), newInt(s.st_size), newInt(s.st_atim.tv_sec), newInt(s.st_mtim.tv_sec),
               newInt(s.st_ctim.tv_sec), time(s.st_atim), time(s.st_mtim), time(s.st_ctim), ns(s.st_atim), ns(s.st_mtim),
               ns(s.st_ctim), newInt(s.st_blksize), newInt(s.st_blocks), newIntUnsigned(s.st_rdev)};
  return newStructSequence(&statResultType, &statDef, v);
}

Value statFunction(Value, const Value* argv) {
  Path path;
  int dir;
  bool follow;
  if (!path.parse(argv[0], "stat", "path", true) || !dirFd(argv[1], &dir) || !flag(argv[2], true, &follow)) return Value();
  if (path.isFd() && dir != AT_FDCWD) return raise(ValueErrorType, "stat: can't specify dir_fd without matching path");
  struct stat s;
  int r;
  {
    Blocking release;
    r = path.isFd() ? fstat(path.fd(), &s) : fstatat(dir, path.text(), &s, follow ? 0 : AT_SYMLINK_NOFOLLOW);
  }
  return r < 0 ? done(r, path) : statResult(s);
}
Value lstatFunction(Value, const Value* argv) {
  Path path;
  int dir;
  if (!path.parse(argv[0], "lstat") || !dirFd(argv[1], &dir)) return Value();
  struct stat s;
  int r = fstatat(dir, path.text(), &s, AT_SYMLINK_NOFOLLOW);
  return r < 0 ? done(r, path) : statResult(s);
}
Value fstatFunction(Value, const Value* argv) {
  int64_t fd;
  struct stat s;
  if (!integer(argv[0], &fd)) return Value();
  return fstat(static_cast<int>(fd), &s) < 0 ? raiseOsError(errno) : statResult(s);
}

constinit const char* const statvfsFields[] = {"f_bsize", "f_frsize", "f_blocks", "f_bfree", "f_bavail",
                                               "f_files", "f_ffree", "f_favail", "f_flag", "f_namemax", "f_fsid"};
constinit const StructSequenceDef statvfsDef = {statvfsFields, 10, 11};
KRAIT_STRUCT_SEQUENCE_TYPE(statvfsResultType, "os.statvfs_result");

Value statvfsResult(const struct statvfs& s) {
  Value v[] = {newIntUnsigned(s.f_bsize), newIntUnsigned(s.f_frsize), newIntUnsigned(s.f_blocks), newIntUnsigned(s.f_bfree),
               newIntUnsigned(s.f_bavail), newIntUnsigned(s.f_files), newIntUnsigned(s.f_ffree), newIntUnsigned(s.f_favail),
               newIntUnsigned(s.f_flag), newIntUnsigned(s.f_namemax), newIntUnsigned(s.f_fsid)};
  return newStructSequence(&statvfsResultType, &statvfsDef, v);
}
Value statvfsFunction(Value, const Value* argv) {
  Path path;
  if (!path.parse(argv[0], "statvfs", "path", true)) return Value();
  struct statvfs s;
  int r = path.isFd() ? fstatvfs(path.fd(), &s) : statvfs(path.text(), &s);
  return r < 0 ? done(r, path) : statvfsResult(s);
}
Value fstatvfsFunction(Value, Value v) {
  int64_t fd;
  struct statvfs s;
  if (!integer(v, &fd)) return Value();
  return fstatvfs(static_cast<int>(fd), &s) < 0 ? raiseOsError(errno) : statvfsResult(s);
}

// ---- directory entries -------------------------------------------------------------------------

struct DirEntryObject {
  Object header;
  Value name, path;
  Value cachedStat, cachedLstat;
  uint64_t inode;
  int dirDescriptor; // scandir(fd): relative to it; -1 otherwise
  uint8_t kind;      // DT_*
};
DirEntryObject* entry(Value v) { return v.as<DirEntryObject>(); }
extern Type dirEntryType, scandirIteratorType;

Value fetchStat(Value self, bool follow) {
  auto* e = entry(self);
  Value& cache = follow ? e->cachedStat : e->cachedLstat;
  if (cache) return newRef(cache);
  Path path;
  if (!path.parse(e->dirDescriptor >= 0 ? e->name : e->path, "stat")) return Value();
  struct stat s;
  int r = fstatat(e->dirDescriptor >= 0 ? e->dirDescriptor : AT_FDCWD, path.text(), &s, follow ? 0 : AT_SYMLINK_NOFOLLOW);
  if (r < 0) return raiseOsError(errno, e->path);
  Value v = statResult(s);
  if (v) assign(cache, newRef(v));
  return v;
}
Value entryStat(Value self, const Value* argv) {
  bool follow;
  if (!flag(argv[0], true, &follow)) return Value();
  if (follow && entry(self)->kind != DT_LNK && entry(self)->kind != DT_UNKNOWN) {
    Value v = fetchStat(self, false);
    if (v && !entry(self)->cachedStat) entry(self)->cachedStat = newRef(v);
    return v;
  }
  return fetchStat(self, follow);
}
Value entryTest(Value self, bool follow, mode_t wanted, uint8_t kind) {
  auto* e = entry(self);
  bool needStat = e->kind == DT_UNKNOWN || (follow && e->kind == DT_LNK);
  if (!needStat) return boolean(e->kind == kind);
  Ref s(fetchStat(self, follow));
  if (!s) return errorClearIf(FileNotFoundErrorType) ? boolean(false) : Value();
  return boolean((toInt64(asTuple(s)->items[0]) & S_IFMT) == wanted);
}
Value entryIsDir(Value self, const Value* argv) {
  bool follow;
  return flag(argv[0], true, &follow) ? entryTest(self, follow, S_IFDIR, DT_DIR) : Value();
}
Value entryIsFile(Value self, const Value* argv) {
  bool follow;
  return flag(argv[0], true, &follow) ? entryTest(self, follow, S_IFREG, DT_REG) : Value();
}
Value entryIsSymlink(Value self) { return entryTest(self, false, S_IFLNK, DT_LNK); }
Value entryInode(Value self) { return newIntUnsigned(entry(self)->inode); }
Value entryFspath(Value self) { return newRef(entry(self)->path); }
Value entryRepr(Value self) { return formatText("<DirEntry %R>", entry(self)->name); }
void entryDealloc(Object* o) {
  auto* e = reinterpret_cast<DirEntryObject*>(o);
  clear(e->name);
  clear(e->path);
  clear(e->cachedStat);
  clear(e->cachedLstat);
  freeObject(o);
}
constinit const MethodDef entryMethods[] = {
    {"is_dir", entryIsDir, "($self, /, *, follow_symlinks=True)"},
    {"is_file", entryIsFile, "($self, /, *, follow_symlinks=True)"},
    {"is_symlink", entryIsSymlink, "($self, /)"},
    {"__class_getitem__", newGenericAlias, nullptr, kMethodClass},
    {"stat", entryStat, "($self, /, *, follow_symlinks=True)"},
    {"inode", entryInode, "($self, /)"},
    {"__fspath__", entryFspath, "($self, /)"},
    {},
};
constinit const MemberDef entryMembers[] = {
    {"name", MemberKind::Object, offsetof(DirEntryObject, name), true},
    {"path", MemberKind::Object, offsetof(DirEntryObject, path), true},
    {},
};
constinit Type dirEntryType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "posix.DirEntry",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &dirEntryType, .size = sizeof(DirEntryObject)},
    .dealloc = entryDealloc,
    .repr = entryRepr,
    .methods = entryMethods,
    .members = entryMembers,
};

struct ScandirObject {
  Object header;
  Value path; // as given (str or bytes), or the descriptor
  DIR* dir;
  bool bytes;
  int fd;     // given descriptor, or -1
};
ScandirObject* scan(Value v) { return v.as<ScandirObject>(); }

void closeScan(ScandirObject* s) {
  if (!s->dir) return;
  if (s->fd >= 0) rewinddir(s->dir);
  closedir(s->dir);
  s->dir = nullptr;
}

Value scanNext(Value self) {
  auto* s = scan(self);
  while (s->dir) {
    errno = 0;
    dirent* d = readdir(s->dir);
    if (!d) {
      int code = errno;
      closeScan(s);
      return code ? raiseOsError(code, s->path) : Value();
    }
    std::string name = d->d_name;
    if (name == "." || name == "..") continue;
    Object* o = newObject(&dirEntryType.instanceLayout);
    if (!o) return Value();
    Ref result{Value(o)};
    auto* e = reinterpret_cast<DirEntryObject*>(o);
    e->inode = d->d_ino;
    e->kind = d->d_type;
    e->dirDescriptor = s->fd;
    e->name = pathText(name, s->bytes);
    if (s->fd >= 0) {
      e->path = xnewRef(e->name);
    } else {
      Path base;
      if (!base.parse(s->path, "scandir")) return Value();
      std::string full = base.text();
      if (full.empty() || full.back() != '/') full += '/';
      e->path = pathText(full + name, s->bytes);
    }
    return e->name && e->path ? result.release() : Value();
  }
  return Value();
}
Value scanSelf(Value self) { return newRef(self); }
Value scanClose(Value self) {
  closeScan(scan(self));
  return newRef(none());
}
Value scanExit(Value self, const Args&) { return scanClose(self); }
void scanDealloc(Object* o) {
  auto* s = reinterpret_cast<ScandirObject*>(o);
  if (s->dir) {
    Ref pending = errorTake();
    if (warn(ResourceWarningType, 1, "unclosed scandir iterator %R", Value(o)) < 0) errorUnraisable(nullptr, Value());
    if (pending) errorRestore(pending.release());
  }
  closeScan(s);
  clear(s->path);
  freeObject(o);
}
constinit const MethodDef scanMethods[] = {
    {"__enter__", scanSelf}, {"__exit__", scanExit}, {"close", scanClose}, {},
};
constinit Type scandirIteratorType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "posix.ScandirIterator",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &scandirIteratorType, .size = sizeof(ScandirObject)},
    .dealloc = scanDealloc,
    .iter = scanSelf,
    .next = scanNext,
    .methods = scanMethods,
};

/// The errors of a few calls do not name a descriptor.
Value doneUnlessFd(int r, const Path& path) { return path.isFd() ? done(r) : done(r, path); }

DIR* openFolder(const Path& path) {
  if (!path.isFd()) return opendir(path.text());
  const int copy = fcntl(path.fd(), F_DUPFD_CLOEXEC, 0);
  DIR* dir = copy < 0 ? nullptr : fdopendir(copy);
  if (!dir && copy >= 0) close(copy);
  return dir;
}

Value scandirFunction(Value, const Value* argv) {
  Path path;
  if (!path.parse(argv[0], "scandir", "path", true, true)) return Value();
  DIR* dir = openFolder(path);
  if (!dir) return doneUnlessFd(-1, path);
  Object* o = newObject(&scandirIteratorType.instanceLayout);
  if (!o) return Value();
  auto* s = reinterpret_cast<ScandirObject*>(o);
  s->dir = dir;
  s->fd = path.fd();
  s->bytes = path.isBytes();
  s->path = argv[0] && !isNone(argv[0]) ? newRef(argv[0]) : newStr(".");
  return Value(o);
}

Value listdirFunction(Value, const Value* argv) {
  Path path;
  if (!path.parse(argv[0], "listdir", "path", true, true)) return Value();
  DIR* dir = openFolder(path);
  if (!dir) return doneUnlessFd(-1, path);
  Ref list(newList(0));
  while (list) {
    errno = 0;
    dirent* d = readdir(dir);
    if (!d) break;
    std::string name = d->d_name;
    if (name == "." || name == "..") continue;
    Ref text(pathText(name, path.isBytes()));
    if (!text || listAppend(list, text) < 0) list.reset();
  }
  if (path.isFd()) rewinddir(dir);
  closedir(dir);
  return list.release();
}

// ---- names -------------------------------------------------------------------------------------

Value mkdirFunction(Value, const Value* argv) {
  Path path;
  int dir;
  int64_t mode = 0777;
  if (!path.parse(argv[0], "mkdir") || (argv[1] && !integer(argv[1], &mode)) || !dirFd(argv[2], &dir)) return Value();
  return done(mkdirat(dir, path.text(), static_cast<mode_t>(mode)), path);
}
Value removeAt(const Value* argv, const char* name, int flags) {
  Path path;
  int dir;
  if (!path.parse(argv[0], name) || !dirFd(argv[1], &dir)) return Value();
  return done(unlinkat(dir, path.text(), flags), path);
}
Value rmdirFunction(Value, const Value* argv) { return removeAt(argv, "rmdir", AT_REMOVEDIR); }
Value unlinkFunction(Value, const Value* argv) { return removeAt(argv, "unlink", 0); }
Value removeFunction(Value, const Value* argv) { return removeAt(argv, "remove", 0); }

Value renameAs(const char* function, const Value* argv) {
  Path from, to;
  int fromDir, toDir;
  if (!from.parse(argv[0], function, "src") || !to.parse(argv[1], function, "dst") || !dirFd(argv[2], &fromDir) || !dirFd(argv[3], &toDir))
    return Value();
  if (renameat(fromDir, from.text(), toDir, to.text()) < 0) return raiseOsError(errno, from.object(), to.object());
  return newRef(none());
}
Value renameFunction(Value, const Value* argv) { return renameAs("rename", argv); }
Value replaceFunction(Value, const Value* argv) { return renameAs("replace", argv); }
Value linkFunction(Value, const Value* argv) {
  Path from, to;
  int fromDir, toDir;
  bool follow;
  if (!from.parse(argv[0], "link", "src") || !to.parse(argv[1], "link", "dst") || !dirFd(argv[2], &fromDir) || !dirFd(argv[3], &toDir) ||
      !flag(argv[4], true, &follow))
    return Value();
  if (linkat(fromDir, from.text(), toDir, to.text(), follow ? AT_SYMLINK_FOLLOW : 0) < 0) return raiseOsError(errno, from.object(), to.object());
  return newRef(none());
}
Value symlinkFunction(Value, const Value* argv) {
  Path from, to;
  int dir;
  if (!from.parse(argv[0], "symlink", "src") || !to.parse(argv[1], "symlink", "dst") || !dirFd(argv[3], &dir)) return Value();
  if (symlinkat(from.text(), dir, to.text()) < 0) return raiseOsError(errno, from.object(), to.object());
  return newRef(none());
}
Value readlinkFunction(Value, const Value* argv) {
  Path path;
  int dir;
  if (!path.parse(argv[0], "readlink") || !dirFd(argv[1], &dir)) return Value();
  char buffer[PATH_MAX + 1];
  ssize_t n = readlinkat(dir, path.text(), buffer, PATH_MAX);
  return n < 0 ? done(-1, path) : pathText(std::string(buffer, static_cast<size_t>(n)), path.isBytes());
}
Value chmodFunction(Value, const Value* argv) {
  Path path;
  int dir;
  int64_t mode;
  bool follow;
  if (!path.parse(argv[0], "chmod", "path", true) || !integer(argv[1], &mode) || !dirFd(argv[2], &dir) || !flag(argv[3], true, &follow))
    return Value();
  auto m = static_cast<mode_t>(mode);
  const int status = path.isFd() ? fchmod(path.fd(), m) : fchmodat(dir, path.text(), m, follow ? 0 : AT_SYMLINK_NOFOLLOW);
  if (status < 0 && !follow && errno == EOPNOTSUPP) { // of links themselves
    if (dir != AT_FDCWD) return raise(ValueErrorType, "chmod: cannot use dir_fd and follow_symlinks together");
    return raise(NotImplementedErrorType, "chmod: follow_symlinks unavailable on this platform");
  }
  return done(status, path);
}
Value fchmodFunction(Value, const Value* argv) {
  int64_t fd, mode;
  return integer(argv[0], &fd) && integer(argv[1], &mode) ? done(fchmod(static_cast<int>(fd), static_cast<mode_t>(mode))) : Value();
}
Value accessFunction(Value, const Value* argv) {
  Path path;
  int dir;
  int64_t mode;
  bool effective, follow;
  if (!path.parse(argv[0], "access") || !integer(argv[1], &mode) || !dirFd(argv[2], &dir) || !flag(argv[3], false, &effective) ||
      !flag(argv[4], true, &follow))
    return Value();
  return boolean(faccessat(dir, path.text(), static_cast<int>(mode), (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW)) == 0);
}
Value truncateFunction(Value, const Value* argv) {
  Path path;
  int64_t n;
  if (!path.parse(argv[0], "truncate", "path", true) || !integer(argv[1], &n)) return Value();
  return doneUnlessFd(path.isFd() ? ftruncate(path.fd(), n) : truncate(path.text(), n), path);
}
Value mkfifoFunction(Value, const Value* argv) {
  Path path;
  int dir;
  int64_t mode = 0666;
  if (!path.parse(argv[0], "mkfifo") || (argv[1] && !integer(argv[1], &mode)) || !dirFd(argv[2], &dir)) return Value();
  return done(mkfifoat(dir, path.text(), static_cast<mode_t>(mode)));
}

/// A time argument as seconds and nanoseconds.
bool timeArgument(Value v, bool nanoseconds, timespec* out) {
  if (nanoseconds) {
    int64_t n;
    if (!integer(v, &n)) return false;
    int64_t s = n / 1000000000, rest = n % 1000000000;
    if (rest < 0) rest += 1000000000, --s;
    *out = {s, rest};
    return true;
  }
  double d = toDouble(v);
  if (d == -1.0 && errorSet()) return false;
  double whole = std::floor(d);
  *out = {static_cast<time_t>(whole), static_cast<long>((d - whole) * 1e9)};
  return true;
}
Value utimeFunction(Value, const Value* argv) {
  Path path;
  int dir;
  bool follow;
  if (!path.parse(argv[0], "utime", "path", true) || !dirFd(argv[3], &dir) || !flag(argv[4], true, &follow)) return Value();
  bool haveTimes = argv[1] && !isNone(argv[1]), haveNs = argv[2] != Value();
  if (haveTimes && haveNs) return raise(ValueErrorType, "utime: you may specify either 'times' or 'ns' but not both");
  timespec t[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
  if (haveTimes || haveNs) {
    Value pair = haveTimes ? argv[1] : argv[2];
    if (!isTuple(pair) || asTuple(pair)->size != 2)
      return raise(TypeErrorType, haveTimes ? "utime: 'times' must be either a tuple of two ints or None" : "utime: 'ns' must be a tuple of two ints");
    if (!timeArgument(asTuple(pair)->items[0], haveNs, &t[0]) || !timeArgument(asTuple(pair)->items[1], haveNs, &t[1])) return Value();
  }
  return done(path.isFd() ? futimens(path.fd(), t) : utimensat(dir, path.text(), t, follow ? 0 : AT_SYMLINK_NOFOLLOW));
}

Value getcwdFunction(Value) {
  char buffer[PATH_MAX + 1];
  return getcwd(buffer, sizeof buffer) ? decodeFileSystem(buffer, strlen(buffer)) : raiseOsError(errno);
}
Value getcwdbFunction(Value) {
  char buffer[PATH_MAX + 1];
  return getcwd(buffer, sizeof buffer) ? newBytes(buffer, strlen(buffer)) : raiseOsError(errno);
}
Value chdirFunction(Value, const Value* argv) {
  Path path;
  if (!path.parse(argv[0], "chdir", "path", true)) return Value();
  return done(path.isFd() ? fchdir(path.fd()) : chdir(path.text()), path);
}
Value fspathFunction(Value, const Value* argv) { return fsPath(argv[0]); }

/// Normal form of a path, as posixpath.normpath defines it.
Value normpathFunction(Value, const Value* argv) {
  if (!isStr(argv[0])) return raise(TypeErrorType, "_path_normpath() argument 'path' must be str, not %.50T", argv[0]);
  Ref bytes(encodeStr(argv[0], "utf-8", "surrogatepass"));
  if (!bytes) return Value();
  std::string_view p = bytesView(bytes);
  std::string out;
  size_t slashes = 0;
  while (slashes < p.size() && p[slashes] == '/') ++slashes;
  size_t lead = slashes == 2 ? 2 : slashes ? 1 : 0;
  std::string parts;
  for (size_t i = slashes; i < p.size();) {
    size_t end = p.find('/', i);
    if (end == std::string_view::npos) end = p.size();
    std::string_view part = p.substr(i, end - i);
    i = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      size_t cut = parts.rfind('/');
      std::string_view last = cut == std::string::npos ? std::string_view(parts) : std::string_view(parts).substr(cut + 1);
      if (!parts.empty() && last != "..") {
        parts.resize(cut == std::string::npos ? 0 : cut);
        continue;
      }
      if (parts.empty() && lead) continue;
    }
    if (!parts.empty()) parts += '/';
    parts += part;
  }
  out = std::string(lead, '/') + parts;
  if (out.empty()) out = ".";
  return decodeBytes(reinterpret_cast<const uint8_t*>(out.data()), out.size(), "utf-8", "surrogatepass");
}

// ---- descriptors -------------------------------------------------------------------------------

Value openFunction(Value, const Value* argv) {
  Path path;
  int dir;
  int64_t flags, mode = 0777;
  if (!path.parse(argv[0], "open") || !integer(argv[1], &flags) || (argv[2] && !integer(argv[2], &mode)) || !dirFd(argv[3], &dir)) return Value();
  int fd;
  do {
    Blocking release;
    fd = openat(dir, path.text(), static_cast<int>(flags) | O_CLOEXEC, static_cast<mode_t>(mode));
  } while (fd < 0 && errno == EINTR && servePoll() == 0);
  if (errorSet()) return Value();
  return fd < 0 ? done(-1, path) : newInt(fd);
}
Value closeFunction(Value, const Value* argv) {
  int64_t fd;
  if (!integer(argv[0], &fd)) return Value();
  int r = close(static_cast<int>(fd));
  return r < 0 && errno != EINTR ? raiseOsError(errno) : newRef(none());
}
Value closerangeFunction(Value, const Value* argv) {
  int64_t low, high;
  if (!integer(argv[0], &low) || !integer(argv[1], &high)) return Value();
  for (int64_t fd = std::max<int64_t>(low, 0); fd < high; ++fd) close(static_cast<int>(fd));
  return newRef(none());
}
Value readFunction(Value, const Value* argv) {
  int64_t fd, n;
  if (!integer(argv[0], &fd) || !integer(argv[1], &n)) return Value();
  if (n < 0) return raiseOsError(EINVAL);
  std::string buffer(static_cast<size_t>(n), '\0');
  for (;;) {
    ssize_t r;
    {
      Blocking release;
      r = read(static_cast<int>(fd), buffer.data(), buffer.size());
    }
    if (r >= 0) return newBytes(buffer.data(), static_cast<size_t>(r));
    if (errno != EINTR) return raiseOsError(errno);
    if (servePoll() < 0) return Value();
  }
}
Value writeFunction(Value, const Value* argv) {
  int64_t fd;
  Buffer view;
  if (!integer(argv[0], &fd) || getBuffer(argv[1], &view, kBufferSimple) < 0) return Value();
  Value result;
  for (;;) {
    ssize_t r;
    {
      Blocking release;
      r = write(static_cast<int>(fd), view.data, static_cast<size_t>(view.bytes));
    }
    if (r >= 0) result = newInt(r);
    else if (errno != EINTR) raiseOsError(errno);
    else if (servePoll() == 0) continue;
    break;
  }
  releaseBuffer(&view);
  return result;
}
Value lseekFunction(Value, const Value* argv) {
  int64_t fd, to, whence;
  if (!integer(argv[0], &fd) || !integer(argv[1], &to) || !integer(argv[2], &whence)) return Value();
  off_t r = lseek(static_cast<int>(fd), to, static_cast<int>(whence));
  return r < 0 ? raiseOsError(errno) : newInt(r);
}
Value dupFunction(Value, const Value* argv) {
  int64_t fd;
  if (!integer(argv[0], &fd)) return Value();
  int r = fcntl(static_cast<int>(fd), F_DUPFD_CLOEXEC, 0);
  return r < 0 ? raiseOsError(errno) : newInt(r);
}
Value dup2Function(Value, const Value* argv) {
  int64_t fd, to;
  bool inheritable;
  if (!integer(argv[0], &fd) || !integer(argv[1], &to) || !flag(argv[2], true, &inheritable)) return Value();
  int r = inheritable ? dup2(static_cast<int>(fd), static_cast<int>(to)) : dup3(static_cast<int>(fd), static_cast<int>(to), O_CLOEXEC);
  return r < 0 ? raiseOsError(errno) : newInt(r);
}
Value pipeWith(int flags) {
  int fds[2];
  if (pipe2(fds, flags) < 0) return raiseOsError(errno);
  return newTuple({Value::ofSmallInt(fds[0]), Value::ofSmallInt(fds[1])});
}
Value pipeFunction(Value) { return pipeWith(O_CLOEXEC); }
Value pipe2Function(Value, Value flags) {
  int64_t f;
  return integer(flags, &f) ? pipeWith(static_cast<int>(f)) : Value();
}
Value isattyFunction(Value, Value v) {
  int64_t fd;
  return integer(v, &fd) ? boolean(isatty(static_cast<int>(fd))) : Value();
}
Value ttynameFunction(Value, Value v) {
  int64_t fd;
  char name[256];
  if (!integer(v, &fd)) return Value();
  int r = ttyname_r(static_cast<int>(fd), name, sizeof name);
  return r ? raiseOsError(r) : decodeFileSystem(name, strlen(name));
}
Value fsyncFunction(Value, const Value* argv) {
  int64_t fd;
  if (!integer(argv[0], &fd)) return Value();
  Blocking release;
  return done(fsync(static_cast<int>(fd)));
}
Value ftruncateFunction(Value, const Value* argv) {
  int64_t fd, n;
  return integer(argv[0], &fd) && integer(argv[1], &n) ? done(ftruncate(static_cast<int>(fd), n)) : Value();
}
Value getInheritable(Value, const Value* argv) {
  int64_t fd;
  if (!integer(argv[0], &fd)) return Value();
  int r = fcntl(static_cast<int>(fd), F_GETFD);
  return r < 0 ? raiseOsError(errno) : boolean(!(r & FD_CLOEXEC));
}
Value setInheritable(Value, const Value* argv) {
  int64_t fd, on;
  if (!integer(argv[0], &fd) || !integer(argv[1], &on)) return Value();
  int r = fcntl(static_cast<int>(fd), F_GETFD);
  return r < 0 ? raiseOsError(errno) : done(fcntl(static_cast<int>(fd), F_SETFD, on ? r & ~FD_CLOEXEC : r | FD_CLOEXEC));
}
Value getBlocking(Value, const Value* argv) {
  int64_t fd;
  if (!integer(argv[0], &fd)) return Value();
  int r = fcntl(static_cast<int>(fd), F_GETFL);
  return r < 0 ? raiseOsError(errno) : boolean(!(r & O_NONBLOCK));
}
Value setBlocking(Value, const Value* argv) {
  int64_t fd;
  bool on;
  if (!integer(argv[0], &fd) || !flag(argv[1], false, &on)) return Value();
  int r = fcntl(static_cast<int>(fd), F_GETFL);
  return r < 0 ? raiseOsError(errno) : done(fcntl(static_cast<int>(fd), F_SETFL, on ? r & ~O_NONBLOCK : r | O_NONBLOCK));
}
Value deviceEncoding(Value, const Value* argv) {
  int64_t fd;
  if (!integer(argv[0], &fd)) return Value();
  return isatty(static_cast<int>(fd)) ? newStr("UTF-8") : newRef(none());
}

constinit const char* const terminalFields[] = {"columns", "lines"};
constinit const StructSequenceDef terminalDef = {terminalFields, 2, 2};
KRAIT_STRUCT_SEQUENCE_TYPE(terminalSizeType, "os.terminal_size");
Value terminalSize(Value, const Value* argv) {
  int64_t fd = 1;
  if (argv[0] && !integer(argv[0], &fd)) return Value();
  winsize w;
  if (ioctl(static_cast<int>(fd), TIOCGWINSZ, &w) < 0) return raiseOsError(errno);
  Value v[] = {newInt(w.ws_col), newInt(w.ws_row)};
  return newStructSequence(&terminalSizeType, &terminalDef, v);
}

template <unsigned (*Part)(dev_t)> Value devicePart(Value, Value v) {
  int64_t d;
  if (!integer(v, &d)) return Value();
  return d < 0 ? raise(OverflowErrorType, "can't convert negative int to unsigned") : newInt(Part(static_cast<dev_t>(d)));
}
unsigned majorOf(dev_t d) { return major(d); }
unsigned minorOf(dev_t d) { return minor(d); }

} // namespace

constinit const MethodDef fileMethods[] = {
    {"stat", statFunction, "(path, *, dir_fd=None, follow_symlinks=True)"},
    {"lstat", lstatFunction, "($module, /, path, *, dir_fd=None)"},
    {"fstat", fstatFunction, "($module, /, fd)"},
    {"statvfs", statvfsFunction, "($module, /, path)"},
    {"fstatvfs", fstatvfsFunction, "($module, fd, /)"},
    {"scandir", scandirFunction, "($module, /, path=None)"},
    {"listdir", listdirFunction, "($module, /, path=None)"},
    {"mkdir", mkdirFunction, "($module, /, path, mode=511, *, dir_fd=None)"},
    {"rmdir", rmdirFunction, "($module, /, path, *, dir_fd=None)"},
    {"unlink", unlinkFunction, "($module, /, path, *, dir_fd=None)"},
    {"remove", removeFunction, "($module, /, path, *, dir_fd=None)"},
    {"rename", renameFunction, "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)"},
    {"replace", replaceFunction, "($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)"},
    {"link", linkFunction, "(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)"},
    {"symlink", symlinkFunction, "($module, /, src, dst, target_is_directory=False, *, dir_fd=None)"},
    {"readlink", readlinkFunction, "($module, /, path, *, dir_fd=None)"},
    {"chmod", chmodFunction, "($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)"},
    {"fchmod", fchmodFunction, "($module, /, fd, mode)"},
    {"access", accessFunction, "(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)"},
    {"truncate", truncateFunction, "($module, /, path, length)"},
    {"mkfifo", mkfifoFunction, "($module, /, path, mode=438, *, dir_fd=None)"},
    {"utime", utimeFunction, "(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True)"},
    {"getcwd", getcwdFunction, "($module, /)"},
    {"getcwdb", getcwdbFunction, "($module, /)"},
    {"chdir", chdirFunction, "($module, /, path)"},
    {"fchdir", chdirFunction, "($module, /, fd)"},
    {"fspath", fspathFunction, "($module, /, path)"},
    {"_path_normpath", normpathFunction, "($module, /, path)"},
    {"open", openFunction, "($module, /, path, flags, mode=511, *, dir_fd=None)"},
    {"close", closeFunction, "(fd)"},
    {"closerange", closerangeFunction, "($module, fd_low, fd_high, /)"},
    {"read", readFunction, "($module, fd, length, /)"},
    {"write", writeFunction, "($module, fd, data, /)"},
    {"lseek", lseekFunction, "($module, fd, position, how, /)"},
    {"dup", dupFunction, "($module, fd, /)"},
    {"dup2", dup2Function, "($module, /, fd, fd2, inheritable=True)"},
    {"pipe", pipeFunction, "($module, /)"},
    {"pipe2", pipe2Function, "($module, flags, /)"},
    {"isatty", isattyFunction, "($module, fd, /)"},
    {"ttyname", ttynameFunction, "($module, fd, /)"},
    {"fsync", fsyncFunction, "($module, /, fd)"},
    {"fdatasync", fsyncFunction, "($module, /, fd)"},
    {"ftruncate", ftruncateFunction, "($module, fd, length, /)"},
    {"get_inheritable", getInheritable, "($module, fd, /)"},
    {"set_inheritable", setInheritable, "($module, fd, inheritable, /)"},
    {"get_blocking", getBlocking, "($module, fd, /)"},
    {"set_blocking", setBlocking, "($module, fd, blocking, /)"},
    {"device_encoding", deviceEncoding, "($module, /, fd)"},
    {"get_terminal_size", terminalSize, "($module, fd=<unrepresentable>, /)"},
    {"major", devicePart<majorOf>, "($module, device, /)"},
    {"minor", devicePart<minorOf>, "($module, device, /)"},
    {},
};

int32_t addFileTypes(Value module) {
  structSequenceReady(&statResultType, &statDef);
  structSequenceReady(&statvfsResultType, &statvfsDef);
  structSequenceReady(&terminalSizeType, &terminalDef);
  for (Type* t : {&statResultType, &statvfsResultType, &terminalSizeType, &dirEntryType})
    if (moduleAddType(module, t) < 0) return -1;
  return 0;
}

} // namespace krait::posix
