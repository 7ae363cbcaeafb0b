// posix: what is in a folder: scandir with its entries, which remember what stat said, and listdir.
#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/exceptions/warnings.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/unlisted.h"
#include "runtime/modules/embedded_files.h"
#include "runtime/modules/posix/posix_shared.h"
#include "runtime/object/audit.h"
#include "runtime/types/function.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::posix {

namespace {

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
  if (r < 0 && !(e->dirDescriptor < 0 && errno == ENOENT && statEmbedded(path.text(), &s))) return raiseOsError(errno, e->path);
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
    .flags = kTypeDisallowInstantiation | kTypeOwnModule | kTypeChangeable,
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
  std::vector<EmbeddedEntry>* embedded; // those that come last, backwards; null: none
  std::string* folder; // what stands before the names in the entries' paths; null: they have the names alone
};
ScandirObject* scan(Value v) { return v.as<ScandirObject>(); }

void closeScan(ScandirObject* s) {
  if (!s->dir) return;
  if (s->fd >= 0) rewinddir(s->dir);
  closedir(s->dir);
  s->dir = nullptr;
  --unlistedOpen;
}

Value makeEntry(const ScandirObject* s, std::string_view name, uint64_t inode, uint8_t kind) {
  Object* o = newObject(&dirEntryType.instanceLayout);
  if (!o) return Value();
  Ref result{Value(o)};
  auto* e = reinterpret_cast<DirEntryObject*>(o);
  e->inode = inode;
  e->kind = kind;
  e->dirDescriptor = s->fd;
  e->name = pathText(name, s->bytes);
  if (!s->folder) {
    e->path = xnewRef(e->name);
  } else {
    const size_t length = s->folder->size();
    e->path = pathText(s->folder->append(name), s->bytes);
    s->folder->resize(length);
  }
  return e->name && e->path ? result.release() : Value();
}

Value scanNext(Value self) {
  auto* s = scan(self);
  while (s->dir) {
    errno = 0;
    dirent* d = readdir(s->dir);
    if (!d) {
      int code = errno;
      closeScan(s);
      if (code) return raiseOsError(code, s->path);
      break;
    }
    const std::string_view name = d->d_name;
    if (name != "." && name != "..") return makeEntry(s, name, d->d_ino, d->d_type);
  }
  if (!s->embedded || s->embedded->empty()) return Value();
  const EmbeddedEntry last = std::move(s->embedded->back());
  s->embedded->pop_back();
  return makeEntry(s, last.name, 0, last.isFolder ? DT_DIR : DT_REG);
}
Value scanSelf(Value self) { return newRef(self); }
Value scanClose(Value self) {
  closeScan(scan(self));
  if (scan(self)->embedded) scan(self)->embedded->clear();
  return newRef(none());
}
Value scanExit(Value self, const Args&) { return scanClose(self); }
void scanDealloc(Object* o) {
  auto* s = reinterpret_cast<ScandirObject*>(o);
  if (s->dir) {
    o->refs = 1; // the warning holds it, maybe for longer
    warnOfUnclosed(Value(o), "unclosed scandir iterator %R", Value(o));
    closeScan(s);
    if (--o->refs > 0) return;
  }
  delete s->embedded;
  delete s->folder;
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
    .flags = kTypeDisallowInstantiation | kTypeOwnModule | kTypeChangeable,
    .instanceLayout = {.type = &scandirIteratorType, .size = sizeof(ScandirObject)},
    .dealloc = scanDealloc,
    .iter = scanSelf,
    .next = scanNext,
    .methods = scanMethods,
};

DIR* openFolder(const Path& path) {
  if (!path.isFd()) return opendir(path.text());
  const int copy = fcntl(path.fd(), F_DUPFD_CLOEXEC, 0);
  DIR* dir = copy < 0 ? nullptr : fdopendir(copy);
  if (!dir && copy >= 0) close(copy);
  return dir;
}

/// What is in the executable of the folder, and not on the disk.
std::vector<EmbeddedEntry> embeddedIn(const Path& path) {
  if (path.isFd() || !hasEmbeddedFiles()) return {};
  std::vector<EmbeddedEntry> entries = embeddedEntries(path.text());
  std::erase_if(entries, [&](const EmbeddedEntry& e) { return access((std::string(path.text()) + '/' + e.name).c_str(), F_OK) == 0; });
  return entries;
}

Value scandirFunction(Value, const Value* argv) {
  Path path;
  if (!path.parse(argv[0], "scandir", "path", true, true)) return Value();
  DIR* dir = openFolder(path);
  const int code = errno;
  std::vector<EmbeddedEntry> embedded = embeddedIn(path);
  errno = code;
  if (!dir && embedded.empty()) return doneUnlessFd(-1, path);
  Object* o = newObject(&scandirIteratorType.instanceLayout);
  if (!o) return Value();
  auto* s = reinterpret_cast<ScandirObject*>(o);
  s->dir = dir;
  if (dir) ++unlistedOpen;
  s->embedded = embedded.empty() ? nullptr : new std::vector<EmbeddedEntry>(embedded.rbegin(), embedded.rend());
  s->fd = path.fd();
  s->bytes = path.isBytes();
  s->path = argv[0] && !isNone(argv[0]) ? newRef(path.object()) : newStr(".");
  if (s->fd >= 0) return Value(o);
  s->folder = new std::string(path.text());
  if (s->folder->empty() || s->folder->back() != '/') *s->folder += '/';
  return Value(o);
}

Value listdirFunction(Value, const Value* argv) {
  Path path;
  if (!path.parse(argv[0], "listdir", "path", true, true)) return Value();
  DIR* dir = openFolder(path);
  const int code = errno;
  const std::vector<EmbeddedEntry> embedded = embeddedIn(path);
  errno = code;
  if (!dir && embedded.empty()) return doneUnlessFd(-1, path);
  Ref list(newList(0));
  for (const EmbeddedEntry& e : embedded) {
    Ref text(list ? pathText(e.name, path.isBytes()) : Value());
    if (!text || listAppend(list, text) < 0) list.reset();
  }
  while (dir && list) {
    errno = 0;
    dirent* d = readdir(dir);
    if (!d) break;
    const std::string_view name = d->d_name;
    if (name == "." || name == "..") continue;
    Ref text(pathText(name, path.isBytes()));
    if (!text || listAppend(list, text) < 0) list.reset();
  }
  if (path.isFd()) rewinddir(dir);
  if (dir) closedir(dir);
  return list.release();
}

} // namespace

constinit const MethodDef folderMethods[] = {
    {"scandir", audited<"os.scandir", "0", scandirFunction>, "($module, /, path=None)"},
    {"listdir", audited<"os.listdir", "0", listdirFunction>, "($module, /, path=None)"},
    {},
};

int32_t addFolderTypes(Value module) { return moduleAddType(module, &dirEntryType); }

} // namespace krait::posix
