// _sre: compile and the case functions that the pattern compiler asks.
#include "runtime/memory/alloc.h"
#include "runtime/modules/sre/program.h"
#include "runtime/object/protocol.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"
#include "runtime/unicode/char_types.h"

namespace krait::sre {
namespace {

/// pattern, flags, code, groups, groupindex, indexgroup
Value compileFunction(Value, const Value* argv) {
  int flags = 0;
  int64_t groups = 0;
  if (!intArgument(argv[1], &flags) || !sizeArgument(argv[3], &groups)) return {};
  if (!isList(argv[2])) return raise(TypeErrorType, "compile() argument 'code' must be list, not %.50G", argv[2]);
  if (!isDict(argv[4])) return raise(TypeErrorType, "compile() argument 'groupindex' must be dict, not %.50G", argv[4]);
  if (!isTuple(argv[5])) return raise(TypeErrorType, "compile() argument 'indexgroup' must be tuple, not %.50G", argv[5]);
  Object* o = newObject(&patternType.instanceLayout);
  if (!o) return {};
  Ref made{Value(o)};
  auto* p = reinterpret_cast<PatternObject*>(o);
  p->pattern = newRef(argv[0]);
  p->groups = groups;
  p->flags = static_cast<uint32_t>(flags);
  p->isBytes = !isStr(argv[0]) && !isNone(argv[0]);
  if (p->isBytes) {
    HeldBuffer b;
    if (!b.get(argv[0])) return {};
  }
  p->codeSize = static_cast<uint32_t>(asList(argv[2])->size);
  p->code = static_cast<uint32_t*>(allocate((p->codeSize + 1) * sizeof(uint32_t)));
  if (!p->code) return {};
  for (uint32_t i = 0; i < p->codeSize; ++i) {
    const Value n = asList(argv[2])->items[i];
    int overflow = 0;
    const int64_t value = isInt(n) ? intToInt64(n, &overflow) : -1; // CPython says the same of what is no int
    if (overflow || value < 0 || value > UINT32_MAX) return raise(OverflowErrorType, "regular expression code size limit exceeded");
    p->code[i] = static_cast<uint32_t>(value);
  }
  if (dictSize(argv[4])) p->groupIndex = newRef(argv[4]);
  if (asTuple(argv[5])->size) p->indexGroup = newRef(argv[5]);
  if (groups < 0 || groups > kMaxGroups || !prepareProgram(p)) return errorSet() ? Value() : raise(RuntimeErrorType, "invalid SRE code");
  return made.release();
}

Value getCodeSize(Value) { return newInt(4); }
bool characterArgument(Value v, uint32_t* c) {
  int value;
  if (!intArgument(v, &value)) return false;
  *c = static_cast<uint32_t>(value);
  return true;
}
Value asciiIsCased(Value, Value v) {
  uint32_t c;
  if (!characterArgument(v, &c)) return {};
  return boolean(c < 128 && ((c | 32) >= 'a' && (c | 32) <= 'z'));
}
Value unicodeIsCased(Value, Value v) {
  uint32_t c;
  return characterArgument(v, &c) ? boolean(unicode::hasFlag(c, unicode::kSreCased)) : Value();
}
Value asciiToLower(Value, Value v) {
  uint32_t c;
  return characterArgument(v, &c) ? newInt(lowerAscii(c)) : Value();
}
Value unicodeToLower(Value, Value v) {
  uint32_t c;
  return characterArgument(v, &c) ? newInt(unicode::simpleLower(c)) : Value();
}

constexpr MethodDef methods[] = {
    {"compile", compileFunction, "($module, /, pattern, flags, code, groups, groupindex, indexgroup)"},
    {"getcodesize", getCodeSize, "($module, /)"},
    {"ascii_iscased", asciiIsCased, "($module, character, /)"},
    {"unicode_iscased", unicodeIsCased, "($module, character, /)"},
    {"ascii_tolower", asciiToLower, "($module, character, /)"},
    {"unicode_tolower", unicodeToLower, "($module, character, /)"},
    {},
};

int exec(Value module) {
  if (moduleAdd(module, "MAGIC", newInt(kMagic)) < 0 || moduleAdd(module, "CODESIZE", newInt(4)) < 0) return -1;
  if (moduleAdd(module, "MAXREPEAT", newInt(kMaxRepeat)) < 0) return -1;
  return moduleAdd(module, "MAXGROUPS", newInt(kMaxGroups));
}

} // namespace
} // namespace krait::sre

extern "C" const krait::NativeModule krt_module_sre = {.name = "_sre", .methods = krait::sre::methods, .exec = krait::sre::exec};
