// _random.Random: the Mersenne Twister MT19937 of Matsumoto and Nishimura (1998), seeded and read as CPython does.
#include <sys/random.h>
#include <cerrno>
#include <ctime>
#include <unistd.h>

#include "runtime/memory/alloc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/int_view.h"
#include "runtime/types/sequence.h"
#include "runtime/types/unsigned_argument.h"

namespace krait {

namespace {

constexpr int kN = 624, kM = 397;
struct RandomObject {
  Object header;
  int index;
  uint32_t state[kN];
};
RandomObject* self_(Value v) { return v.as<RandomObject>(); }

[[gnu::noinline]] void nextState(RandomObject* r) {
  static const uint32_t magic[2] = {0, 0x9908b0dfu};
  uint32_t* s = r->state;
  const auto twist = [s](int k, int next, int far) {
    const uint32_t y = (s[k] & 0x80000000u) | (s[next] & 0x7fffffffu);
    s[k] = s[far] ^ (y >> 1) ^ magic[y & 1];
  };
  for (int k = 0; k < kN - kM; ++k) twist(k, k + 1, k + kM);
  for (int k = kN - kM; k < kN - 1; ++k) twist(k, k + 1, k + kM - kN);
  twist(kN - 1, 0, kM - 1);
  r->index = 0;
}
inline uint32_t nextWord(RandomObject* r) {
  if (r->index >= kN) [[unlikely]] nextState(r);
  uint32_t y = r->state[r->index++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ (y >> 18);
}

void seedWord(RandomObject* r, uint32_t seed) {
  uint32_t* s = r->state;
  s[0] = seed;
  for (uint32_t i = 1; i < kN; ++i) s[i] = 1812433253u * (s[i - 1] ^ (s[i - 1] >> 30)) + i;
  r->index = kN;
}

void seedArray(RandomObject* r, const uint32_t* key, size_t length) {
  uint32_t* s = r->state;
  seedWord(r, 19650218u);
  // In runs up to the end of the state or of the key, between which nothing has to be asked; `last` is the word before.
  size_t i = 1, j = 0;
  uint32_t last = s[0];
  const auto mixed = [](uint32_t word, uint32_t before, uint32_t by) { return word ^ ((before ^ (before >> 30)) * by); };
  const auto startAgain = [&] {
    if (i < kN) return;
    s[0] = s[kN - 1];
    i = 1;
  };
  for (size_t left = kN > length ? kN : length; left;) {
    const uint32_t step = length > 1, add = key[j] + static_cast<uint32_t>(j);
    for (size_t run = step ? 1 : left < kN - i ? left : kN - i; run; --run, --left) s[i] = last = mixed(s[i], last, 1664525u) + add, ++i;
    startAgain();
    if (++j >= length) j = 0;
  }
  for (size_t left = kN - 1; left;) {
    for (size_t run = left < kN - i ? left : kN - i; run; --run, --left) s[i] = last = mixed(s[i], last, 1566083941u) - static_cast<uint32_t>(i), ++i;
    startAgain();
  }
  s[0] = 0x80000000u;
}

int32_t seedFrom(RandomObject* r, Value argument) {
  if (!argument || isNone(argument)) {
    uint32_t key[kN];
    if (getrandom(key, sizeof key, 0) != static_cast<ssize_t>(sizeof key)) {
      timespec t;
      clock_gettime(CLOCK_REALTIME, &t);
      seedWord(r, static_cast<uint32_t>(t.tv_sec ^ t.tv_nsec ^ getpid()));
      return 0;
    }
    seedArray(r, key, kN);
    return 0;
  }
  Ref n;
  if (isInt(argument)) {
    n.reset(intSign(argument) < 0 ? intNegate(argument) : newRef(argument));
  } else {
    int64_t h = hash(argument);
    if (h == -1) return -1;
    n.reset(newIntUnsigned(static_cast<uint64_t>(h)));
  }
  if (!n) return -1;
  IntView v(n);
  auto words = static_cast<size_t>(v.count) * 2;
  Limbs storage(v.count + 1);
  auto* key = reinterpret_cast<uint32_t*>(storage.get());
  if (!key) return -1;
  for (bigint::Size i = 0; i < v.count; ++i) {
    key[2 * i] = static_cast<uint32_t>(v.limbs[i]);
    key[2 * i + 1] = static_cast<uint32_t>(v.limbs[i] >> 32);
  }
  while (words > 1 && key[words - 1] == 0) --words;
  if (words == 0) key[0] = 0, words = 1;
  seedArray(r, key, words);
  return 0;
}

Value randomMethod(Value self) {
  uint32_t a = nextWord(self_(self)) >> 5, b = nextWord(self_(self)) >> 6;
  return newFloat((a * 67108864.0 + b) * (1.0 / 9007199254740992.0));
}
Value seedMethod(Value self, const Value* argv) { return seedFrom(self_(self), argv[0]) < 0 ? Value() : newRef(none()); }

[[gnu::noinline]] Value getManyBits(Value self, Value argument) {
  int k;
  if (!intArgument(argument, &k)) return Value();
  if (k < 0) return raise(ValueErrorType, "number of bits must be non-negative");
  if (k == 0) return Value::ofSmallInt(0);
  const int words = (k - 1) / 32 + 1;
  Limbs storage((words + 1) / 2);
  bigint::Limb* limbs = storage.get();
  if (!limbs) return Value();
  bigint::clear(limbs, (words + 1) / 2);
  for (int i = 0; i < words; ++i, k -= 32) {
    uint32_t w = nextWord(self_(self));
    if (k < 32) w >>= 32 - k;
    limbs[i / 2] |= static_cast<bigint::Limb>(w) << (32 * (i % 2));
  }
  return intFromLimbs(limbs, (words + 1) / 2, false);
}
Value getrandbitsMethod(Value self, Value argument) {
  // One word, without a frame: what randrange(), choice() and shuffle() ask for.
  if (argument.isSmallInt() && static_cast<uint64_t>(argument.smallInt() - 1) < 32) [[likely]]
    return newInt(nextWord(self_(self)) >> (32 - argument.smallInt()));
  return getManyBits(self, argument);
}

Value getstateMethod(Value self) {
  Ref t(newTuple(kN + 1));
  if (!t) return Value();
  for (int i = 0; i < kN; ++i) asTuple(t)->items[i] = newInt(self_(self)->state[i]);
  asTuple(t)->items[kN] = newInt(self_(self)->index);
  return t.release();
}
Value setstateMethod(Value self, Value state) {
  if (!isTuple(state)) return raise(TypeErrorType, "state vector must be a tuple");
  if (asTuple(state)->size != kN + 1) return raise(ValueErrorType, "state vector is the wrong size");
  uint32_t words[kN];
  for (int i = 0; i < kN; ++i) {
    uint64_t word;
    if (!unsignedArgument(asTuple(state)->items[i], &word)) return Value();
    words[i] = static_cast<uint32_t>(word);
  }
  int64_t index = toInt64(asTuple(state)->items[kN]);
  if (index == -1 && errorSet()) return Value();
  if (index < 0 || index > kN) return raise(ValueErrorType, "invalid state");
  self_(self)->index = static_cast<int>(index);
  for (int i = 0; i < kN; ++i) self_(self)->state[i] = words[i];
  return newRef(none());
}

/// Seeds nothing: what the arguments mean is for __init__ to say, which a subclass may have replaced.
Value construct(Type* t, const Args&) { return allocateOf(t, 0); }

int32_t init(Value self, const Args& args) {
  if (args.count > 1 && !args.nameCount()) return fail(TypeErrorType, "Random() requires 0 or 1 argument");
  if (checkPositional("Random", args, 0, 1) < 0) return -1;
  return seedFrom(self_(self), args.count ? args[0] : Value());
}

constinit const MethodDef methods[] = {
    {"random", randomMethod, "($self, /)"},
    {"seed", seedMethod, "($self, n=None, /)"},
    {"getrandbits", getrandbitsMethod, "($self, k, /)"},
    {"getstate", getstateMethod, "($self, /)"},
    {"setstate", setstateMethod, "($self, state, /)"},
    {},
};

constinit Type randomType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_random.Random",
    .base = &objectType,
    .flags = kTypeBaseType | kTypeOwnModule | kTypeChangeable,
    .instanceLayout = {.type = &randomType, .size = sizeof(RandomObject)},
    .dealloc = freeObject,
    .init = init,
    .construct = construct,
    .methods = methods,
};

int execute(Value module) { return moduleAddType(module, &randomType); }

} // namespace

extern "C" constinit const NativeModule krt_module_random = {"_random", nullptr, execute};

} // namespace krait
