// Code objects. Attributes are computed from the CodeInfo when asked for. Bytecode is for show: the engine, where one is
// linked, compiles it from the source text at the first question. What the program made itself has only bytecode.
#include "runtime/object/shown_sizes.h"
#include "runtime/types/code_object.h"
#include <algorithm>
#include <cstddef>
#include <cstring>
#include "runtime/abi/eager_code.h"
#include "runtime/builtins/hooks.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

CodeObject* asCode(Value v) { return v.as<CodeObject>(); }
const CodeInfo* info(Value v) { return asCode(v)->info; }

void deallocCode(Object* o) {
  auto* c = reinterpret_cast<CodeObject*>(o);
  if (c->weakrefs) clearWeakrefs(o);
  for (Value* word : {&c->varNames, &c->cellNames, &c->freeNames, &c->constants, &c->names, &c->bytecode, &c->lineTable,
                      &c->exceptionTable, &c->basis})
    clear(*word);
  // The CodeInfo of a replace() stays: tracebacks, frames and generators may still refer to it.
  if (c->own) c->own->object = nullptr;
  else if (c->info->unit) const_cast<CodeInfo*>(c->info)->object = nullptr;
  dropCode(c->info);
  freeObject(o);
}

/// The tuple of `n` words at `words`, cached.
Value tupleOf(Value& cache, const Value* words, size_t n) {
  if (!cache) cache = newTupleFrom(words, n);
  return xnewRef(cache);
}

/// Bodies of classes and of exec'd text keep their namespace as a parameter, which is nobody's business.
uint32_t hiddenVariables(Value self) {
  return !(info(self)->flags & kCodeOptimized) && !asCode(self)->isBytecode && info(self)->paramCount == 1 ? 1 : 0;
}
/// Variables without those, and without the captured ones behind the others that need no cell (ir/passes/lift_captures.cpp).
uint32_t variableCount(Value self) {
  const CodeInfo* code = info(self);
  uint32_t count = code->varCount;
  auto isCell = [&](Value name) {
    return std::any_of(code->cellNames, code->cellNames + code->cellCount, [&](Value c) { return strEqual(c, name); });
  };
  if (!asCode(self)->isBytecode)
    while (count > code->paramCount && isCell(code->varNames[count - 1])) --count;
  return count - hiddenVariables(self);
}
Value getVarNames(Value self, void*) {
  return tupleOf(asCode(self)->varNames, info(self)->varNames + hiddenVariables(self), variableCount(self));
}
Value getCellVars(Value self, void*) {
  return tupleOf(asCode(self)->cellNames, info(self)->cellNames, info(self)->cellCount);
}
Value getFreeVars(Value self, void*) {
  return tupleOf(asCode(self)->freeNames, info(self)->freeNames, info(self)->freeCount);
}
} // namespace

int32_t askForBytecode(Value self) {
  CodeObject* c = asCode(self);
  if (c->askedForBytecode) return 0;
  c->askedForBytecode = true;
  if (!krt_engine_hooks) return 0;
  // A copy's is the original's.
  Value original = self;
  while (asCode(original)->basis) original = asCode(original)->basis;
  Bytecode made;
  int32_t found = krt_engine_hooks->bytecode(info(original), made);
  if (found <= 0) return found;
  c->bytecode = made.code;
  c->lineTable = made.lineTable;
  c->exceptionTable = made.exceptionTable;
  c->stackSize = made.stackSize;
  c->constants = made.constants;
  c->names = made.names;
  return 0;
}

int32_t bytecodeOfCode(Value codeObject, Bytecode& out) {
  if (askForBytecode(codeObject) < 0) return -1;
  const CodeObject* c = asCode(codeObject);
  out = {c->bytecode, c->lineTable, c->exceptionTable, c->constants, c->names, c->stackSize};
  return c->bytecode ? 1 : 0;
}

namespace {
Value getNames(Value self, void*) {
  if (askForBytecode(self) < 0) return Value();
  return tupleOf(asCode(self)->names, nullptr, 0);
}

Value getConstants(Value self, void*) {
  if (askForBytecode(self) < 0) return Value();
  CodeObject* c = asCode(self);
  if (!c->constants) {
    if (c->info->constants) c->constants = newRef(c->info->constants);
    else c->constants = newTuple({c->info->docstring ? c->info->docstring : none()});
  }
  return xnewRef(c->constants);
}

Value getName(Value self, void*) { return newRef(info(self)->name); }
Value getQualname(Value self, void*) { return newRef(info(self)->qualname); }
Value getFilename(Value self, void*) { return newRef(info(self)->filename); }
Value getFlags(Value self, void*) {
  const uint32_t flags = info(self)->flags & ~kCodeUnseen;
  return newInt(flags & kCodeEager ? (flags & ~kCodeEager) | kCodeGenerator : flags);
}
Value getFirstLine(Value self, void*) { return newInt(info(self)->firstLine); }
uint32_t argumentCount(Value self) { return info(self)->argCount - std::min(info(self)->argCount, hiddenVariables(self)); }
Value getArgCount(Value self, void*) { return newInt(argumentCount(self)); }
Value getPosOnlyArgCount(Value self, void*) { return newInt(info(self)->posOnlyCount); }
Value getKwOnlyArgCount(Value self, void*) { return newInt(info(self)->kwOnlyCount); }
Value getLocalsCount(Value self, void*) { return newInt(variableCount(self)); }
Value getStackSize(Value self, void*) {
  if (askForBytecode(self) < 0) return Value();
  return newInt(asCode(self)->bytecode ? asCode(self)->stackSize : 1);
}
Value bytesOrEmpty(Value self, Value CodeObject::*field) {
  if (askForBytecode(self) < 0) return Value();
  return asCode(self)->*field ? newRef(asCode(self)->*field) : newBytes(std::string_view());
}
Value getCode(Value self, void*) { return bytesOrEmpty(self, &CodeObject::bytecode); }
Value getLineTable(Value self, void*) { return bytesOrEmpty(self, &CodeObject::lineTable); }
Value getExceptionTable(Value self, void*) { return bytesOrEmpty(self, &CodeObject::exceptionTable); }
Value getEmptyBytes(Value, void*) { return newBytes(std::string_view()); }

/// The name of a variable by its number among locals, cells and free variables.
Value varName(Value self, Value number) {
  const CodeInfo* code = info(self);
  int64_t i = toIndex(number, &OverflowErrorType);
  if (i == -1 && errorSet()) return Value();
  if (i >= 0 && i < code->varCount) return newRef(code->varNames[i]);
  i -= code->varCount;
  // A cell that is a parameter has the parameter's number.
  auto isVariable = [&](Value name) {
    for (uint32_t k = 0; k < code->varCount; ++k)
      if (strEqual(code->varNames[k], name)) return true;
    return false;
  };
  for (uint32_t k = 0; k < code->cellCount; ++k) {
    if (isVariable(code->cellNames[k])) continue;
    if (i-- == 0) return newRef(code->cellNames[k]);
  }
  if (i >= 0 && i < code->freeCount) return newRef(code->freeNames[i]);
  return raise(IndexErrorType, "tuple index out of range");
}

Value reprCode(Value self) {
  const CodeInfo* code = info(self);
  return formatText("<code object %U at %p, file \"%U\", line %d>", code->name, static_cast<void*>(self.object()),
                    code->filename, static_cast<int>(code->firstLine));
}

bool sameNames(const Value* a, const Value* b, uint32_t n) {
  for (uint32_t i = 0; i < n; ++i)
    if (!strEqual(a[i], b[i])) return false;
  return true;
}

/// What was made of bytecode has no span: its columns are in the table of lines.
bool sameSpan(const CodeInfo* a, const CodeInfo* b) {
  return !a->span.line || !b->span.line || (a->span.line == b->span.line && a->span.column == b->span.column);
}

bool sameDescription(Value x, Value y) {
  const CodeInfo *a = info(x), *b = info(y);
  const uint32_t p = hiddenVariables(x), q = hiddenVariables(y), variables = variableCount(x);
  return a->firstLine == b->firstLine && ((a->flags ^ b->flags) & ~kCodeUnseen) == 0 && argumentCount(x) == argumentCount(y) &&
         a->posOnlyCount == b->posOnlyCount && a->kwOnlyCount == b->kwOnlyCount && variables == variableCount(y) &&
         a->cellCount == b->cellCount && a->freeCount == b->freeCount && strEqual(a->name, b->name) &&
         strEqual(a->qualname, b->qualname) && sameSpan(a, b) && sameNames(a->varNames + p, b->varNames + q, variables) &&
         sameNames(a->cellNames, b->cellNames, a->cellCount) && sameNames(a->freeNames, b->freeNames, a->freeCount);
}

} // namespace

int32_t sameConstants(Value a, Value b) {
  if (a == b) return 1;
  if (!isTuple(a) || !isTuple(b)) return typeOf(a) == typeOf(b) ? equal(a, b) : 0;
  if (asTuple(a)->size != asTuple(b)->size) return 0;
  for (int64_t i = 0; i < asTuple(a)->size; ++i)
    if (int32_t same = sameConstants(asTuple(a)->items[i], asTuple(b)->items[i]); same <= 0) return same;
  return 1;
}

namespace {
/// Equal: the same definition, copies that replace() left alike, or texts that CPython makes the same bytecode of. -1: error.
int32_t sameCode(Value a, Value b) {
  const CodeInfo *x = info(a), *y = info(b);
  if (x == y) return 1;
  if (!sameDescription(a, b)) return 0;
  if (!asCode(a)->isBytecode && !asCode(b)->isBytecode && x->entry == y->entry && x->body == y->body) return 1;
  if (askForBytecode(a) < 0 || askForBytecode(b) < 0) return -1;
  const CodeObject *c = asCode(a), *d = asCode(b);
  if (!c->bytecode || !d->bytecode) return 0;
  if (bytesView(c->bytecode) != bytesView(d->bytecode) || bytesView(c->lineTable) != bytesView(d->lineTable) ||
      bytesView(c->exceptionTable) != bytesView(d->exceptionTable))
    return 0;
  Ref left(getConstants(a, nullptr)), right(getConstants(b, nullptr));
  const int32_t names = equal(c->names, d->names);
  return names > 0 && left && right ? sameConstants(left, right) : names;
}

Value compareCode(Value a, Value b, int op) {
  if ((op != kEq && op != kNe) || !isExact(a, codeType) || !isExact(b, codeType)) return notImplemented();
  const int32_t same = sameCode(a, b);
  return same < 0 ? Value() : boolean((op == kEq) == (same > 0));
}

int64_t hashCode(Value self) {
  const CodeInfo* code = info(self);
  auto h = static_cast<uint64_t>(strHash(code->name));
  h = h * 1000003 ^ code->firstLine;
  h = h * 1000003 ^ (uint64_t{argumentCount(self)} << 16 | variableCount(self) << 8 | code->freeCount);
  auto result = static_cast<int64_t>(h);
  return result == -1 ? -2 : result;
}

} // namespace

CodeObject* allocateCode(const CodeInfo* code) {
  auto* c = reinterpret_cast<CodeObject*>(newObject(&codeType.instanceLayout));
  if (!c) return nullptr;
  c->info = code;
  keepCode(code);
  return c;
}

int64_t frameWords(const CodeInfo* info) {
  Ref code(codeObjectOf(info)), stack(code ? getAttr(code, "co_stacksize") : Value());
  if (!stack) return -1;
  int64_t words = toInt64(stack) + info->varCount + info->freeCount;
  for (uint32_t i = 0; i < info->cellCount; ++i) { // a parameter that is captured has one word
    bool isVariable = false;
    for (uint32_t k = 0; k < info->varCount; ++k) isVariable |= info->varNames[k] == info->cellNames[i];
    words += !isVariable;
  }
  return words;
}

namespace {

Value sizeOf(Value self) {
  Ref bytecode(getAttr(self, "co_code"));
  if (!bytecode) return Value();
  const int64_t size = shownSizeOf(typeOf(self))->basic + static_cast<int64_t>(bytesView(bytecode).size());
  return newInt((size + 7) & ~7);
}

const MethodDef methods[] = {
    {"__sizeof__", sizeOf, "($self, /)"},
    {"co_lines", codeLines},
    {"co_positions", codePositions},
    {"_varname_from_oparg", varName, "($self, /, oparg)"},
    {"replace", replaceCode, kReplaceSignature},
    {},
};
const GetSetDef attributes[] = {
    {"co_varnames", getVarNames},
    {"co_cellvars", getCellVars},
    {"co_freevars", getFreeVars},
    {"co_code", getCode},
    {"_co_code_adaptive", getCode},
    {"co_lnotab", getEmptyBytes},
    {},
};
const MemberDef members[] = {
    {"co_name", getName},
    {"co_qualname", getQualname},
    {"co_filename", getFilename},
    {"co_flags", getFlags},
    {"co_firstlineno", getFirstLine},
    {"co_argcount", getArgCount},
    {"co_posonlyargcount", getPosOnlyArgCount},
    {"co_kwonlyargcount", getKwOnlyArgCount},
    {"co_nlocals", getLocalsCount},
    {"co_stacksize", getStackSize},
    {"co_names", getNames},
    {"co_consts", getConstants},
    {"co_linetable", getLineTable},
    {"co_exceptiontable", getExceptionTable},
    {},
};

} // namespace

constinit Type codeType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "code",
    .base = &objectType,
    .flags = kTypeOwnGetAttr,
    .instanceLayout = {.type = &codeType, .size = sizeof(CodeObject),
                       .weakOffset = offsetof(CodeObject, weakrefs)},
    .dealloc = deallocCode,
    .repr = reprCode,
    .hash = hashCode,
    .compare = compareCode,
    .construct = constructCode,
    .methods = methods,
    .getset = attributes,
    .members = members,
    .constructorSignature = "(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n     flags, codestring, constants, names, "
                            "varnames, filename, name,\n     qualname, firstlineno, linetable, exceptiontable, freevars=(),\n     cellvars=(), /)",
};

const CodeInfo* codeForGlobals(const CodeInfo* code, Value globals) {
  if (code->body || !code->module || code->module->dict == globals) return code;
  if (krt_engine_hooks) return krt_engine_hooks->bytecodeInfo(code);
  raise(RuntimeErrorType, "this program was built without what runs compiled code with other globals");
  return nullptr;
}

const CodeInfo* foretoldCode(Value text, Value globals) {
  const ModuleInfo* module = isExactDict(globals) && asDict(globals)->split == kDictCells ? asDict(globals)->module : nullptr;
  if (!module || !module->textCount || module->dict != globals || !isStr(text)) return nullptr;
  Utf8 utf8(text);
  if (!utf8.ok()) {
    errorClear();
    return nullptr;
  }
  ForetoldText* found = nullptr;
  for (uint32_t i = 0; i < module->textCount; ++i) {
    ForetoldText& t = module->texts[i];
    if (utf8.view() == std::string_view(t.text, t.size) && (!found || t.taken < found->taken)) found = &t;
  }
  if (!found) return nullptr;
  ++found->taken;
  return found->codes[0];
}

const ForetoldText* foretoldTextOf(const CodeInfo* code) {
  const ModuleInfo* module = code->module;
  if (!module || !module->textCount) return nullptr;
  const ForetoldText *begin = module->texts, *end = begin + module->textCount;
  const auto* found = std::find_if(begin, end, [&](const ForetoldText& t) { return std::find(t.codes, t.codes + t.count, code) != t.codes + t.count; });
  return found == end ? nullptr : found;
}

Value codeObjectOf(const CodeInfo* code) {
  if (code->object) return newRef(Value(&code->object->header));
  CodeObject* made = allocateCode(code);
  if (!made) return Value();
  const_cast<CodeInfo*>(code)->object = made;
  Value v(&made->header);
  return code->unit ? v : newRef(v);
}

} // namespace krait
