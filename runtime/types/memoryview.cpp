// The memoryview type.
#include "runtime/types/memoryview.h"
#include <cstddef>
#include <cstdio>
#include <cstring>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/hash_bytes.h"
#include "runtime/types/iterators.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

constexpr int kMaxDimensions = 64;

Value raiseTooMany() { return raise(ValueErrorType, "memoryview: number of dimensions must not exceed %d", kMaxDimensions); }

const char* formatOf(const Buffer& b) { return b.format ? b.format : "B"; }

bool usable(MemoryViewObject* m) {
  if (!m->released && !m->managed->released) return true;
  raise(ValueErrorType, "operation forbidden on released memoryview object");
  return false;
}

void dropManaged(ManagedBuffer* managed) {
  if (--managed->exports == 0 && !managed->released) {
    managed->released = true;
    releaseBuffer(&managed->master);
  }
  decref(Value(&managed->header));
}

void managedDealloc(Object* o) {
  auto* managed = reinterpret_cast<ManagedBuffer*>(o);
  gcUntrack(o);
  if (!managed->released) {
    managed->released = true;
    releaseBuffer(&managed->master);
  }
  freeObject(o);
}
int managedTraverse(Object* o, Visit visit, void* context) {
  return visit(reinterpret_cast<ManagedBuffer*>(o)->master.owner, context);
}

/// A view on `managed` with room for `dimensions`; shape and strides unset.
MemoryViewObject* newView(ManagedBuffer* managed, int32_t dimensions) {
  Object* o = newObject(&memoryviewType.instanceLayout, 3 * (dimensions ? dimensions : 1));
  if (!o) return nullptr;
  auto* m = reinterpret_cast<MemoryViewObject*>(o);
  m->managed = managed;
  incref(Value(&managed->header));
  ++managed->exports;
  m->hash = -1;
  m->view.dimensions = dimensions;
  m->view.shape = m->arrays;
  m->view.strides = m->arrays + dimensions;
  return m;
}
int64_t* shapeOf(MemoryViewObject* m) { return m->arrays; }
int64_t* stridesOf(MemoryViewObject* m) { return m->arrays + m->view.dimensions; }
int64_t* suboffsetsOf(MemoryViewObject* m) { return m->arrays + 2 * m->view.dimensions; }

void denseStrides(MemoryViewObject* m) {
  int64_t stride = m->view.itemSize;
  for (int32_t i = m->view.dimensions; i-- > 0;) {
    stridesOf(m)[i] = stride;
    stride *= shapeOf(m)[i];
  }
}

/// A view with the content of `from` (a master or another view).
Value copyView(ManagedBuffer* managed, const Buffer& from) {
  if (from.dimensions > kMaxDimensions) return raiseTooMany();
  MemoryViewObject* m = newView(managed, from.dimensions);
  if (!m) return {};
  m->view.data = from.data;
  m->view.bytes = from.bytes;
  m->view.itemSize = from.itemSize;
  m->view.readOnly = from.readOnly;
  m->view.format = from.format ? from.format : "B";
  if (from.dimensions == 1 && !from.shape) shapeOf(m)[0] = from.itemSize ? from.bytes / from.itemSize : 0;
  for (int32_t i = 0; from.shape && i < from.dimensions; ++i) shapeOf(m)[i] = from.shape[i];
  if (from.strides) for (int32_t i = 0; i < from.dimensions; ++i) stridesOf(m)[i] = from.strides[i];
  else denseStrides(m);
  if (from.suboffsets) {
    m->view.suboffsets = suboffsetsOf(m);
    for (int32_t i = 0; i < from.dimensions; ++i) suboffsetsOf(m)[i] = from.suboffsets[i];
  }
  gcTrack(&m->header);
  return Value(&m->header);
}

int32_t releaseView(MemoryViewObject* m) {
  if (m->released) return 0;
  if (m->exports)
    return fail(BufferErrorType, "memoryview has %zd exported buffer%s", static_cast<size_t>(m->exports), m->exports == 1 ? "" : "s");
  m->released = true;
  dropManaged(m->managed);
  return 0;
}

void viewDealloc(Object* o) {
  auto* m = reinterpret_cast<MemoryViewObject*>(o);
  gcUntrack(o);
  m->exports = 0;
  releaseView(m);
  if (m->weakrefs) clearWeakrefs(o);
  freeObject(o);
}
int viewTraverse(Object* o, Visit visit, void* context) {
  auto* m = reinterpret_cast<MemoryViewObject*>(o);
  return m->released ? 0 : visit(Value(&m->managed->header), context);
}
void viewClear(Object* o) {
  auto* m = reinterpret_cast<MemoryViewObject*>(o);
  if (releaseView(m) < 0) errorClear();
}

Value construct(Type*, const Args& args) {
  Value argv[1];
  Ref holder[2];
  if (bindArguments("memoryview", "(object)", args, argv, 1, holder) < 0) return {};
  return newMemoryView(argv[0]);
}

// ---- items ---------------------------------------------------------------------------------------

/// That the view's format is a single letter, be there such items or not; else false with NotImplementedError.
bool isSingleLetter(MemoryViewObject* m) {
  const char* format = formatOf(m->view);
  const char* letter = format + (*format == '@');
  if (letter[0] && !letter[1]) return true;
  raise(NotImplementedErrorType, "memoryview: unsupported format %s", format);
  return false;
}
/// The native code of the view's format; 0 with NotImplementedError.
char itemCode(MemoryViewObject* m) {
  char code = 0;
  if (nativeItemSize(m->view.format, &code)) [[likely]] return code;
  if (!isSingleLetter(m)) return 0;
  const char* format = formatOf(m->view);
  raise(NotImplementedErrorType, "memoryview: format %s not supported", format + (*format == '@'));
  return 0;
}

/// Steps along dimension `k` to `index` (negative: from the end). Null with IndexError.
char* stepTo(const Buffer& b, char* p, int64_t index, int32_t k) {
  const int64_t n = b.shape[k];
  if (index < 0) index += n;
  if (index < 0 || index >= n) {
    raise(IndexErrorType, "index out of bounds on dimension %d", k + 1);
    return nullptr;
  }
  p += b.strides[k] * index;
  if (b.suboffsets && b.suboffsets[k] >= 0) p = *reinterpret_cast<char**>(p) + b.suboffsets[k];
  return p;
}

bool isIndex(Value v) { return isInt(v) || (readyTypeOf(v)->number && readyTypeOf(v)->number->index); }

/// Pointer to the item of a tuple of indices, one per dimension; null with an error.
char* itemByTuple(MemoryViewObject* m, Value key) {
  const TupleObject* t = asTuple(key);
  if (t->size > m->view.dimensions) {
    raise(TypeErrorType, "cannot index %zd-dimension view with %zd-element tuple", static_cast<size_t>(m->view.dimensions), static_cast<size_t>(t->size));
    return nullptr;
  }
  if (t->size < m->view.dimensions) {
    raise(NotImplementedErrorType, "sub-views are not implemented");
    return nullptr;
  }
  char* p = static_cast<char*>(m->view.data);
  for (int32_t k = 0; k < m->view.dimensions && p; ++k) {
    const int64_t i = toIndex(t->items[k], &IndexErrorType);
    if (i == -1 && errorSet()) return nullptr;
    if (!usable(m)) return nullptr;
    p = stepTo(m->view, p, i, k);
  }
  return p;
}

bool allIndices(Value key) {
  for (int64_t i = 0; i < asTuple(key)->size; ++i)
    if (!isIndex(asTuple(key)->items[i])) return false;
  return true;
}
bool allSlices(Value key) {
  for (int64_t i = 0; i < asTuple(key)->size; ++i)
    if (!isExact(asTuple(key)->items[i], sliceType)) return false;
  return asTuple(key)->size > 0;
}

/// Narrows the first dimension of `view`, whose arrays these are, to a slice.
bool applySlice(Buffer& view, int64_t* shape, int64_t* strides, int64_t* suboffsets, Value slice) {
  int64_t start, stop, step;
  if (sliceUnpack(slice, &start, &stop, &step) < 0) return false;
  const int64_t n = sliceAdjust(shape[0], &start, &stop, step);
  if (!view.suboffsets || view.suboffsets[0] < 0) view.data = static_cast<char*>(view.data) + strides[0] * start;
  else suboffsets[0] += strides[0] * start;
  shape[0] = n;
  strides[0] *= step;
  view.bytes = view.itemSize;
  for (int32_t i = 0; i < view.dimensions; ++i) view.bytes *= shape[i];
  return true;
}
bool applySlice(MemoryViewObject* m, Value slice) { return applySlice(m->view, shapeOf(m), stridesOf(m), suboffsetsOf(m), slice); }

/// The kind of items of a view that has one dimension, and can be used; 0 with the error of whoever wants items of another.
char codeOfItems(MemoryViewObject* m) {
  if (!usable(m)) return 0;
  if (m->view.dimensions == 0) return raise(TypeErrorType, "invalid indexing of 0-dim memory"), 0;
  const char code = itemCode(m);
  if (code && m->view.dimensions > 1) return raise(NotImplementedErrorType, "multi-dimensional sub-views are not implemented"), 0;
  return code;
}
Value iterateView(Value self) {
  auto* m = asView(self);
  if (!usable(m)) return {};
  if (m->view.dimensions == 0) return raise(TypeErrorType, "invalid indexing of 0-dim memory");
  if (m->view.dimensions > 1) return raise(NotImplementedErrorType, "multi-dimensional sub-views are not implemented");
  return isSingleLetter(m) ? newMemoryIterator(self) : Value();
}

Value viewItem(Value self, int64_t i) {
  auto* m = asView(self);
  const char code = codeOfItems(m);
  if (!code) return {};
  char* p = stepTo(m->view, static_cast<char*>(m->view.data), i, 0);
  return p ? unpackItem(code, p) : Value();
}

Value subscript(Value self, Value key) {
  auto* m = asView(self);
  if (!usable(m)) return {};
  if (m->view.dimensions == 0) {
    if (isTuple(key) && asTuple(key)->size == 0) {
      const char code = itemCode(m);
      return code ? unpackItem(code, m->view.data) : Value();
    }
    if (key == ellipsis()) return newRef(self);
    return raise(TypeErrorType, "invalid indexing of 0-dim memory");
  }
  if (isIndex(key)) {
    const int64_t i = toIndex(key, &IndexErrorType);
    if (i == -1 && errorSet()) return {};
    return usable(m) ? viewItem(self, i) : Value();
  }
  if (isExact(key, sliceType)) {
    Ref part(copyView(m->managed, m->view));
    if (!part || !applySlice(asView(part), key)) return {};
    return part.release();
  }
  if (isTuple(key) && allIndices(key)) {
    const char code = itemCode(m);
    if (!code) return {};
    char* p = itemByTuple(m, key);
    return p ? unpackItem(code, p) : Value();
  }
  if (isTuple(key) && allSlices(key)) return raise(NotImplementedErrorType, "multi-dimensional slicing is not implemented");
  return raise(TypeErrorType, "memoryview: invalid slice key");
}

/// A buffer for as long as it is looked at, with a shape and strides, whatever its exporter left out because it goes without saying.
class Exported {
public:
  Exported() {}
  ~Exported() { releaseBuffer(&buffer_); }
  Exported(const Exported&) = delete;
  Exported& operator=(const Exported&) = delete;
  bool get(Value o) {
    if (getBuffer(o, &buffer_, kBufferFull) < 0) return false;
    if (buffer_.dimensions > kMaxDimensions) return raiseTooMany(), false;
    if (!buffer_.shape && buffer_.dimensions == 1) {
      shape_[0] = buffer_.itemSize ? buffer_.bytes / buffer_.itemSize : 0;
      buffer_.shape = shape_;
    }
    if (!buffer_.strides && buffer_.shape) {
      int64_t stride = buffer_.itemSize;
      for (int32_t i = buffer_.dimensions; i-- > 0; stride *= buffer_.shape[i]) strides_[i] = stride;
      buffer_.strides = strides_;
    }
    return true;
  }
  const Buffer& get() const { return buffer_; }

private:
  Buffer buffer_{};
  int64_t shape_[1], strides_[kMaxDimensions];
};

bool isDense(const Buffer& b) { return b.strides[0] == b.itemSize && !(b.suboffsets && b.suboffsets[0] >= 0); }

/// Copies one-dimensional `from` into one-dimensional `to` of the same structure; they may overlap.
int32_t copySingle(const Buffer& to, const Buffer& from) {
  const bool same = to.dimensions == from.dimensions && to.shape[0] == from.shape[0] && to.itemSize == from.itemSize &&
                    !strcmp(formatOf(to) + (*formatOf(to) == '@'), formatOf(from) + (*formatOf(from) == '@'));
  if (!same) return fail(ValueErrorType, "memoryview assignment: lvalue and rvalue have different structures");
  if (isDense(to) && isDense(from)) {
    const auto bytes = static_cast<size_t>(to.shape[0] * to.itemSize);
    if (bytes) std::memmove(to.data, from.data, bytes);
    return 0;
  }
  auto* flat = static_cast<uint8_t*>(allocate(static_cast<size_t>(from.bytes ? from.bytes : 1)));
  if (!flat) return -1;
  copyBufferBytes(from, flat, 'C');
  for (int64_t i = 0; i < to.shape[0]; ++i) {
    char* p = static_cast<char*>(to.data) + i * to.strides[0];
    if (to.suboffsets && to.suboffsets[0] >= 0) p = *reinterpret_cast<char**>(p) + to.suboffsets[0];
    std::memcpy(p, flat + i * to.itemSize, static_cast<size_t>(to.itemSize));
  }
  deallocate(flat);
  return 0;
}

/// Stores into the items that `slice` chooses of a view of one dimension.
int32_t assignSlice(MemoryViewObject* m, Value slice, Value v) {
  Exported from;
  if (!from.get(v)) return -1;
  Buffer part = m->view;
  int64_t shape = part.shape[0], stride = part.strides[0], suboffset = part.suboffsets ? part.suboffsets[0] : -1;
  part.shape = &shape;
  part.strides = &stride;
  if (part.suboffsets) part.suboffsets = &suboffset;
  if (!applySlice(part, &shape, &stride, &suboffset, slice) || !usable(m)) return -1;
  return copySingle(part, from.get());
}

int32_t assignSubscript(Value self, Value key, Value v) {
  auto* m = asView(self);
  if (!usable(m)) return -1;
  if (!isSingleLetter(m)) return -1;
  if (m->view.readOnly) return fail(TypeErrorType, "cannot modify read-only memory");
  if (!v) return fail(TypeErrorType, "cannot delete memory");
  if (isExact(key, sliceType) && m->view.dimensions == 1) return assignSlice(m, key, v);
  const char code = itemCode(m);
  if (!code) return -1;
  if (m->view.dimensions == 0) {
    if (key == ellipsis() || (isTuple(key) && asTuple(key)->size == 0)) return packItem(code, m->view.data, v, formatOf(m->view));
    return fail(TypeErrorType, "invalid indexing of 0-dim memory");
  }
  if (isIndex(key)) {
    if (m->view.dimensions > 1) return fail(NotImplementedErrorType, "sub-views are not implemented");
    const int64_t i = toIndex(key, &IndexErrorType);
    if ((i == -1 && errorSet()) || !usable(m)) return -1;
    char* p = stepTo(m->view, static_cast<char*>(m->view.data), i, 0);
    uint8_t item[8];
    if (!p || packItem(code, item, v, formatOf(m->view)) < 0 || !usable(m)) return -1; // packing may run code
    std::memcpy(p, item, static_cast<size_t>(m->view.itemSize));
    return 0;
  }
  if (isTuple(key) && allIndices(key)) {
    char* p = itemByTuple(m, key);
    uint8_t item[8];
    if (!p || packItem(code, item, v, formatOf(m->view)) < 0 || !usable(m)) return -1;
    std::memcpy(p, item, static_cast<size_t>(m->view.itemSize));
    return 0;
  }
  if (isExact(key, sliceType) || (isTuple(key) && allSlices(key)))
    return fail(NotImplementedErrorType, "memoryview slice assignments are currently restricted to ndim = 1");
  return fail(TypeErrorType, "memoryview: invalid slice key");
}

int64_t viewLength(Value self) {
  auto* m = asView(self);
  if (!usable(m)) return -1;
  return m->view.dimensions == 0 ? 1 : m->view.shape[0];
}

// ---- buffer, comparison, hash ---------------------------------------------------------------------

int32_t getBufferSlot(Value self, Buffer* out, uint32_t flags) {
  auto* m = asView(self);
  if (!usable(m)) return -1;
  if ((flags & kBufferWritable) && m->view.readOnly) return fail(BufferErrorType, "memoryview: underlying buffer is not writable");
  const bool dense = bufferIsContiguous(m->view, 'C');
  if ((flags & kBufferStrides) != kBufferStrides && !dense) return fail(BufferErrorType, "memoryview: underlying buffer is not C-contiguous");
  if (m->view.suboffsets && (flags & 0x100) == 0) return fail(BufferErrorType, "memoryview: underlying buffer requires suboffsets");
  *out = m->view;
  out->owner = newRef(self);
  if (!(flags & kBufferFormat)) out->format = nullptr;
  if (!(flags & kBufferNd)) out->shape = nullptr, out->dimensions = 1;
  if ((flags & kBufferStrides) != kBufferStrides) out->strides = nullptr;
  ++m->exports;
  return 0;
}
void releaseBufferSlot(Value self, Buffer*) { --asView(self)->exports; }

Value compareSlot(Value a, Value b, int op) {
  if (op != kEq && op != kNe) return newRef(notImplemented());
  auto* m = asView(a);
  if (m->released || m->managed->released) return boolean((a == b) == (op == kEq));
  if (isMemoryView(b)) {
    auto* other = asView(b);
    if (other->released || other->managed->released) return boolean(op == kNe);
    const int32_t same = viewsEqual(m->view, other->view);
    return same < 0 ? Value() : boolean(same == (op == kEq));
  }
  if (!readyTypeOf(b)->buffer) return newRef(notImplemented());
  Exported other;
  if (!other.get(b)) {
    errorClear();
    return newRef(notImplemented());
  }
  const int32_t same = viewsEqual(m->view, other.get());
  return same < 0 ? Value() : boolean(same == (op == kEq));
}

int64_t hashSlot(Value self) {
  auto* m = asView(self);
  if (m->hash != -1) return m->hash;
  if (!usable(m)) return -1;
  if (!m->view.readOnly) return fail(ValueErrorType, "cannot hash writable memoryview object");
  char code;
  if (!nativeItemSize(m->view.format, &code) || (code != 'B' && code != 'b' && code != 'c'))
    return fail(ValueErrorType, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  Value owner = m->managed->master.owner;
  if (owner && hash(owner) == -1) return -1; // the exporter must be hashable
  auto* flat = static_cast<uint8_t*>(allocate(static_cast<size_t>(m->view.bytes ? m->view.bytes : 1)));
  if (!flat) return -1;
  copyBufferBytes(m->view, flat, 'C');
  m->hash = hashBytes(flat, static_cast<size_t>(m->view.bytes));
  deallocate(flat);
  return m->hash;
}

Value reprSlot(Value self) {
  auto* m = asView(self);
  char text[64];
  snprintf(text, sizeof text, m->released ? "<released memory at 0x%lx>" : "<memory at 0x%lx>", static_cast<unsigned long>(self.bits));
  return newStr(text);
}

// ---- methods --------------------------------------------------------------------------------------

Value release(Value self) { return releaseView(asView(self)) < 0 ? Value() : newRef(none()); }
Value enter(Value self) { return usable(asView(self)) ? newRef(self) : Value(); }
Value exitMethod(Value self, const Args&) { return release(self); }

Value tobytes(Value self, const Value* argv) {
  auto* m = asView(self);
  if (!usable(m)) return {};
  char order = 'C';
  if (argv[0] && !isNone(argv[0])) {
    if (!isStr(argv[0])) return raise(TypeErrorType, "tobytes() argument 'order' must be str or None, not %.50G", argv[0]);
    Utf8 text(argv[0]);
    if (!text.ok()) return {};
    if (text.view().find('\0') != std::string_view::npos) return raise(ValueErrorType, "embedded null character");
    if (strEqual(argv[0], "F")) order = 'F';
    else if (strEqual(argv[0], "A")) order = 'A';
    else if (!strEqual(argv[0], "C")) return raise(ValueErrorType, "order must be 'C', 'F' or 'A'");
  }
  if (order == 'A' && !bufferIsContiguous(m->view, 'A')) order = 'C';
  uint8_t single[8];
  if (m->view.bytes < 2) {
    if (m->view.bytes) copyBufferBytes(m->view, single, 'C');
    return newBytes(single, static_cast<size_t>(m->view.bytes));
  }
  Value out = newBytes(nullptr, static_cast<size_t>(m->view.bytes));
  if (out) copyBufferBytes(m->view, out.as<BytesObject>()->data, order);
  return out;
}

Value listOf(const Buffer& b, char* p, int32_t k, char code) {
  if (k == b.dimensions) return unpackItem(code, p);
  Ref list(newList(0));
  for (int64_t i = 0; list && i < b.shape[k]; ++i) {
    char* at = p + i * b.strides[k];
    if (b.suboffsets && b.suboffsets[k] >= 0) at = *reinterpret_cast<char**>(at) + b.suboffsets[k];
    Ref item(listOf(b, at, k + 1, code));
    if (!item || listAppend(list, item) < 0) return {};
  }
  return list.release();
}
Value tolist(Value self) {
  auto* m = asView(self);
  if (!usable(m)) return {};
  const char code = itemCode(m);
  return code ? listOf(m->view, static_cast<char*>(m->view.data), 0, code) : Value();
}
Value toreadonly(Value self) {
  auto* m = asView(self);
  if (!usable(m)) return {};
  Value copy = copyView(m->managed, m->view);
  if (copy) asView(copy)->view.readOnly = true;
  return copy;
}
Value hexMethod(Value self, const Value* argv) {
  auto* m = asView(self);
  if (!usable(m)) return {};
  HexGroups groups;
  if (!groups.parse(argv[0], argv[1]) || !usable(m)) return {};
  if (bufferIsContiguous(m->view, 'C')) return hexText({static_cast<uint8_t*>(m->view.data), m->view.bytes}, groups);
  const Value noOrder[1] = {};
  Ref bytes(tobytes(self, noOrder));
  return bytes ? hexText(byteRange(bytes), groups) : Value();
}

/// Gives `m` (one-dimensional, of bytes or about to be) a new item format.
bool castFormat(MemoryViewObject* m, Value formatValue) {
  Ref bytes(encodeStr(formatValue, "ascii", nullptr));
  if (!bytes) return false;
  const std::string_view format = bytesView(bytes);
  char from = 0, to = 0;
  const int64_t fromSize = nativeItemSize(m->view.format, &from), size = nativeItemSize(format.data(), &to);
  if (!size) {
    raise(ValueErrorType, "memoryview: destination format must be a native single character format prefixed with an optional '@'");
    return false;
  }
  auto isByte = [](char c) { return c == 'b' || c == 'B' || c == 'c'; };
  // What is no single native item can still be seen as bytes.
  if (!(fromSize && isByte(from)) && !isByte(to)) {
    raise(TypeErrorType, "memoryview: cannot cast between two non-byte formats");
    return false;
  }
  if (m->view.bytes % size) {
    raise(TypeErrorType, "memoryview: length is not a multiple of itemsize");
    return false;
  }
  m->view.format = staticFormat(format.data());
  m->view.itemSize = size;
  m->view.dimensions = 1;
  shapeOf(m)[0] = m->view.bytes / size;
  m->view.strides = stridesOf(m);
  stridesOf(m)[0] = size;
  m->view.suboffsets = nullptr;
  return true;
}

Value castMethod(Value self, const Value* argv) {
  auto* m = asView(self);
  if (!usable(m)) return {};
  if (!isStr(argv[0])) return raise(TypeErrorType, "cast() argument 'format' must be str, not %.50G", argv[0]);
  if (!bufferIsContiguous(m->view, 'C')) return raise(TypeErrorType, "memoryview: casts are restricted to C-contiguous views");
  Value shape = argv[1];
  if ((shape || m->view.dimensions != 1))
    for (int32_t i = 0; i < m->view.dimensions; ++i)
      if (m->view.shape[i] == 0) return raise(TypeErrorType, "memoryview: cannot cast view with zeros in shape or strides");
  int64_t dimensions = 1;
  if (shape) {
    if (!isList(shape) && !isTuple(shape)) return raise(TypeErrorType, "shape must be a list or a tuple");
    dimensions = isList(shape) ? asList(shape)->size : asTuple(shape)->size;
    if (dimensions > kMaxDimensions) return raise(ValueErrorType, "memoryview: number of dimensions must not exceed %d", kMaxDimensions);
    if (m->view.dimensions != 1 && dimensions != 1) return raise(TypeErrorType, "memoryview: cast must be 1D -> ND or ND -> 1D");
  }
  // The arrays have room for the larger number of dimensions.
  MemoryViewObject* made = newView(m->managed, static_cast<int32_t>(dimensions > m->view.dimensions ? dimensions : m->view.dimensions));
  if (!made) return {};
  Ref out{Value(&made->header)};
  made->view.dimensions = m->view.dimensions;
  made->view.data = m->view.data;
  made->view.bytes = m->view.bytes;
  made->view.itemSize = m->view.itemSize;
  made->view.readOnly = m->view.readOnly;
  made->view.format = m->view.format;
  gcTrack(&made->header);
  if (!castFormat(made, argv[0])) return {};
  if (!shape) return out.release();
  made->view.dimensions = static_cast<int32_t>(dimensions);
  int64_t bytes = made->view.itemSize;
  for (int64_t i = 0; i < dimensions; ++i) {
    Value item = isList(shape) ? asList(shape)->items[i] : asTuple(shape)->items[i];
    if (!isInt(item)) return raise(TypeErrorType, "memoryview.cast(): elements of shape must be integers");
    int overflow = 0;
    const int64_t n = intToInt64(item, &overflow);
    if (overflow) return raise(OverflowErrorType, "Python int too large to convert to C ssize_t");
    if (n <= 0) return raise(ValueErrorType, "memoryview.cast(): elements of shape must be integers > 0");
    if (n > INT64_MAX / bytes) return raise(ValueErrorType, "memoryview.cast(): product(shape) > SSIZE_MAX");
    bytes *= n;
    shapeOf(made)[i] = n;
  }
  if (bytes != made->view.bytes) return raise(TypeErrorType, "memoryview: product(shape) * itemsize != buffer size");
  made->view.strides = stridesOf(made);
  denseStrides(made);
  return out.release();
}

Value tupleOf(const int64_t* values, int32_t n) {
  if (n == 0) return emptyTuple();
  Value out = newTuple(n);
  if (!out) return {};
  for (int32_t i = 0; i < n; ++i) asTuple(out)->items[i] = newInt(values[i]);
  return out;
}

#define KRAIT_VIEW_GETTER(name, expression)                                                                            \
  Value name(Value self, void*) {                                                                                      \
    auto* m = asView(self);                                                                                            \
    if (!usable(m)) return {};                                                                                         \
    return expression;                                                                                                 \
  }
KRAIT_VIEW_GETTER(getObj, m->managed->master.owner ? newRef(m->managed->master.owner) : newRef(none()))
KRAIT_VIEW_GETTER(getNbytes, newInt(m->view.bytes))
KRAIT_VIEW_GETTER(getReadonly, boolean(m->view.readOnly))
KRAIT_VIEW_GETTER(getItemsize, newInt(m->view.itemSize))
KRAIT_VIEW_GETTER(getFormat, newStr(formatOf(m->view)))
KRAIT_VIEW_GETTER(getNdim, newInt(m->view.dimensions))
KRAIT_VIEW_GETTER(getShape, tupleOf(m->view.shape, m->view.dimensions))
KRAIT_VIEW_GETTER(getStrides, tupleOf(m->view.strides, m->view.dimensions))
KRAIT_VIEW_GETTER(getSuboffsets, m->view.suboffsets ? tupleOf(m->view.suboffsets, m->view.dimensions) : emptyTuple())
KRAIT_VIEW_GETTER(getCContiguous, boolean(bufferIsContiguous(m->view, 'C')))
KRAIT_VIEW_GETTER(getFContiguous, boolean(bufferIsContiguous(m->view, 'F')))
KRAIT_VIEW_GETTER(getContiguous, boolean(bufferIsContiguous(m->view, 'A')))
#undef KRAIT_VIEW_GETTER

constexpr MethodDef methods[] = {
    {"release", release, "($self, /)"},
    {"tobytes", tobytes, "($self, /, order='C')"},
    {"hex", hexMethod, "($self, /, sep=<unrepresentable>, bytes_per_sep=1)"},
    {"tolist", tolist, "($self, /)"},
    {"cast", castMethod, "($self, /, format, shape=<unrepresentable>)"},
    {"toreadonly", toreadonly, "($self, /)"},
    {"__enter__", enter},
    {"__exit__", exitMethod, nullptr, kMethodPositional},
    {},
};
constexpr GetSetDef getset[] = {
    {"obj", getObj},           {"nbytes", getNbytes},   {"readonly", getReadonly},
    {"itemsize", getItemsize}, {"format", getFormat},   {"ndim", getNdim},
    {"shape", getShape},       {"strides", getStrides}, {"suboffsets", getSuboffsets},
    {"c_contiguous", getCContiguous}, {"f_contiguous", getFContiguous}, {"contiguous", getContiguous},
    {},
};
constexpr SequenceSlots sequence = {.length = viewLength, .item = viewItem};
constexpr MappingSlots mapping = {.length = viewLength, .subscript = subscript, .setSubscript = assignSubscript};
constexpr BufferSlots buffer = {.get = getBufferSlot, .release = releaseBufferSlot};

} // namespace

Value memoryItemAnyhow(Value view, int64_t i) { return viewItem(view, i); }

Value newMemoryView(Value object) {
  if (isMemoryView(object)) {
    auto* m = asView(object);
    return usable(m) ? copyView(m->managed, m->view) : Value();
  }
  if (!readyTypeOf(object)->buffer)
    return raise(TypeErrorType, "memoryview: a bytes-like object is required, not '%.200s'", typeOf(object)->name);
  Object* o = newObject(&managedBufferType.instanceLayout);
  if (!o) return {};
  Ref holder{Value(o)};
  auto* managed = reinterpret_cast<ManagedBuffer*>(o);
  if (getBuffer(object, &managed->master, kBufferFull) < 0) {
    managed->released = true;
    return {};
  }
  gcTrack(o);
  return copyView(managed, managed->master);
}

constinit Type managedBufferType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "managedbuffer",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation | kTypeImmutable,
    .instanceLayout = {.type = &managedBufferType, .size = sizeof(ManagedBuffer), .flags = kLayoutGc},
    .dealloc = managedDealloc,
    .traverse = managedTraverse,
};

constinit Type memoryviewType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "memoryview",
    .base = &objectType,
    .flags = kTypeSequence | kTypeImmutable | kTypeOwnGetAttr,
    .instanceLayout = {.type = &memoryviewType, .size = sizeof(MemoryViewObject), .itemSize = sizeof(int64_t),
                       .flags = kLayoutGc, .weakOffset = offsetof(MemoryViewObject, weakrefs)},
    .dealloc = viewDealloc,
    .traverse = viewTraverse,
    .clear = viewClear,
    .repr = reprSlot,
    .hash = hashSlot,
    .compare = compareSlot,
    .iter = iterateView,
    .construct = construct,
    .sequence = &sequence,
    .mapping = &mapping,
    .buffer = &buffer,
    .methods = methods,
    .getset = getset,
    .doc = "A view of the memory of an object that has the buffer protocol: no copy.",
    .constructorSignature = "(object)",
};

} // namespace krait
