// FileIO: an unbuffered stream over a file descriptor.
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/exceptions/warnings.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/io/io_objects.h"
#include "runtime/object/audit.h"
#include "runtime/object/names.h"
#include "runtime/modules/path_argument.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/descriptors.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
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

/// Opens: name is str, bytes, path-like or a descriptor number.
int32_t openFile(FileIoObject* f, Value name, const char* mode, bool closeFd, Value opener) {
  if (f->fd >= 0 && f->closeFd && closeDescriptor(f) < 0) return -1;
  f->created = f->readable = f->writable = f->appending = false;
  f->fd = -1;
  f->seekable = -1;
  f->closeFd = closeFd;
  int flags;
  if (isFloat(name)) return fail(TypeErrorType, "integer argument expected, got float");
  int64_t fd = -1;
  Ref path;
  if (isInt(name)) {
    fd = toIndex(name, nullptr); // clipped
    if (fd != static_cast<int>(fd)) return fail(TypeErrorType, "expected str, bytes or os.PathLike object, not int");
    if (fd < 0) return fail(ValueErrorType, "negative file descriptor");
  } else {
    path.reset(fileSystemPath(name));
    if (!path) return -1;
  }
  if (parseMode(f, mode, &flags) < 0) return -1;
  if (auditing && !auditTold("open", {name, Ref(newStr(mode)), Value::ofSmallInt(flags)})) return -1;
  if (fd >= 0) {
    f->fd = static_cast<int>(fd);
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
      if (f->fd < 0) return raiseOsError(errno, name), -1;
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
  }
  if (setAttr(Value(&f->header), NAME(name), name) < 0) {
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
  Ref pending = errorTake();
  if (warnOfResource(source, "unclosed file %R") < 0) {
    if (errorMatches(WarningType)) errorUnraisable(nullptr, self);
    errorClear();
  }
  if (pending) errorRestore(pending.release());
  return newRef(none());
}

Value closeMethod(Value self) {
  auto* f = self_(self);
  Ref flushed(callMethod(asValue(&ioBaseType), "close", {self}));
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

Value filenoMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : newInt(self_(self)->fd); }
Value readableMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : boolean(self_(self)->readable); }
Value writableMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : boolean(self_(self)->writable); }
Value isattyMethod(Value self) { return checkOpen(self_(self)) < 0 ? Value() : boolean(::isatty(self_(self)->fd)); }
Value seekableMethod(Value self) {
  auto* f = self_(self);
  if (checkOpen(f) < 0) return Value();
  if (f->seekable < 0) f->seekable = lseek(f->fd, 0, SEEK_CUR) >= 0;
  return boolean(f->seekable);
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

Value readallMethod(Value self) {
  auto* f = self_(self);
  if (checkOpen(f) < 0) return Value();
  int64_t size = kDefaultBufferSize;
  struct stat s;
  off_t position = lseek(f->fd, 0, SEEK_CUR);
  if (fstat(f->fd, &s) == 0 && position >= 0 && s.st_size >= position) size = s.st_size - position + 1;
  if (size < kDefaultBufferSize) size = kDefaultBufferSize;
  auto* data = static_cast<uint8_t*>(allocate(static_cast<size_t>(size)));
  int64_t have = 0;
  while (data) {
    if (have == size) {
      size += size / 2;
      auto* grown = static_cast<uint8_t*>(reallocate(data, static_cast<size_t>(size)));
      if (!grown) break;
      data = grown;
    }
    int64_t got = fileRead(f, data + have, size - have);
    if (got == 0 || (got == -2 && have)) {
      Value r = newBytes(have ? data : reinterpret_cast<const uint8_t*>(""), static_cast<size_t>(have));
      deallocate(data);
      return r;
    }
    if (got == -2) {
      deallocate(data);
      return newRef(none());
    }
    if (got < 0) break;
    have += got;
  }
  deallocate(data);
  return Value();
}

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
  const char* type = typeOf(self)->name ? typeOf(self)->name : "_io.FileIO";
  if (f->fd < 0) return formatText("<%s [closed]>", type);
  Ref name(getAttrOptional(self, NAME(name)));
  const char* closing = f->closeFd ? "True" : "False";
  if (!name) {
    if (errorSet()) return Value();
    return formatText("<%s fd=%d mode='%s' closefd=%s>", type, f->fd, modeText(f), closing);
  }
  return formatText("<%s name=%R mode='%s' closefd=%s>", type, name.get(), modeText(f), closing);
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
    {"close", closeMethod, "($self, /)"},
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
