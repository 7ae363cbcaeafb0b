// Equality of buffers: same shape, and items equal as values. Formats other than
// the native single letters are unpacked by the struct module.
#include <cstring>
#include "runtime/object/protocol.h"
#include "runtime/types/function.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

/// Reads items of one format.
class ItemReader {
public:
  bool open(const Buffer& b) {
    size_ = b.itemSize;
    if (nativeItemSize(b.format, &code_)) return true;
    Ref module(importModule("struct"));
    if (!module) return false;
    Ref type(getAttr(module, "Struct")), format(newStr(b.format));
    if (!type || !format) return false;
    Ref unpacker(call(type, {format}));
    if (!unpacker) return false;
    unpack_.reset(getAttr(unpacker, "unpack"));
    return static_cast<bool>(unpack_);
  }
  Value read(const char* p) {
    if (!unpack_) return unpackItem(code_, p);
    Ref bytes(newBytes(p, static_cast<size_t>(size_)));
    return bytes ? call(unpack_, {bytes}) : Value();
  }

private:
  char code_ = 0;
  int64_t size_ = 0;
  Ref unpack_;
};

int32_t compareFrom(const Buffer& a, const char* p, const Buffer& b, const char* q, int32_t k, ItemReader& left, ItemReader& right) {
  if (k == a.dimensions) {
    Ref x(left.read(p)), y(right.read(q));
    if (!x || !y) return -1;
    const Ref equalValue(compare(x, y, kEq)); // no identity shortcut: NaN is not itself
    return equalValue ? isTrue(equalValue) : -1;
  }
  for (int64_t i = 0; i < a.shape[k]; ++i) {
    const char *s = p + i * a.strides[k], *t = q + i * b.strides[k];
    if (a.suboffsets && a.suboffsets[k] >= 0) s = *reinterpret_cast<char* const*>(s) + a.suboffsets[k];
    if (b.suboffsets && b.suboffsets[k] >= 0) t = *reinterpret_cast<char* const*>(t) + b.suboffsets[k];
    const int32_t same = compareFrom(a, s, b, t, k + 1, left, right);
    if (same != 1) return same;
  }
  return 1;
}

} // namespace

int32_t viewsEqual(const Buffer& a, const Buffer& b) {
  if (a.dimensions != b.dimensions) return 0;
  for (int32_t i = 0; i < a.dimensions; ++i) {
    if (a.shape[i] != b.shape[i]) return 0;
    if (a.shape[i] == 0) return 1;
  }
  char first = 0, second = 0;
  const bool native = nativeItemSize(a.format, &first) && nativeItemSize(b.format, &second);
  if (native && first == second && first != 'd' && first != 'f' && first != 'e' && first != '?' && bufferIsContiguous(a, 'C') &&
      bufferIsContiguous(b, 'C'))
    return !std::memcmp(a.data, b.data, static_cast<size_t>(a.bytes));
  ItemReader left, right;
  if (!left.open(a) || !right.open(b)) {
    errorClear(); // what cannot be read is not equal
    return 0;
  }
  return compareFrom(a, static_cast<const char*>(a.data), b, static_cast<const char*>(b.data), 0, left, right);
}

} // namespace krait
