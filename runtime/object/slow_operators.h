// The general halves of the operators whose fast paths are in runtime/hot/.
#pragma once
#include "runtime/abi/entries.h"

namespace krait {

/// An index, from the end if negative, becomes one from the start; false if there is no such item.
inline bool findItem(int64_t* index, int64_t size) {
  if (*index < 0) *index += size;
  return static_cast<uint64_t>(*index) < static_cast<uint64_t>(size);
}

extern "C" {
#define KRAIT_BINARY(op)                                                                                      \
  [[gnu::noinline]] Value krt_##op##_slow(Value a, Value b);
KRAIT_BINARY(add)
KRAIT_BINARY(sub)
KRAIT_BINARY(mul)
KRAIT_BINARY(truediv)
KRAIT_BINARY(floordiv)
KRAIT_BINARY(mod)
KRAIT_BINARY(pow)
KRAIT_BINARY(lshift)
KRAIT_BINARY(rshift)
KRAIT_BINARY(and)
KRAIT_BINARY(or)
KRAIT_BINARY(xor)
KRAIT_BINARY(matmul)
/// Augmented: `a` is consumed on success.
KRAIT_BINARY(iadd)
KRAIT_BINARY(isub)
KRAIT_BINARY(imul)
KRAIT_BINARY(itruediv)
KRAIT_BINARY(ifloordiv)
KRAIT_BINARY(imod)
KRAIT_BINARY(ipow)
KRAIT_BINARY(ilshift)
KRAIT_BINARY(irshift)
KRAIT_BINARY(iand)
KRAIT_BINARY(ior)
KRAIT_BINARY(ixor)
KRAIT_BINARY(imatmul)
#undef KRAIT_BINARY
/// op is a CompareOp.
[[gnu::noinline]] Value krt_compare_slow(Value a, Value b, int32_t op);
[[gnu::noinline]] Value krt_compare_text_slow(Value a, Value text, int32_t op);
[[gnu::noinline]] int32_t krt_known_text_slow(Value a, Value b);
[[gnu::noinline]] int32_t krt_test_text_slow(Value a, Value text, int32_t op);
[[gnu::noinline]] int32_t krt_test_slow(Value a, Value b, int32_t op);
[[gnu::noinline]] int32_t krt_truth_slow(Value v);
[[gnu::noinline]] Value krt_neg_slow(Value v);
[[gnu::noinline]] Value krt_item_get_slow(Value o, Value key);
[[gnu::noinline]] int32_t krt_item_set_slow(Value o, Value key, Value v);
[[gnu::noinline]] Value krt_next_slow(Value iterator);
[[gnu::noinline]] Value krt_iter_slow(Value o);
[[gnu::noinline]] int32_t krt_dict_iterable_slow(Value v, int32_t view);
[[gnu::noinline]] Value krt_yield_from_iter_slow(Owned v);
[[gnu::noinline]] Value krt_await_iter_slow(Owned v, int32_t context);
[[gnu::noinline]] Value krt_anext_slow(Value o);
[[gnu::noinline]] int32_t krt_contains_slow(Value container, Value v);
[[gnu::noinline]] int32_t krt_list_append_slow(Value list, Owned v);
[[gnu::noinline]] int32_t krt_list_put_float_slow(Value list, Value index, double v);
[[gnu::noinline]] int32_t krt_list_put_int_slow(Value list, Value index, Value v);
}

} // namespace krait
