// The bytes type: construction, its slots and its method table. Methods shared
// with bytearray are in byte_*.cpp.
#include "runtime/types/bytes.h"
#include <algorithm>
#include <cstring>
#include <utility>
#include "runtime/memory/pools.h"
#include "runtime/object/call.h"
#include "runtime/object/names.h"
#include "runtime/types/arguments.h"
#include "runtime/types/byte_iter.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/bytes_source.h"
#include "runtime/types/codec.h"
#include "runtime/types/hash_bytes.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str_data.h"

namespace krait {
namespace {

constexpr SharedByte sharedByte(unsigned c) { return {KRAIT_STATIC_HEADER(bytesType), 1, -1, {static_cast<uint8_t>(c), 0}}; }
template <size_t... I> constexpr SharedBytes makeSharedBytes(std::index_sequence<I...>) { return {{sharedByte(I)...}}; }

} // namespace

extern "C" {
constinit SharedBytes krt_single_bytes = makeSharedBytes(std::make_index_sequence<256>());
constinit SharedByte krt_empty_bytes = {KRAIT_STATIC_HEADER(bytesType), 0, -1, {0, 0}};
}

/// Any that are not short.
[[gnu::noinline]] static Value newLongBytes(const void* data, size_t n) {
  if (n > INT64_MAX - sizeof(BytesObject) - 1) return raise(OverflowErrorType, "byte string is too large");
  auto* b = static_cast<BytesObject*>(allocate(sizeof(BytesObject) + n + 1));
  if (!b) return {};
  b->header = {1, &bytesType.instanceLayout};
  b->size = static_cast<int64_t>(n);
  b->hash = -1;
  if (data) std::memcpy(b->data, data, n);
  b->data[n] = 0;
  return Value(&b->header);
}
Value newBytes(const void* data, size_t n) {
  if (n == 0) return Value(&krt_empty_bytes.header);
  if (n == 1 && data) return Value(&krt_single_bytes.of[*static_cast<const uint8_t*>(data)].header);
  constexpr size_t kShort = kSmallLimit - sizeof(BytesObject) - 1;
  auto* b = n <= kShort ? reinterpret_cast<BytesObject*>(takeObjectOf<0>(bytesType, sizeof(BytesObject) + n + 1)) : nullptr;
  if (!b) [[unlikely]] return newLongBytes(data, n);
  b->size = static_cast<int64_t>(n);
  b->hash = -1;
  if (data) copyShortly(b->data, data, n);
  b->data[n] = 0;
  return Value(&b->header);
}

bool BytesRoom::make(int64_t n) {
  size_ = static_cast<size_t>(n);
  bytes_.reset(newBytes(nullptr, std::max<size_t>(size_, 2))); // shorter ones are shared
  return static_cast<bool>(bytes_);
}

Value BytesRoom::take(int64_t used) {
  const auto n = static_cast<size_t>(used);
  if (n < 2) return newBytes(data(), n);
  auto* b = bytes_.release().as<BytesObject>();
  if (n < size_)
    if (void* shorter = reallocate(b, sizeof(BytesObject) + n + 1)) b = static_cast<BytesObject*>(shorter);
  b->size = used;
  b->data[n] = 0;
  return Value(&b->header);
}

namespace {

void bytesDealloc(Object* o) { releaseObjectOf<0>(bytesType, o); }

Value bytesConstruct(Type* type, const Args& args) {
  Value argv[3];
  Ref holder[2];
  if (bindArguments("bytes", "(source=b'', encoding='utf-8', errors='strict')", args, argv, 3, holder) < 0) return {};
  Ref content(bytesFromArguments("bytes", argv[0], argv[1], argv[2]));
  if (!content || type == &bytesType) return content.release();
  const std::string_view text = bytesView(content);
  Value made = allocateOf(type, static_cast<int64_t>(text.size()) + 1);
  if (!made) return {};
  auto* b = made.as<BytesObject>();
  b->size = static_cast<int64_t>(text.size());
  b->hash = -1;
  std::memcpy(b->data, text.data(), text.size() + 1);
  return made;
}

int64_t bytesHash(Value v) {
  auto* b = v.as<BytesObject>();
  if (b->hash == -1) b->hash = hashBytes(b->data, static_cast<size_t>(b->size));
  return b->hash;
}
Value reprSlot(Value v) { return bytesRepr(byteRange(v), "b", ""); }
Value itemSlot(Value v, int64_t i) {
  const ByteRange r = byteRange(v);
  if (i < 0 || i >= r.size) return raise(IndexErrorType, "index out of range");
  return newInt(r.data[i]);
}
int32_t getBufferSlot(Value self, Buffer* out, uint32_t flags) {
  auto* b = self.as<BytesObject>();
  return fillBuffer(out, self, b->data, b->size, true, flags);
}
Value getNewArgs(Value self) {
  const ByteRange r = byteRange(self);
  Ref exact(newBytes(r.data, static_cast<size_t>(r.size)));
  return exact ? newTuple({exact}) : Value();
}
Value bytesMethod(Value self) { return sameBytes(self); }
Value sizeofMethod(Value self) { return newInt(33 + byteLength(self)); }

constexpr MethodDef methods[] = {
    {"__getnewargs__", getNewArgs},
    {"__bytes__", bytesMethod, "($self, /)"},
    {"__sizeof__", sizeofMethod, "($self, /)"},
    KRAIT_BYTE_METHODS,
    {},
};
Value moduloSlot(Value a, Value b) { return isBytes(a) ? byteModulo(a, b) : newRef(notImplemented()); }
constexpr NumberSlots number = {.mod = moduloSlot};
constexpr SequenceSlots sequence = {
    .length = byteLength, .concat = byteConcat, .repeat = byteRepeat, .item = itemSlot, .contains = byteContains};
constexpr MappingSlots mapping = {.length = byteLength, .subscript = byteSubscript};
constexpr BufferSlots buffer = {.get = getBufferSlot};

} // namespace

constinit Type bytesType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "bytes",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeBytes | kTypeMatchSelf | kTypeImmutable | kTypeOwnGetAttr,
    .instanceLayout = {.type = &bytesType, .size = sizeof(BytesObject), .itemSize = 1, .lengthOffset = offsetof(BytesObject, size)},
    .dealloc = bytesDealloc,
    .repr = reprSlot,
    .str = reprSlot,
    .hash = bytesHash,
    .compare = byteCompare,
    .iter = bytesIterate,
    .construct = bytesConstruct,
    .make = [](Value a) { return madeOf(&bytesType, bytesFromArguments("bytes", a, {}, {}), a); },
    .number = &number,
    .sequence = &sequence,
    .mapping = &mapping,
    .buffer = &buffer,
    .methods = methods,
    .doc = "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> "
           "bytes\nbytes(int) -> bytes\nbytes() -> bytes",
};

} // namespace krait
