// mmap: memory-mapped files as mutable byte sequences with a file position.
//
// The mapping (`data`) is null once closed. Exported buffers pin it: it may be
// neither closed nor resized while there are any. The descriptor is a duplicate
// of our own, -1 for anonymous memory.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/module_constants.h"
#include "runtime/object/audit.h"
#include "runtime/object/parsed_rows.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/types/str_search.h"

namespace krait {
namespace {

enum Access : int { kAccessDefault, kAccessRead, kAccessWrite, kAccessCopy };
constexpr const char* kAccessNames[] = {"ACCESS_DEFAULT", "ACCESS_READ", "ACCESS_WRITE", "ACCESS_COPY"};

struct MmapObject {
  Object header;
  uint8_t* data;
  int64_t size, position, offset;
  int64_t exports;
  Value weakrefs;
  int fd;
  int flags;
  Access access;
};
MmapObject* self_(Value v) { return v.as<MmapObject>(); }

// ---- making and closing ------------------------------------------------------------------------

/// With access other than default: the protection and flags that it stands for. False with an error.
bool chooseAccess(int access, bool explicitProtection, int* flags, int* protection, Access* result) {
  if (access != kAccessDefault && explicitProtection) {
    raise(ValueErrorType, "mmap can't specify both access and flags, prot.");
    return false;
  }
  switch (access) {
  case kAccessRead:
    *flags = MAP_SHARED;
    *protection = PROT_READ;
    break;
  case kAccessWrite:
    *flags = MAP_SHARED;
    *protection = PROT_READ | PROT_WRITE;
    break;
  case kAccessCopy:
    *flags = MAP_PRIVATE;
    *protection = PROT_READ | PROT_WRITE;
    break;
  case kAccessDefault:
    if ((*protection & PROT_READ) && (*protection & PROT_WRITE)) break;
    *result = *protection & PROT_WRITE ? kAccessWrite : kAccessRead;
    return true;
  default:
    raise(ValueErrorType, "mmap invalid access parameter.");
    return false;
  }
  *result = static_cast<Access>(access);
  return true;
}

/// The size of the mapping of a regular file: *size 0 asks for all of it. False with an error.
bool fitToFile(int fd, int64_t offset, int64_t* size) {
  struct stat status;
  if (fd == -1 || fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return true;
  if (*size == 0) {
    if (status.st_size == 0) return raise(ValueErrorType, "cannot mmap an empty file"), false;
    if (offset >= status.st_size) return raise(ValueErrorType, "mmap offset is greater than file size"), false;
    *size = status.st_size - offset;
  } else if (offset > status.st_size || status.st_size - offset < *size) {
    return raise(ValueErrorType, "mmap length is greater than file size"), false;
  }
  return true;
}

Value construct(Type* type, const Args& args) {
  Value argv[6];
  Ref holder[2];
  if (bindArguments(nullptr, "(fileno, length, flags=1, prot=3, access=0, offset=0)", args, argv, 6, holder) < 0) return Value();
  int fd = 0, flags = MAP_SHARED, protection = PROT_READ | PROT_WRITE, access = kAccessDefault;
  int64_t size = 0, offset = 0;
  if (!intArgument(argv[0], &fd) || !sizeArgument(argv[1], &size) || !intArgument(argv[2], &flags) ||
      !intArgument(argv[3], &protection) || !intArgument(argv[4], &access) || !sizeArgument(argv[5], &offset))
    return Value();
  if (auditing && !auditTold("mmap.__new__", {Value::ofSmallInt(fd), Value::ofSmallInt(size), Value::ofSmallInt(access), Value::ofSmallInt(offset)}))
    return Value();
  if (size < 0) return raise(OverflowErrorType, "memory mapped length must be positive");
  if (offset < 0) return raise(OverflowErrorType, "memory mapped offset must be positive");
  const bool explicitProtection = flags != MAP_SHARED || protection != (PROT_READ | PROT_WRITE);
  Access chosen;
  if (!chooseAccess(access, explicitProtection, &flags, &protection, &chosen) || !fitToFile(fd, offset, &size)) return Value();
  Ref self(allocateOf(type, 0));
  if (!self) return Value();
  MmapObject* m = self_(self);
  m->fd = -1;
  m->access = chosen;
  m->size = size;
  m->offset = offset;
  if (fd == -1) {
    flags |= MAP_ANONYMOUS;
  } else {
    m->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    if (m->fd < 0) return raiseOsError(errno);
  }
  m->flags = flags;
  void* data = ::mmap(nullptr, static_cast<size_t>(size), protection, flags, fd, offset);
  if (data == MAP_FAILED) return raiseOsError(errno);
  m->data = static_cast<uint8_t*>(data);
  return self.release();
}

void unmap(MmapObject* m) {
  uint8_t* data = m->data;
  const int fd = m->fd;
  m->data = nullptr;
  m->fd = -1;
  Blocking release;
  if (data) munmap(data, static_cast<size_t>(m->size));
  if (fd >= 0) close(fd);
}
void dealloc(Object* o) {
  auto* m = reinterpret_cast<MmapObject*>(o);
  if (m->weakrefs) clearWeakrefs(o);
  if (m->data) munmap(m->data, static_cast<size_t>(m->size));
  if (m->fd >= 0) close(m->fd);
  freeObject(o);
}

bool isOpen(MmapObject* m) {
  if (m->data) return true;
  raise(ValueErrorType, "mmap closed or invalid");
  return false;
}
bool isWritable(MmapObject* m) {
  if (m->access != kAccessRead) return true;
  raise(TypeErrorType, "mmap can't modify a readonly memory map.");
  return false;
}

Value closeMethod(Value self) {
  if (self_(self)->exports) return raise(BufferErrorType, "cannot close exported pointers exist");
  unmap(self_(self));
  return newRef(none());
}
Value enter(Value self) { return isOpen(self_(self)) ? newRef(self) : Value(); }
Value leave(Value self, const Args&) { return closeMethod(self); }
Value closedOf(Value self, void*) { return boolean(!self_(self)->data); }

// ---- reading and writing at the position -------------------------------------------------------

int64_t remaining(MmapObject* m) { return std::max<int64_t>(m->size - m->position, 0); }
Value take(MmapObject* m, int64_t n) {
  Value result = newBytes(std::string_view(reinterpret_cast<char*>(m->data + m->position), static_cast<size_t>(n)));
  if (result) m->position += n;
  return result;
}

Value readMethod(Value self, const Value* argv) {
  MmapObject* m = self_(self);
  if (!isOpen(m)) return Value();
  int64_t n = -1;
  if (argv[0] && !isNone(argv[0])) {
    if (!hasIndex(argv[0])) return raise(TypeErrorType, "argument should be integer or None, not '%.200T'", argv[0]);
    if (!sizeArgument(argv[0], &n) || !isOpen(m)) return Value();
  }
  return take(m, n < 0 || n > remaining(m) ? remaining(m) : n);
}
Value readByteMethod(Value self) {
  MmapObject* m = self_(self);
  if (!isOpen(m)) return Value();
  if (m->position >= m->size) return raise(ValueErrorType, "read byte out of range");
  return Value::ofSmallInt(m->data[m->position++]);
}
Value readlineMethod(Value self) {
  MmapObject* m = self_(self);
  if (!isOpen(m)) return Value();
  const int64_t left = remaining(m), at = search::findChar<uint8_t>(m->data + m->position, left, '\n');
  return take(m, at < 0 ? left : at + 1);
}
Value writeMethod(Value self, Value data) {
  MmapObject* m = self_(self);
  HeldBuffer bytes;
  if (!isOpen(m) || !bytes.get(data) || !isOpen(m) || !isWritable(m)) return Value();
  if (m->position > m->size || m->size - m->position < bytes.size()) return raise(ValueErrorType, "data out of range");
  memcpy(m->data + m->position, bytes.data(), static_cast<size_t>(bytes.size()));
  m->position += bytes.size();
  return newInt(bytes.size());
}
Value writeByteMethod(Value self, Value v) {
  MmapObject* m = self_(self);
  int byte = 0;
  if (!isOpen(m) || !intArgument(v, &byte) || !isOpen(m) || !isWritable(m)) return Value();
  if (byte < 0 || byte > 255)
    return raise(OverflowErrorType, byte < 0 ? "unsigned byte integer is less than minimum" : "unsigned byte integer is greater than maximum");
  if (m->position >= m->size) return raise(ValueErrorType, "write byte out of range");
  m->data[m->position++] = static_cast<uint8_t>(byte);
  return newRef(none());
}
Value seekMethod(Value self, const Value* argv) {
  MmapObject* m = self_(self);
  int64_t distance = 0;
  int whence = 0;
  if (!isOpen(m) || !sizeArgument(argv[0], &distance) || !intArgument(argv[1], &whence) || !isOpen(m)) return Value();
  if (whence < 0 || whence > 2) return raise(ValueErrorType, "unknown seek type");
  const int64_t from = whence == 0 ? 0 : whence == 1 ? m->position : m->size;
  if (distance > m->size - from || from + distance < 0) return raise(ValueErrorType, "seek out of range");
  m->position = from + distance;
  return newRef(none());
}
Value tellMethod(Value self) { return isOpen(self_(self)) ? newInt(self_(self)->position) : Value(); }

// ---- the whole mapping -------------------------------------------------------------------------

Value findIn(Value self, const Value* argv, bool last) {
  MmapObject* m = self_(self);
  int64_t start = m->position, end = m->size;
  HeldBuffer wanted;
  if (!isOpen(m) || !wanted.get(argv[0]) || !sizeArgument(argv[1], &start) || !sizeArgument(argv[2], &end) || !isOpen(m)) return Value();
  auto clip = [&](int64_t i) { return std::clamp<int64_t>(i < 0 ? i + m->size : i, 0, m->size); };
  start = clip(start);
  end = clip(end);
  if (start > end) return Value::ofSmallInt(-1);
  const uint8_t* from = m->data + start;
  const int64_t at = last ? search::findLast<uint8_t>(from, end - start, wanted.data(), wanted.size())
                          : search::find<uint8_t>(from, end - start, wanted.data(), wanted.size());
  return newInt(at < 0 ? -1 : start + at);
}
Value findMethod(Value self, const Value* argv) { return findIn(self, argv, false); }
Value rfindMethod(Value self, const Value* argv) { return findIn(self, argv, true); }

Value sizeMethod(Value self) {
  MmapObject* m = self_(self);
  if (!isOpen(m)) return Value();
  struct stat status;
  return fstat(m->fd, &status) < 0 ? raiseOsError(errno) : newInt(status.st_size);
}
Value flushMethod(Value self, const Value* argv) {
  MmapObject* m = self_(self);
  int64_t offset = 0, size = m->size;
  if (!isOpen(m) || !sizeArgument(argv[0], &offset) || !sizeArgument(argv[1], &size) || !isOpen(m)) return Value();
  if (size < 0 || offset < 0 || m->size - offset < size) return raise(ValueErrorType, "flush values out of range");
  if (m->access == kAccessRead || m->access == kAccessCopy) return newRef(none());
  return msync(m->data + offset, static_cast<size_t>(size), MS_SYNC) < 0 ? raiseOsError(errno) : newRef(none());
}
Value moveMethod(Value self, const Value* argv) {
  MmapObject* m = self_(self);
  int64_t to = 0, from = 0, count = 0;
  if (!sizeArgument(argv[0], &to) || !sizeArgument(argv[1], &from) || !sizeArgument(argv[2], &count) || !isOpen(m) || !isWritable(m))
    return Value();
  if (to < 0 || from < 0 || count < 0 || m->size - to < count || m->size - from < count)
    return raise(ValueErrorType, "source, destination, or count out of range");
  memmove(m->data + to, m->data + from, static_cast<size_t>(count));
  return newRef(none());
}
Value resizeMethod(Value self, Value v) {
  MmapObject* m = self_(self);
  int64_t size = 0;
  if (!isOpen(m) || !sizeArgument(v, &size) || !isOpen(m)) return Value();
  if (m->exports) return raise(BufferErrorType, "mmap can't resize with extant buffers exported.");
  if (m->access != kAccessWrite && m->access != kAccessDefault)
    return raise(TypeErrorType, "mmap can't resize a readonly or copy-on-write memory map.");
  if (size < 0 || INT64_MAX - size < m->offset) return raise(ValueErrorType, "new size out of range");
  if (m->fd != -1 && ftruncate(m->fd, m->offset + size) < 0) return raiseOsError(errno);
  void* data = mremap(m->data, static_cast<size_t>(m->size), static_cast<size_t>(size), MREMAP_MAYMOVE);
  if (data == MAP_FAILED) return raiseOsError(errno);
  m->data = static_cast<uint8_t*>(data);
  m->size = size;
  return newRef(none());
}
Value madviseMethod(Value self, const Value* argv) {
  MmapObject* m = self_(self);
  int option = 0;
  int64_t start = 0, size = m->size;
  if (!isOpen(m) || !intArgument(argv[0], &option) || !sizeArgument(argv[1], &start) || !sizeArgument(argv[2], &size) || !isOpen(m))
    return Value();
  if (start < 0 || start >= m->size) return raise(ValueErrorType, "madvise start out of bounds");
  if (size < 0) return raise(ValueErrorType, "madvise length invalid");
  if (INT64_MAX - start < size) return raise(OverflowErrorType, "madvise length too large");
  size = std::min(size, m->size - start);
  return madvise(m->data + start, static_cast<size_t>(size), option) < 0 ? raiseOsError(errno) : newRef(none());
}
Value sizeofMethod(Value) { return newInt(static_cast<int64_t>(sizeof(MmapObject))); }

Value repr(Value self) {
  MmapObject* m = self_(self);
  if (!m->data) return formatText("<%T closed=True>", self);
  return formatText("<%T closed=False, access=%s, length=%lld, pos=%lld, offset=%lld>", self, kAccessNames[m->access],
                    static_cast<long long>(m->size), static_cast<long long>(m->position), static_cast<long long>(m->offset));
}

// ---- as a sequence -----------------------------------------------------------------------------

int64_t lengthOf(Value self) { return isOpen(self_(self)) ? self_(self)->size : -1; }

Value itemAt(Value self, int64_t i) {
  MmapObject* m = self_(self);
  if (!isOpen(m)) return Value();
  if (i < 0 || i >= m->size) return raise(IndexErrorType, "mmap index out of range");
  return newBytes(std::string_view(reinterpret_cast<char*>(m->data + i), 1));
}

/// A subscript that is an integer, from the front. -1 with an error.
int64_t indexOf(MmapObject* m, Value key) {
  int64_t i = toIndex(key, &IndexErrorType);
  if (i == -1 && errorSet()) return -1;
  if (i < 0) i += m->size;
  if (!isOpen(m)) return -1;
  return i < 0 || i >= m->size ? fail(IndexErrorType, "mmap index out of range") : i;
}

Value subscript(Value self, Value key) {
  MmapObject* m = self_(self);
  if (!isOpen(m)) return Value();
  if (hasIndex(key)) {
    const int64_t i = indexOf(m, key);
    return i < 0 ? Value() : Value::ofSmallInt(m->data[i]);
  }
  if (typeOf(key) != &sliceType) return raise(TypeErrorType, "mmap indices must be integers");
  int64_t start, stop, step;
  if (sliceUnpack(key, &start, &stop, &step) < 0 || !isOpen(m)) return Value();
  const int64_t n = std::max<int64_t>(sliceAdjust(m->size, &start, &stop, step), 0);
  if (step == 1 || n <= 1) return newBytes(std::string_view(reinterpret_cast<char*>(m->data + start), static_cast<size_t>(n)));
  Value result = newBytes(nullptr, static_cast<size_t>(n));
  for (int64_t i = 0; result && i < n; ++i) result.as<BytesObject>()->data[i] = m->data[start + i * step];
  return result;
}

int32_t setSubscript(Value self, Value key, Value v) {
  MmapObject* m = self_(self);
  if (!isOpen(m) || !isWritable(m)) return -1;
  if (hasIndex(key)) {
    const int64_t i = indexOf(m, key);
    if (i < 0) return -1;
    if (!v) return fail(TypeErrorType, "mmap doesn't support item deletion");
    if (!hasIndex(v)) return fail(TypeErrorType, "mmap item value must be an int");
    const int64_t byte = toIndex(v, &TypeErrorType);
    if (byte == -1 && errorSet()) return -1;
    if (byte < 0 || byte > 255) return fail(ValueErrorType, "mmap item value must be in range(0, 256)");
    if (!isOpen(m)) return -1;
    m->data[i] = static_cast<uint8_t>(byte);
    return 0;
  }
  if (typeOf(key) != &sliceType) return fail(TypeErrorType, "mmap indices must be integers");
  int64_t start, stop, step;
  if (sliceUnpack(key, &start, &stop, &step) < 0) return -1;
  const int64_t n = std::max<int64_t>(sliceAdjust(m->size, &start, &stop, step), 0);
  if (!v) return fail(TypeErrorType, "mmap object doesn't support slice deletion");
  HeldBuffer bytes;
  if (!bytes.get(v) || !isOpen(m)) return -1;
  if (bytes.size() != n) return fail(IndexErrorType, "mmap slice assignment is wrong size");
  if (step == 1) memcpy(m->data + start, bytes.data(), static_cast<size_t>(n));
  else
    for (int64_t i = 0; i < n; ++i) m->data[start + i * step] = bytes.data()[i];
  return 0;
}

int32_t getBytes(Value self, Buffer* out, uint32_t flags) {
  MmapObject* m = self_(self);
  if (!isOpen(m) || fillBuffer(out, self, m->data, m->size, m->access == kAccessRead, flags) < 0) return -1;
  ++m->exports;
  return 0;
}
void releaseBytes(Value self, Buffer*) { --self_(self)->exports; }

// ---- type and module ---------------------------------------------------------------------------

constinit const MethodDef mmapMethods[] = {
    {"close", closeMethod},
    {"find", findMethod, "($self, sub, start=0, end=0, /)", kMethodUnsigned | kMethodParsed},
    {"rfind", rfindMethod, "($self, sub, start=0, end=0, /)", kMethodUnsigned | kMethodParsed},
    {"flush", flushMethod, "($self, offset=0, size=0, /)", kMethodUnsigned | kMethodParsed},
    {"madvise", madviseMethod, "($self, option, start=0, length=0, /)", kMethodUnsigned | kMethodParsed},
    {"move", moveMethod, "($self, dest, src, count, /)", kMethodUnsigned | kMethodParsed},
    {"read", readMethod, "($self, n=None, /)", kMethodUnsigned | kMethodParsed},
    {"read_byte", readByteMethod},
    {"readline", readlineMethod},
    {"resize", resizeMethod, "($self, newsize, /)", kMethodUnsigned | kMethodParsed},
    {"seek", seekMethod, "($self, pos, whence=0, /)", kMethodUnsigned | kMethodParsed},
    {"size", sizeMethod},
    {"tell", tellMethod},
    {"write", writeMethod, "($self, bytes, /)", kMethodUnsigned | kMethodParsed},
    {"write_byte", writeByteMethod, "($self, byte, /)", kMethodUnsigned | kMethodParsed},
    {"__enter__", enter},
    {"__exit__", leave, nullptr, kMethodPositional},
    {"__sizeof__", sizeofMethod},
    {},
};
constinit const GetSetDef mmapGetSet[] = {{"closed", closedOf}, {}};
constinit const SequenceSlots mmapSequence = {.length = lengthOf, .item = itemAt};
constinit const MappingSlots mmapMapping = {.length = lengthOf, .subscript = subscript, .setSubscript = setSubscript};
constinit const BufferSlots mmapBuffer = {.get = getBytes, .release = releaseBytes};

constinit Type mmapType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "mmap.mmap",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnGetAttr | kTypeOwnModule,
    .instanceLayout = {.type = &mmapType, .size = sizeof(MmapObject), .weakOffset = offsetof(MmapObject, weakrefs)},
    .dealloc = dealloc,
    .repr = repr,
    .construct = construct,
    .sequence = &mmapSequence,
    .mapping = &mmapMapping,
    .buffer = &mmapBuffer,
    .methods = mmapMethods,
    .getset = mmapGetSet,
};

constexpr ModuleConstant constants[] = {
    KRAIT_MODULE_CONSTANT(PROT_EXEC), KRAIT_MODULE_CONSTANT(PROT_READ), KRAIT_MODULE_CONSTANT(PROT_WRITE), KRAIT_MODULE_CONSTANT(MAP_SHARED),
    KRAIT_MODULE_CONSTANT(MAP_PRIVATE), KRAIT_MODULE_CONSTANT(MAP_DENYWRITE), KRAIT_MODULE_CONSTANT(MAP_EXECUTABLE), KRAIT_MODULE_CONSTANT(MAP_ANON),
    KRAIT_MODULE_CONSTANT(MAP_ANONYMOUS), KRAIT_MODULE_CONSTANT(MAP_POPULATE), KRAIT_MODULE_CONSTANT(MAP_STACK), KRAIT_MODULE_CONSTANT(MADV_NORMAL),
    KRAIT_MODULE_CONSTANT(MADV_RANDOM), KRAIT_MODULE_CONSTANT(MADV_SEQUENTIAL), KRAIT_MODULE_CONSTANT(MADV_WILLNEED), KRAIT_MODULE_CONSTANT(MADV_DONTNEED),
    KRAIT_MODULE_CONSTANT(MADV_REMOVE), KRAIT_MODULE_CONSTANT(MADV_DONTFORK), KRAIT_MODULE_CONSTANT(MADV_DOFORK), KRAIT_MODULE_CONSTANT(MADV_HWPOISON),
    KRAIT_MODULE_CONSTANT(MADV_MERGEABLE), KRAIT_MODULE_CONSTANT(MADV_UNMERGEABLE), KRAIT_MODULE_CONSTANT(MADV_HUGEPAGE),
    KRAIT_MODULE_CONSTANT(MADV_NOHUGEPAGE), KRAIT_MODULE_CONSTANT(MADV_DONTDUMP), KRAIT_MODULE_CONSTANT(MADV_DODUMP), KRAIT_MODULE_CONSTANT(MADV_FREE),
    {"ACCESS_DEFAULT", kAccessDefault}, {"ACCESS_READ", kAccessRead}, {"ACCESS_WRITE", kAccessWrite}, {"ACCESS_COPY", kAccessCopy},
};

int execute(Value module) {
  const int64_t page = sysconf(_SC_PAGESIZE);
  if (moduleAddType(module, &mmapType) < 0 || moduleAddConstants(module, constants) < 0) return -1;
  if (moduleAdd(module, "PAGESIZE", newInt(page)) < 0 || moduleAdd(module, "ALLOCATIONGRANULARITY", newInt(page)) < 0) return -1;
  return moduleAdd(module, "error", newRef(asValue(&OSErrorType)));
}

} // namespace

extern "C" constinit const NativeModule krt_module_mmap = {"mmap", nullptr, execute};

} // namespace krait
