// FileIO: an unbuffered stream over a file descriptor.
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/exceptions/warnings.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/embedded_files.h"
#include "runtime/modules/io/io_objects.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/modules/path_argument.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

namespace krait::io {

namespace {

FileIoObject* self_(Value v) { return v.as<FileIoObject>(); }

const char* modeText(const FileIoObject* f) {
  if (f->created) return f->readable ? "xb+" : "xb";
  if (f->appending) return f->readable ? "ab+" : "ab";
  if (f->readable && f->writable) return "rb+";
  return f->readable ? "rb" : "wb";
}

int32_t parseMode(FileIoObject* f, const char* mode, int* flags) {
  bool plus = false, rwa = false;
  *flags = 0;
  auto bad = [] { return fail(ValueErrorType, "Must have exactly one of create/read/write/append mode and at most one plus"); };
  for (const char* p = mode; *p; ++p) {
    switch (*p) {
    case 'x': if (rwa) return bad(); rwa = f->created = f->writable = true; *flags |= O_EXCL | O_CREAT; break;
    case 'r': if (rwa) return bad(); rwa = f->readable = true; break;
    case 'w': if (rwa) return bad(); rwa = f->writable = true; *flags |= O_CREAT | O_TRUNC; break;
    case 'a': if (rwa) return bad(); rwa = f->writable = f->appending = true; *flags |= O_APPEND | O_CREAT; break;
    case 'b': break;
    case '+': if (plus) return bad(); plus = f->readable = f->writable = true; break;
    default: return fail(ValueErrorType, "invalid mode: %.200s", mode);
    }
  }
  if (!rwa) return bad();
  *flags |= (f->readable && f->writable ? O_RDWR : f->readable ? O_RDONLY : O_WRONLY) | O_CLOEXEC;
  return 0;
}

int32_t closeDescriptor(FileIoObject* f) {
  int fd = f->fd;
  f->fd = -1;
  if (fd < 0) return 0;
  int r;
  {
    Blocking release;
    r = ::close(fd);
  }
  if (r < 0 && errno != EINTR) return raiseOsError(errno), -1;
  return 0;
}

/// self.name = name
int32_t setName(FileIoObject* f, Value name) {
  const Value self(&f->header);
  if (!isExact(self, fileIoType)) return setAttr(self, NAME(name), name);
  const Value attributes = instanceDict(&f->header);
  return attributes ? dictSet(attributes, NAME(name), name) : -1;
}

/// Opens: name is str, bytes, path-like or a descriptor number.
int32_t openFile(FileIoObject* f, Value name, const char* mode, bool closeFd, Value opener) {
  if (f->fd >= 0 && f->closeFd && closeDescriptor(f) < 0) return -1;
  f->created = f->readable = f->writable = f->appending = false;
  f->fd = -1;
  f->seekable = -1;
  f->sizeAtOpen = 0;
  f->isCharacterDevice = true;
  f->closeFd = closeFd;
  int flags;
  int fd = -1;
  Ref path;
  if (hasIndex(name) && intArgument(name, &fd)) {
    if (fd < 0) return fail(ValueErrorType, "negative file descriptor");
  } else { // numbers that are none, or too large, are no paths either
    errorClear();
    path.reset(fileSystemPath(name));
    if (!path) return -1;
  }
  if (parseMode(f, mode, &flags) < 0) return -1;
  if (auditing && !auditTold("open", {name, Ref(newStr(mode)), Value::ofSmallInt(flags)})) return -1;
  if (fd >= 0) {
    f->fd = fd;
  } else {
    if (!closeFd) return fail(ValueErrorType, "Cannot use closefd=False with file name");
    if (opener && !isNone(opener)) {
      Ref r(call(opener, {name, Value::ofSmallInt(flags)}));
      if (!r) return -1;
      if (!isInt(r)) return fail(TypeErrorType, "expected integer from opener");
      int64_t n = toInt64(r);
      if (n == -1 && errorSet()) return -1;
      if (n < 0) return fail(ValueErrorType, "opener returned %d", static_cast<int>(n));
      f->fd = static_cast<int>(n);
    } else {
      std::string_view p = bytesView(path);
      if (p.find('\0') != std::string_view::npos) return fail(ValueErrorType, "embedded null byte");
      do {
        Blocking release;
        f->fd = ::open(p.data(), flags, 0666);
      } while (f->fd < 0 && errno == EINTR && servePoll() == 0);
      if (errorSet()) return -1;
      if (f->fd < 0) {
        int code = errno;
        if ((code == ENOENT || code == ENOTDIR) && (flags & O_ACCMODE) == O_RDONLY) {
          f->fd = openEmbedded(p.data());
          if (struct stat folder; f->fd < 0 && statEmbedded(p.data(), &folder) && S_ISDIR(folder.st_mode)) code = EISDIR;
        }
        if (f->fd < 0) return raiseOsError(code, name), -1;
      }
    }
  }
  struct stat s;
  f->blockSize = kDefaultBufferSize;
  if (fstat(f->fd, &s) < 0) {
    if (errno == EBADF) {
      int code = errno;
      f->fd = -1;
      return raiseOsError(code, fd >= 0 ? Value() : name), -1;
    }
  } else {
    if (S_ISDIR(s.st_mode)) {
      if (fd < 0) closeDescriptor(f);
      else f->fd = -1;
      return raiseOsError(EISDIR, name), -1;
    }
    if (s.st_blksize > 1) f->blockSize = s.st_blksize;
    f->isCharacterDevice = S_ISCHR(s.st_mode);
    if (S_ISREG(s.st_mode)) f->seekable = true;
    if (S_ISREG(s.st_mode) && fd < 0 && !f->appending) f->sizeAtOpen = s.st_size;
  }
  if (setName(f, name) < 0) {
    if (fd >= 0) f->fd = -1; // it stays the caller's
    return -1;
  }
  if (f->appending && lseek(f->fd, 0, SEEK_END) < 0 && errno != ESPIPE) return raiseOsError(errno), -1;
  return 0;
}

int32_t initFile(Value self, const Args& args) {
  Value argv[4];
  Ref holder[2];
  if (bindArguments("FileIO", "(file, mode='r', closefd=True, opener=None)", args, argv, 4, holder) < 0) return -1;
  if (argv[1] && !isStr(argv[1])) return fail(TypeErrorType, "FileIO() argument 'mode' must be str, not %.50G", argv[1]);
  const char* mode = "r";
  Ref keep;
  if (argv[1]) {
    keep = Ref::share(argv[1]);
    Utf8 text(argv[1]);
    if (!text.ok()) return -1;
    int32_t closeFd = argv[2] ? isTrue(argv[2]) : 1;
    return closeFd < 0 ? -1 : openFile(self_(self), argv[0], text.data(), closeFd, argv[3]);
  }
  int32_t closeFd = argv[2] ? isTrue(argv[2]) : 1;
  return closeFd < 0 ? -1 : openFile(self_(self), argv[0], mode, closeFd, argv[3]);
}

Value construct(Type* t, const Args&) {
  Value o = allocateOf(t, 0);
  if (!o) return Value();
  self_(o)->fd = -1;
  self_(o)->seekable = -1;
  self_(o)->closeFd = true;
  gcTrack(o.object());
  return o;
}

void dealloc(Object* o) {
  if (!ioCloseDying(o)) return;
  gcUntrack(o);
  auto* f = reinterpret_cast<FileIoObject*>(o);
  if (f->weakrefs) clearWeakrefs(o);
  clear(f->dict);
  freeObject(o);
}

int32_t checkOpen(FileIoObject* f) { return f->fd < 0 ? (raise(ValueErrorType, "I/O operation on closed file"), -1) : 0; }
Value notOpenFor(const char* action) {
  return raiseUnsupported(action[0] == 'r' ? "File not open for reading" : "File not open for writing");
}

Value warnMethod(Value self, Value source) {
  auto* f = self_(self);
  if (f->fd < 0 || !f->closeFd) return newRef(none());
  warnOfUnclosed(source, "unclosed file %R", self);
  return newRef(none());
}

} // namespace

Value closeFile(Value self) {
  auto* f = self_(self);
  Ref flushed(closeBase(self));
  Ref pending = errorTake();
  if (!f->closeFd) {
    f->fd = -1;
  } else {
    if (f->finalizing) Ref(warnMethod(self, self));
    closeDescriptor(f);
  }
  if (pending) errorChainContext(pending.release());
  return errorSet() ? Value() : newRef(none());
}

bool isPlainFile(Value raw) {
  if (!isExact(raw, fileIoType) || self_(raw)->fd < 0) return false;
  const Value attributes = self_(raw)->dict;
  return !attributes || (asDict(attributes)->used == 1 && dictGet(attributes, NAME(name)));
}

int32_t fileSeekable(FileIoObject* f) {
  if (checkOpen(f) < 0) return -1;
  if (f->seekable < 0) f->seekable = lseek(f->fd, 0, SEEK_CUR) >= 0;
  return f->seekable;
}

namespace {

Value filenoMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : newInt(self_(self)->fd); }
Value readableMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : boolean(self_(self)->readable); }
Value writableMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : boolean(self_(self)->writable); }
Value isattyMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : boolean(::isatty(self_(self)->fd)); }
Value seekableMethod(Value self) {
  const int32_t able = fileSeekable(self_(self));
  return able < 0 ? Value() : boolean(able);
}

Value readMethod(Value self, const Value* argv) {
  auto* f = self_(self);
  if (checkOpen(f) < 0) return Value();
  if (!f->readable) return notOpenFor("reading");
  int64_t n = -1;
  if (argv[0] && !isNone(argv[0])) {
    n = toIndex(argv[0], &OverflowErrorType);
    if (n == -1 && errorSet()) return Value();
  }
  if (n < 0) return callMethod(self, "readall");
  Ref space(newByteArray(nullptr, static_cast<size_t>(n)));
  if (!space) return Value();
  int64_t got = fileRead(f, space.as<ByteArrayObject>()->start, n);
  if (got == -2) return newRef(none());
  return got < 0 ? Value() : newBytes(got ? space.as<ByteArrayObject>()->start : reinterpret_cast<const uint8_t*>(""), static_cast<size_t>(got));
}

/// How much there is to be read, and one more, so that the end is met without asking for room.
int64_t restOfFile(const FileIoObject* f) {
  // What was read since is room to spare.
  constexpr int64_t kSpare = 1 << 16;
  if (f->sizeAtOpen > 0 && f->sizeAtOpen <= kSpare) return f->sizeAtOpen + 1;
  struct stat s;
  const off_t position = lseek(f->fd, 0, SEEK_CUR);
  const bool isKnown = fstat(f->fd, &s) == 0 && position >= 0 && s.st_size >= position;
  return std::max<int64_t>(isKnown ? s.st_size - position + 1 : 0, kDefaultBufferSize);
}
Value readallMethod(Value self) { return fileReadAll(self_(self)); }

Value readintoMethod(Value self, Value target) {
  auto* f = self_(self);
  Buffer view;
  if (!writableArgument("readinto() argument", target, &view)) return Value();
  if (checkOpen(f) < 0) return releaseBuffer(&view), Value();
  if (!f->readable) return releaseBuffer(&view), notOpenFor("reading");
  int64_t got = fileRead(f, view.data, view.bytes);
  releaseBuffer(&view);
  return got == -2 ? newRef(none()) : got < 0 ? Value() : newInt(got);
}

Value writeMethod(Value self, Value data) {
  auto* f = self_(self);
  if (checkOpen(f) < 0) return Value();
  if (!f->writable) return notOpenFor("writing");
  Buffer view;
  if (getBuffer(data, &view, kBufferSimple) < 0) return Value();
  int64_t put = fileWrite(f, view.data, view.bytes);
  releaseBuffer(&view);
  if (put >= 0 && pollRequests.load() && servePoll() < 0) return Value(); // a signal may have cut it short
  return put == -2 ? newRef(none()) : put < 0 ? Value() : newInt(put);
}

Value seekMethod(Value self, const Value* argv) {
  auto* f = self_(self);
  if (checkOpen(f) < 0) return Value();
  int64_t to = toInt64(argv[0]);
  if (to == -1 && errorSet()) return Value();
  int64_t whence = argv[1] ? toInt64(argv[1]) : 0;
  if (whence == -1 && errorSet()) return Value();
  off_t r = lseek(f->fd, to, static_cast<int>(whence));
  return r < 0 ? raiseOsError(errno) : newInt(r);
}
Value tellMethod(Value self) {
  auto* f = self_(self);
  if (checkOpen(f) < 0) return Value();
  off_t r = lseek(f->fd, 0, SEEK_CUR);
  return r < 0 ? raiseOsError(errno) : newInt(r);
}
Value truncateMethod(Value self, const Value* argv) {
  auto* f = self_(self);
  if (checkOpen(f) < 0) return Value();
  if (!f->writable) return notOpenFor("writing");
  Ref size(argv[0] && !isNone(argv[0]) ? newRef(argv[0]) : tellMethod(self));
  if (!size) return Value();
  int64_t n = toInt64(size);
  if (n == -1 && errorSet()) return Value();
  if (ftruncate(f->fd, n) < 0) return raiseOsError(errno);
  return size.release();
}

Value reprMethod(Value self) {
  auto* f = self_(self);
  if (f->fd < 0) return newStr("<_io.FileIO [closed]>"); // whatever its class
  Ref name(getAttrOptional(self, NAME(name)));
  const char* closing = f->closeFd ? "True" : "False";
  if (!name) {
    if (errorSet()) return Value();
    return formatText("<_io.FileIO fd=%d mode='%s' closefd=%s>", f->fd, modeText(f), closing);
  }
  return formatText("<_io.FileIO name=%R mode='%s' closefd=%s>", name.get(), modeText(f), closing);
}

Value getClosed(Value self, void*) { return boolean(self_(self)->fd < 0); }
Value getCloseFd(Value self, void*) { return boolean(self_(self)->closeFd); }
Value getMode(Value self, void*) { return newStr(modeText(self_(self))); }
Value getFinalizing(Value self, void*) { return boolean(self_(self)->finalizing); }
int32_t setFinalizing(Value self, Value v, void*) { return setBoolMember(&self_(self)->finalizing, v); }
Value getBlockSize(Value self, void*) { return newInt(self_(self)->blockSize); }
int32_t setBlockSize(Value self, Value v, void*) {
  int64_t n = v ? toInt64(v) : 0;
  if (n == -1 && errorSet()) return -1;
  self_(self)->blockSize = n;
  return 0;
}

constinit const MethodDef methods[] = {
    {"read", readMethod, "($self, size=-1, /)"},
    {"readall", readallMethod, "($self, /)"},
    {"readinto", readintoMethod, "($self, buffer, /)"},
    {"write", writeMethod, "($self, b, /)"},
    {"seek", seekMethod, "($self, pos, whence=0, /)"},
    {"tell", tellMethod, "($self, /)"},
    {"truncate", truncateMethod, "($self, size=None, /)"},
    {"close", closeFile, "($self, /)"},
    {"seekable", seekableMethod, "($self, /)"},
    {"readable", readableMethod, "($self, /)"},
    {"writable", writableMethod, "($self, /)"},
    {"fileno", filenoMethod, "($self, /)"},
    {"isatty", isattyMethod, "($self, /)"},
    {"_dealloc_warn", warnMethod},
    {},
};
constinit const GetSetDef getset[] = {{"closed", getClosed}, {"closefd", getCloseFd}, {"mode", getMode}, {}};
constinit const MemberDef members[] = {
    {"_blksize", getBlockSize, setBlockSize},
    {"_finalizing", getFinalizing, setFinalizing},
    {},
};

} // namespace

int64_t fileRead(FileIoObject* f, void* out, int64_t n) {
  for (;;) {
    ssize_t r;
    {
      Blocking release;
      r = ::read(f->fd, out, static_cast<size_t>(n));
    }
    if (r >= 0) return r;
    if (errno == EAGAIN) return -2;
    if (errno != EINTR) return raiseOsError(errno), -1;
    if (servePoll() < 0) return -1;
  }
}

int64_t fileWrite(FileIoObject* f, const void* data, int64_t n) {
  for (;;) {
    ssize_t r;
    {
      Blocking release;
      r = ::write(f->fd, data, static_cast<size_t>(n));
    }
    if (r >= 0) return r;
    if (errno == EAGAIN) return -2;
    if (errno != EINTR) return raiseOsError(errno), -1;
    if (servePoll() < 0) return -1;
  }
}

Value fileReadAll(FileIoObject* f) {
  if (checkOpen(f) < 0) return Value();
  int64_t size = restOfFile(f), have = 0;
  BytesRoom room;
  if (!room.make(size)) return Value();
  for (;;) {
    if (have == size) {
      size += std::max(size / 2, kDefaultBufferSize);
      const Ref full(room.take(have));
      if (!full || !room.make(size)) return Value();
      memcpy(room.data(), bytesView(full).data(), static_cast<size_t>(have));
    }
    const int64_t asked = size - have, got = fileRead(f, room.data() + have, asked);
    if (got == -1) return Value();
    if (got == -2 && !have) return newRef(none());
    have += std::max<int64_t>(got, 0);
    // A file that gives less than it was asked for, and what it was said to hold, has ended; the sizes of files that
    // the system makes up (/proc) are none.
    if (got <= 0 || (got < asked && have == f->sizeAtOpen)) return room.take(have);
  }
}

Value newFileIo(Value nameOrFd, const char* mode, bool closeFd, Value opener) {
  Ref o(construct(&fileIoType, Args{}));
  if (!o || openFile(o.as<FileIoObject>(), nameOrFd, mode, closeFd, opener) < 0) return Value();
  return o.release();
}

constinit Type fileIoType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_io.FileIO",
    .base = &rawIoBaseType,
    .flags = kTypeBaseType | kTypeOwnGetAttr,
    .instanceLayout = {.type = &fileIoType, .size = sizeof(FileIoObject), .flags = kLayoutGc,
                       .dictOffset = offsetof(IoObject, dict), .weakOffset = offsetof(IoObject, weakrefs)},
    .dealloc = dealloc,
    .traverse = ioTraverse,
    .clear = ioClear,
    .finalize = ioFinalize,
    .repr = reprMethod,
    .init = initFile,
    .construct = construct,
    .methods = methods,
    .getset = getset,
    .members = members,
    .constructorSignature = "(file, mode='r', closefd=True, opener=None)",
};

} // namespace krait::io
