// What compiled code asks of what it takes for a dict or set: most keys are the very object that stands where their hash points first.
#include <cstddef>
#include <cstring>

#include "runtime/abi/entries.h"
#include "runtime/memory/gc.h"
#include "runtime/types/dict.h"
#include "runtime/types/dict_table.h"
#include "runtime/types/set_table.h"

namespace krait {

using namespace dict_table;

namespace {

constexpr int64_t kMayRunCode = -2;

bool leavesItemsToDict(Value v) { return v.isPointer() && v.object()->layout->flags & kLayoutDictItems; }

/// Whatever the first slot does not tell, without running code.
template <bool behindFirst> [[gnu::noinline]] int64_t findFurther(DictObject* d, Value key, int64_t hash) {
  int64_t at = follow<behindFirst>(d, key, hash);
  if (at <= kUnknown) at = comparePlainly(d, key, hash, at);
  return at == kUnknown || (at >= 0 && d->entries[at].value.isIndirect()) ? kMayRunCode : at;
}

/// How wide the index is, and whether words of the values are elsewhere, in one look.
constexpr uint16_t combined(uint8_t indexBytes) { return static_cast<uint16_t>(indexBytes | kDictCombined << 8); }
static_assert(offsetof(DictObject, split) == offsetof(DictObject, indexBytes) + 1);
inline uint16_t shape(const DictObject* d) {
  uint16_t both;
  std::memcpy(&both, &d->indexBytes, sizeof both);
  return both;
}

[[gnu::always_inline]] inline int64_t findHashed(DictObject* d, Value key, int64_t hash) {
  const uint64_t slot = static_cast<uint64_t>(hash) & ((uint64_t{1} << d->log2Index) - 1);
  int64_t at;
  if (shape(d) == combined(1)) [[likely]] at = static_cast<const int8_t*>(d->index)[slot];
  else if (shape(d) == combined(2)) at = static_cast<const int16_t*>(d->index)[slot];
  else return findFurther<false>(d, key, hash);
  if (at < 0) return at == kEmpty ? at : findFurther<true>(d, key, hash);
  const DictEntry& e = d->entries[at];
  if (isOf(e, key, hash)) [[likely]] return at;
  return e.hash == hash ? findFurther<false>(d, key, hash) : findFurther<true>(d, key, hash);
}
/// Of a key whose hash is not known at once, mostly a tuple that was made for this, or of a dict without entries.
[[gnu::noinline]] int64_t findOther(DictObject* d, Value key) {
  int64_t hash;
  if (isExactTuple(key) && !asTuple(key)->hash && tupleKeepsHash(asTuple(key))) hash = asTuple(key)->hash;
  else if (!hashAtOnce(key, &hash) && !hashOther(key, &hash)) return kMayRunCode;
  return d->entries ? findHashed(d, key, hash) : kEmpty;
}

[[gnu::always_inline]] inline int64_t find(Value dict, Value key) {
  DictObject* d = asDict(dict);
  int64_t hash;
  if (!hashWithoutCode(key, &hash) || !d->entries) [[unlikely]] return findOther(d, key);
  return findHashed(d, key, hash);
}

} // namespace

extern "C" {

int64_t krt_dict_find(Value dict, Value key) { return find(dict, key); }

int32_t krt_set_has(Value set, Value key) {
  if (!set.isPointer() || (set.object()->layout != &setType.instanceLayout && set.object()->layout != &frozensetType.instanceLayout)) return -1;
  int64_t hash;
  if (!hashWithoutCode(key, &hash) && !hashOther(key, &hash)) [[unlikely]] return -1;
  return set_table::hasPlainlyAtOnce(asSet(set), key, hash);
}

void krt_dict_put(Value dict, int64_t entry, Owned v) {
  DictObject* d = asDict(dict);
  Value& word = d->entries[entry].value;
  const Value old = word;
  word = v;
  if (v.isPointer() && !gcIsTracked(&d->header)) [[unlikely]] trackFor(d, Value(), v);
  decref(old);
}

Value krt_item_get_of_dict(Value o, Value key) {
  if (leavesItemsToDict(o)) [[likely]] {
    const int64_t at = find(o, key);
    if (at >= 0) [[likely]] return newRef(asDict(o)->entries[at].value);
  }
  return krt_item_get(o, key);
}

int32_t krt_item_set_of_dict(Value o, Value key, Value v) {
  if (leavesItemsToDict(o)) [[likely]] {
    const int64_t at = find(o, key);
    if (at >= 0) [[likely]] return krt_dict_put(o, at, newRef(v)), 0;
    if (int64_t hash; at == kEmpty && !asDict(o)->split && (hashWithoutCode(key, &hash) || hashOther(key, &hash))) return insertNew(asDict(o), key, hash, v);
  }
  return krt_item_set(o, key, v);
}

} // extern "C"

} // namespace krait
