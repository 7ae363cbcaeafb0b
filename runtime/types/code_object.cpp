// Code objects. Attributes are computed from the CodeInfo when asked for;
// replace() copies the CodeInfo. Bytecode is only for show: the engine, where
// one is linked, compiles it from the source text at the first question.
#include "runtime/types/code_object.h"
#include <cstddef>
#include <cstring>
#include "runtime/builtins/hooks.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/types/bytes.h"
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
  freeObject(o);
}

/// The tuple of `n` words at `words`, cached.
Value tupleOf(Value& cache, const Value* words, size_t n) {
  if (!cache) cache = newTupleFrom(words, n);
  return xnewRef(cache);
}

Value getVarNames(Value self, void*) { return tupleOf(asCode(self)->varNames, info(self)->varNames, info(self)->varCount); }
Value getCellVars(Value self, void*) {
  return tupleOf(asCode(self)->cellNames, info(self)->cellNames, info(self)->cellCount);
}
Value getFreeVars(Value self, void*) {
  return tupleOf(asCode(self)->freeNames, info(self)->freeNames, info(self)->freeCount);
}
/// Fills in what the engine knows; -1 with an error.
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
  if (c->own && c->own->constants) xdecref(made.constants);
  else c->constants = made.constants;
  c->names = made.names;
  return 0;
}

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
Value getFlags(Value self, void*) { return newInt(info(self)->flags); }
Value getFirstLine(Value self, void*) { return newInt(info(self)->firstLine); }
Value getArgCount(Value self, void*) { return newInt(info(self)->argCount); }
Value getPosOnlyArgCount(Value self, void*) { return newInt(info(self)->posOnlyCount); }
Value getKwOnlyArgCount(Value self, void*) { return newInt(info(self)->kwOnlyCount); }
Value getLocalsCount(Value self, void*) { return newInt(info(self)->varCount); }
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

/// Calls each(span, code units) for every entry of the line table; line -1: none, columns -1: none.
template <class Each> void walkLineTable(const CodeObject* c, Each each) {
  std::string_view table = bytesView(c->lineTable);
  size_t at = 0;
  auto varint = [&] {
    uint32_t value = 0;
    for (uint32_t shift = 0; at < table.size(); shift += 6) {
      auto byte = static_cast<unsigned char>(table[at++]);
      value |= (byte & 0x3Fu) << shift;
      if (!(byte & 0x40)) break;
    }
    return value;
  };
  auto signedVarint = [&] {
    uint32_t v = varint();
    return v & 1 ? -static_cast<int32_t>(v >> 1) : static_cast<int32_t>(v >> 1);
  };
  auto line = static_cast<int32_t>(c->info->firstLine);
  while (at < table.size()) {
    auto first = static_cast<unsigned char>(table[at++]);
    int32_t form = (first >> 3) & 15, units = (first & 7) + 1;
    SourceSpan span{-1, -1, -1, -1};
    if (form == 14) {
      line += signedVarint();
      span.line = line;
      span.endLine = line + static_cast<int32_t>(varint());
      span.column = static_cast<int32_t>(varint()) - 1;
      span.endColumn = static_cast<int32_t>(varint()) - 1;
    } else if (form == 13) {
      line += signedVarint();
      span.line = span.endLine = line;
    } else if (form >= 10 && form <= 12 && at + 1 < table.size()) {
      line += form - 10;
      span = {line, line, static_cast<unsigned char>(table[at]), static_cast<unsigned char>(table[at + 1])};
      at += 2;
    } else if (form < 10 && at < table.size()) {
      auto second = static_cast<unsigned char>(table[at++]);
      int32_t column = form * 8 + (second >> 4);
      span = {line, line, column, column + (second & 15)};
    }
    each(span, units);
  }
}

bool sameSpan(const SourceSpan& a, const SourceSpan& b) {
  return a.line == b.line && a.endLine == b.endLine && a.column == b.column && a.endColumn == b.endColumn;
}

/// Calls add(site) for every site; a list with what it made.
template <class Make> Value listOfSites(const CodeInfo* code, Make make) {
  Ref list(newList(0));
  for (uint32_t i = 0; i < code->siteCount && list; ++i) {
    Ref item(make(i));
    if (!item || listAppend(list, item) < 0) return Value();
  }
  return list.release();
}

Value lineOrNone(int32_t line) { return line < 0 ? newRef(none()) : newInt(line); }

Value lines(Value self) {
  if (askForBytecode(self) < 0) return Value();
  const CodeInfo* code = info(self);
  if (asCode(self)->bytecode) {
    Ref list(newList(0));
    int32_t at = 0;
    walkLineTable(asCode(self), [&](const SourceSpan& s, int32_t units) {
      Ref item(list ? newTuple({newInt(at), newInt(at + units * 2), lineOrNone(s.line)}) : Value());
      at += units * 2;
      if (!item || listAppend(list, item) < 0) list.reset(Value());
    });
    return list ? iterate(list) : Value();
  }
  Ref list(listOfSites(code, [&](uint32_t i) {
    return newTuple({newInt(i * 2), newInt(i * 2 + 2), newInt(code->sites[i].line)});
  }));
  return list ? iterate(list) : Value();
}

Value positions(Value self) {
  if (askForBytecode(self) < 0) return Value();
  const CodeInfo* code = info(self);
  if (asCode(self)->bytecode) {
    Ref list(newList(0));
    walkLineTable(asCode(self), [&](const SourceSpan& s, int32_t units) {
      for (int32_t i = 0; i < units && list; ++i) {
        Ref item(newTuple({lineOrNone(s.line), lineOrNone(s.endLine), lineOrNone(s.column), lineOrNone(s.endColumn)}));
        if (!item || listAppend(list, item) < 0) list.reset(Value());
      }
    });
    return list ? iterate(list) : Value();
  }
  Ref list(listOfSites(code, [&](uint32_t i) {
    const SourceSpan& s = code->sites[i];
    return newTuple({newInt(s.line), newInt(s.endLine), newInt(s.column), newInt(s.endColumn)});
  }));
  return list ? iterate(list) : Value();
}

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

bool sameDescription(const CodeInfo* a, const CodeInfo* b) {
  return a->firstLine == b->firstLine && a->flags == b->flags &&
         a->argCount == b->argCount && a->posOnlyCount == b->posOnlyCount && a->kwOnlyCount == b->kwOnlyCount &&
         a->varCount == b->varCount && a->cellCount == b->cellCount && a->freeCount == b->freeCount &&
         strEqual(a->name, b->name) && strEqual(a->qualname, b->qualname) &&
         a->span.line == b->span.line && a->span.column == b->span.column &&
         sameNames(a->varNames, b->varNames, a->varCount) && sameNames(a->cellNames, b->cellNames, a->cellCount) &&
         sameNames(a->freeNames, b->freeNames, a->freeCount);
}

/// Constants are the same only with the same types: 1 is not 1.0.
int32_t sameConstants(Value a, Value b) {
  if (a == b) return 1;
  if (!isTuple(a) || !isTuple(b)) return typeOf(a) == typeOf(b) ? equal(a, b) : 0;
  if (asTuple(a)->size != asTuple(b)->size) return 0;
  for (int64_t i = 0; i < asTuple(a)->size; ++i)
    if (int32_t same = sameConstants(asTuple(a)->items[i], asTuple(b)->items[i]); same <= 0) return same;
  return 1;
}

/// Equal: the same definition, copies that replace() left alike, or texts that CPython makes the same bytecode of. -1: error.
int32_t sameCode(Value a, Value b) {
  const CodeInfo *x = info(a), *y = info(b);
  if (x == y) return 1;
  if (!sameDescription(x, y)) return 0;
  if (x->entry == y->entry && x->body == y->body) return 1;
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
  h = h * 1000003 ^ (uint64_t{code->argCount} << 16 | code->varCount << 8 | code->freeCount);
  auto result = static_cast<int64_t>(h);
  return result == -1 ? -2 : result;
}

CodeObject* allocateCode(const CodeInfo* code) {
  auto* c = reinterpret_cast<CodeObject*>(newObject(&codeType.instanceLayout));
  if (c) c->info = code;
  return c;
}

constexpr const char* kReplaceSignature =
    "($self, *, co_argcount=-1, co_posonlyargcount=-1, co_kwonlyargcount=-1, co_nlocals=-1, co_stacksize=-1, "
    "co_flags=-1, co_firstlineno=-1, co_code=None, co_consts=None, co_names=None, co_varnames=None, "
    "co_freevars=None, co_cellvars=None, co_filename=None, co_name=None, co_qualname=None, co_linetable=None, "
    "co_exceptiontable=None)";

int32_t replaceText(Value& field, Value v, const char* name) {
  if (!v) return 0;
  if (!isStr(v)) return fail(TypeErrorType, "replace() argument '%s' must be str, not %T", name, v);
  field = v;
  return 0;
}

/// What the machine code is made for cannot change: names, first line, file, flags and constants can.
Value replace(Value self, const Value* argv) {
  const CodeInfo* from = info(self);
  auto* own = new CodeInfo(*from);
  uint32_t* numbers[] = {&own->argCount, &own->posOnlyCount, &own->kwOnlyCount, nullptr, nullptr, &own->flags, &own->firstLine};
  for (size_t i = 0; i < 7; ++i) {
    if (!argv[i]) continue;
    int64_t n = toInt64(argv[i]);
    if (n == -1 && errorSet()) return delete own, Value();
    if (numbers[i] && n >= 0) *numbers[i] = static_cast<uint32_t>(n);
  }
  if (replaceText(own->filename, argv[13], "co_filename") < 0 || replaceText(own->name, argv[14], "co_name") < 0 ||
      replaceText(own->qualname, argv[15], "co_qualname") < 0)
    return delete own, Value();
  if (argv[8]) {
    if (!isTuple(argv[8])) {
      delete own;
      return raise(TypeErrorType, "replace() argument 'co_consts' must be tuple, not %T", argv[8]);
    }
    own->constants = argv[8];
  }
  own->object = nullptr;
  for (Value v : {own->name, own->qualname, own->filename, own->docstring, own->constants}) xincref(v);
  CodeObject* c = allocateCode(own);
  if (!c) return Value();
  c->own = own;
  c->basis = newRef(self);
  own->object = c;
  return Value(&c->header);
}

const MethodDef methods[] = {
    {"co_lines", lines},
    {"co_positions", positions},
    {"_varname_from_oparg", varName, "($self, /, oparg)"},
    {"replace", replace, kReplaceSignature},
    {},
};
const GetSetDef attributes[] = {
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
    {"co_varnames", getVarNames},
    {"co_cellvars", getCellVars},
    {"co_freevars", getFreeVars},
    {"co_names", getNames},
    {"co_consts", getConstants},
    {"co_code", getCode},
    {"_co_code_adaptive", getCode},
    {"co_linetable", getLineTable},
    {"co_lnotab", getEmptyBytes},
    {"co_exceptiontable", getExceptionTable},
    {},
};

} // namespace

int64_t instructionOfSite(const CodeInfo* code, uint32_t site) {
  if (site >= code->siteCount) return -1;
  Value object = codeObjectOf(code);
  if (!object || askForBytecode(object) < 0) {
    errorClear();
    return -1;
  }
  if (!asCode(object)->bytecode) return int64_t{site} * 2;
  const SourceSpan& wanted = code->sites[site];
  int64_t at = 0, same = -1, sameLine = -1;
  walkLineTable(asCode(object), [&](const SourceSpan& s, int32_t units) {
    if (same < 0 && sameSpan(s, wanted)) same = at;
    if (sameLine < 0 && s.line == wanted.line) sameLine = at;
    at += units * 2;
  });
  return same >= 0 ? same : sameLine;
}

uint32_t siteOfInstruction(const CodeInfo* code, int64_t instruction) {
  Value object = codeObjectOf(code);
  if (!object || askForBytecode(object) < 0) {
    errorClear();
    return UINT32_MAX;
  }
  if (!asCode(object)->bytecode) return instruction >= 0 ? static_cast<uint32_t>(instruction / 2) : UINT32_MAX;
  int64_t at = 0;
  SourceSpan wanted{-1, -1, -1, -1};
  walkLineTable(asCode(object), [&](const SourceSpan& s, int32_t units) {
    if (instruction >= at && instruction < at + units * 2) wanted = s;
    at += units * 2;
  });
  for (uint32_t i = 0; i < code->siteCount; ++i)
    if (sameSpan(code->sites[i], wanted)) return i;
  return UINT32_MAX;
}

constinit Type codeType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "code",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &codeType, .size = sizeof(CodeObject),
                       .weakOffset = offsetof(CodeObject, weakrefs)},
    .dealloc = deallocCode,
    .repr = reprCode,
    .hash = hashCode,
    .compare = compareCode,
    .methods = methods,
    .getset = attributes,
};

Value codeObjectOf(const CodeInfo* code) {
  if (!code->object) const_cast<CodeInfo*>(code)->object = allocateCode(code);
  return code->object ? Value(&code->object->header) : Value();
}

} // namespace krait
