// Python functions: making them, and their attributes.
#include "runtime/object/audit.h"
#include "runtime/types/function.h"
#include <cstddef>
#include "runtime/builtins/scope.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/call.h"
#include "runtime/object/direct_calls.h"
#include "runtime/object/module_cells.h"
#include "runtime/object/names.h"
#include "runtime/builtins/hooks.h"
#include "runtime/types/code_object.h"
#include "runtime/types/dict.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

FunctionObject* asFunction(Value v) { return v.as<FunctionObject>(); }

int32_t arityOf(const CodeInfo* code) {
  if (!code->entry || code->kwOnlyCount) return -1;
  if (!(code->flags & (kCodeVarArgs | kCodeVarKeywords))) return static_cast<int32_t>(code->paramCount);
  return code->flags & kCodeVarArgs && !needsKeywords(code) ? leavingNothing(static_cast<int32_t>(code->argCount)) : -1;
}

/// Takes `code` as what the function runs; entry and arity follow.
void setCodeInfo(FunctionObject* f, const CodeInfo* code) {
  keepCode(code);
  if (f->code) dropCode(f->code);
  f->code = code;
  f->entry = code->entry;
  f->arity = arityOf(code);
}

void clearFunction(Object* o) {
  auto* f = reinterpret_cast<FunctionObject*>(o);
  for (Value* word : {&f->name, &f->qualname}) assign(*word, emptyStr()); // finalizers may still see the function
  for (Value* word : {&f->builtins, &f->module, &f->defaults, &f->kwdefaults, &f->doc, &f->dict, &f->closure, &f->annotations,
                      &f->typeParams}) // in CPython's order
    clear(*word);
}

// ---- functions that are made again and again ----------------------------------------------------
//
// A comprehension, a lambda or a nested `def` makes the same function at every turn, of which only closure, defaults and
// annotations differ. The last that died of each (compiled) code waits here for the next one: code, names and docstring
// stay. They are constants; it refers to nothing that could die, least of all to its module.

constexpr size_t kSpares = 256;
FunctionObject* spares[kSpares]; // by the address of the code; count 0, not tracked

FunctionObject*& spareOf(const CodeInfo* code) { return spares[(reinterpret_cast<uintptr_t>(code) >> 4) % kSpares]; }

/// Compiled code's strings are immortal: starting a program touches none of them. Of interpreted code, and of code objects that
/// were made or copied at run time, a function has references of its own. (The object lives while functions are made of it.)
bool hasCountedNames(const CodeInfo* code) { return code->body || (code->object && code->object->own); }

/// Nobody changed what is the same for all functions of this code.
bool isAsMade(const FunctionObject* f) {
  const CodeInfo* code = f->code;
  return !hasCountedNames(code) && f->name == code->name && f->qualname == code->qualname && f->doc == code->docstring &&
         !f->codeObject && !f->dict && !f->builtins;
}

/// Frees the one in `place`, which is of another code.
[[gnu::noinline]] void evict(FunctionObject*& place) {
  FunctionObject* f = place;
  place = nullptr;
  gcCountCreated(); // it was counted when it died
  dropCode(f->code);
  freeObject(&f->header);
}

/// Keeps a function that is no longer tracked or referred to; false if it is to be freed.
bool keepSpare(FunctionObject* f) {
  if (!isAsMade(f) || allocationHooks) return false;
  FunctionObject*& place = spareOf(f->code);
  if (place) {
    if (place->code == f->code) return false;
    evict(place);
  }
  for (Value* word : {&f->module, &f->defaults, &f->kwdefaults, &f->closure, &f->annotations, &f->typeParams, &f->globals})
    if (*word) clear(*word);
  if (place) return false; // what died just now made another one
  gcCountReleased();
  place = f;
  return true;
}

FunctionObject* takeSpare(const CodeInfo* code) {
  FunctionObject*& place = spareOf(code);
  FunctionObject* f = place;
  if (!f || f->code != code || allocationHooks) return nullptr;
  place = nullptr;
  f->header.refs = 1;
  gcCountCreated();
  return f;
}

/// Value of `__name__`, borrowed: usually the first entry.
Value moduleNameIn(Value globals) {
  const DictObject* d = asDict(globals);
  if (d->entryCount && d->entries[0].key == NAME(__name__)) [[likely]] return *dictValueSlot(d->entries[0]);
  return dictGet(globals, NAME(__name__));
}

void deallocFunction(Object* o) {
  auto* f = reinterpret_cast<FunctionObject*>(o);
  gcUntrack(o);
  if (f->weakrefs) clearWeakrefs(o);
  if (keepSpare(f)) return;
  clearFunction(o);
  clear(f->globals);
  clear(f->name);
  clear(f->qualname);
  clear(f->codeObject);
  dropCode(f->code);
  freeObject(o);
}

int traverseFunction(Object* o, Visit visit, void* context) {
  auto* f = reinterpret_cast<FunctionObject*>(o);
  for (Value v : {f->globals, f->closure, f->defaults, f->kwdefaults, f->name, f->qualname, f->module, f->doc,
                  f->annotations, f->dict, f->builtins, f->typeParams, f->codeObject})
    if (int stop = visit(v, context)) return stop;
  // Not counted, nor collected: for who asks which functions run a code object.
  return !f->codeObject && f->code->object ? visit(Value(&f->code->object->header), context) : 0;
}

Value getCode(Value self, void*) {
  FunctionObject* f = asFunction(self);
  if (!f->codeObject) f->codeObject = codeObjectOf(f->code);
  return xnewRef(f->codeObject);
}

int32_t setCode(Value self, Value v, void*) {
  FunctionObject* f = asFunction(self);
  if (!v || !isExact(v, codeType)) return fail(TypeErrorType, "__code__ must be set to a code object");
  const CodeInfo* code = codeInfoOf(v);
  int64_t cells = f->closure ? asTuple(f->closure)->size : 0;
  if (cells != code->freeCount)
    return fail(ValueErrorType, "%U() requires a code object with %zd free vars, not %zd", f->name, cells,
                static_cast<int64_t>(code->freeCount));
  const CodeInfo* runnable = krt_engine_hooks ? codeForGlobals(code, f->globals) : code;
  if (!runnable) return -1;
  assign(f->codeObject, newRef(v));
  setCodeInfo(f, runnable);
  typeModified(&objectType); // whichever class has it as a method: what is known by a version is which code runs
  return 0;
}

Value getDefaults(Value self, void*) {
  Value v = asFunction(self)->defaults;
  return newRef(v ? v : none());
}
int32_t setDefaults(Value self, Value v, void*) {
  if (v && isNone(v)) v = Value();
  if (v && !isTuple(v)) return fail(TypeErrorType, "__defaults__ must be set to a tuple object");
  assign(asFunction(self)->defaults, xnewRef(v));
  asFunction(self)->isAsWritten = false;
  typeModified(&objectType); // as above
  return 0;
}

Value getKwDefaults(Value self, void*) {
  Value v = asFunction(self)->kwdefaults;
  return newRef(v ? v : none());
}
int32_t setKwDefaults(Value self, Value v, void*) {
  if (v && isNone(v)) v = Value();
  if (v && !isDict(v)) return fail(TypeErrorType, "__kwdefaults__ must be set to a dict object");
  assign(asFunction(self)->kwdefaults, xnewRef(v));
  return 0;
}

/// Annotations arrive as a tuple (name, value, …): the dict is made when asked for.
Value getAnnotations(Value self, void*) {
  FunctionObject* f = asFunction(self);
  if (!f->annotations || isTuple(f->annotations)) {
    Ref dict(newDict());
    if (!dict) return Value();
    if (f->annotations) {
      TupleObject* pairs = asTuple(f->annotations);
      for (int64_t i = 0; i + 1 < pairs->size; i += 2)
        if (dictSet(dict, pairs->items[i], pairs->items[i + 1]) < 0) return Value();
    }
    assign(f->annotations, dict.release());
  }
  return newRef(f->annotations);
}
int32_t setAnnotations(Value self, Value v, void*) {
  if (v && isNone(v)) v = Value();
  if (v && !isDict(v)) return fail(TypeErrorType, "__annotations__ must be set to a dict object");
  assign(asFunction(self)->annotations, xnewRef(v));
  return 0;
}

Value getName(Value self, void*) { return newRef(asFunction(self)->name); }
int32_t setName(Value self, Value v, void*) {
  if (!v || !isStr(v)) return fail(TypeErrorType, "__name__ must be set to a string object");
  assign(asFunction(self)->name, newRef(v));
  return 0;
}
Value getQualname(Value self, void*) { return newRef(asFunction(self)->qualname); }
int32_t setQualname(Value self, Value v, void*) {
  if (!v || !isStr(v)) return fail(TypeErrorType, "__qualname__ must be set to a string object");
  assign(asFunction(self)->qualname, newRef(v));
  return 0;
}

Value getBuiltins(Value self, void*) {
  FunctionObject* f = asFunction(self);
  if (!f->builtins) {
    Value found = dictGet(f->globals, NAME(__builtins__));
    if (!found && errorSet()) return Value();
    Ref module = found ? Ref::share(found) : Ref(importModule("builtins"));
    if (!module) return Value();
    f->builtins = newRef(isExact(module, moduleType) ? moduleDict(module) : module.get());
  }
  return newRef(f->builtins);
}

Value reprFunction(Value self) {
  return formatText("<function %U at %p>", asFunction(self)->qualname, static_cast<void*>(self.object()));
}

Value bindToObject(Value self, Value o, Value) {
  if (!o || isNone(o)) return newRef(self);
  return newMethod(self, o);
}

/// FunctionType's checks of `closure` against what the code needs.
int32_t checkClosure(const CodeInfo* code, Value closure) {
  if (!isTuple(closure)) {
    if (code->freeCount && isNone(closure)) return fail(TypeErrorType, "arg 5 (closure) must be tuple");
    if (!isNone(closure)) return fail(TypeErrorType, "arg 5 (closure) must be None or tuple");
  }
  int64_t size = isNone(closure) ? 0 : asTuple(closure)->size;
  if (size != code->freeCount)
    return fail(ValueErrorType, "%U requires closure of length %zd, not %zd", code->name,
                static_cast<int64_t>(code->freeCount), size);
  for (int64_t i = 0; i < size; ++i)
    if (!isExact(asTuple(closure)->items[i], cellType))
      return fail(TypeErrorType, "arg 5 (closure) expected cell, found %T", asTuple(closure)->items[i]);
  return 0;
}

Value construct(Type*, const Args& args) {
  Value argv[5];
  Ref holder[2];
  if (bindArguments("function", "(code, globals, name=None, argdefs=None, closure=None)", args, argv, 5, holder) < 0)
    return Value();
  if (!isExact(argv[0], codeType)) return raise(TypeErrorType, "function() argument 'code' must be code, not %T", argv[0]);
  if (auditing && !auditTold("function.__new__", {argv[0]})) return Value();
  if (!isDict(argv[1])) return raise(TypeErrorType, "function() argument 'globals' must be dict, not %T", argv[1]);
  Value name = argv[2] ? argv[2] : none(), defaults = argv[3] ? argv[3] : none(), closure = argv[4] ? argv[4] : none();
  const CodeInfo* code = codeInfoOf(argv[0]);
  if (!isNone(name) && !isStr(name)) return raise(TypeErrorType, "arg 3 (name) must be None or string");
  if (!isNone(defaults) && !isTuple(defaults)) return raise(TypeErrorType, "arg 4 (defaults) must be None or tuple");
  if (checkClosure(code, closure) < 0) return Value();
  const CodeInfo* runnable = codeForGlobals(code, argv[1]);
  if (!runnable) return Value();
  Ref f(krt_function_new(runnable, argv[1], isNone(defaults) ? Value() : defaults, Value(), Value(),
                         isNone(closure) ? Value() : closure));
  if (!f) return Value();
  asFunction(f)->codeObject = newRef(argv[0]);
  asFunction(f)->isAsWritten = false;
  if (!isNone(name)) assign(asFunction(f)->name, newRef(name));
  // Globals that name no builtins: the function has those of its maker.
  if (!dictGet(argv[1], NAME(__builtins__))) {
    Ref makers(errorSet() ? Value() : callerGlobals());
    Value builtins = makers ? builtinsOf(makers) : Value();
    if (!builtins) return Value();
    asFunction(f)->builtins = newRef(builtins);
  }
  return f.release();
}

const GetSetDef attributes[] = {
    {"__code__", auditedGet<"__code__", getCode>, auditedSet<"__code__", setCode>},
    {"__defaults__", auditedGet<"__defaults__", getDefaults>, auditedSet<"__defaults__", setDefaults>},
    {"__kwdefaults__", auditedGet<"__kwdefaults__", getKwDefaults>, auditedSet<"__kwdefaults__", setKwDefaults>},
    {"__annotations__", getAnnotations, setAnnotations},
    {"__dict__", getInstanceDict, replaceInstanceDict},
    {"__name__", getName, setName},
    {"__qualname__", getQualname, setQualname},
    {},
};
const MemberDef members[] = {
    {"__closure__", MemberKind::ObjectNone, offsetof(FunctionObject, closure), true},
    {"__doc__", MemberKind::ObjectNone, offsetof(FunctionObject, doc), false},
    {"__globals__", MemberKind::ObjectNone, offsetof(FunctionObject, globals), true},
    {"__module__", MemberKind::ObjectNone, offsetof(FunctionObject, module), false},
    {"__builtins__", getBuiltins},
    {},
};

} // namespace

constinit Type functionType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "function",
    .base = &objectType,
    .flags = kTypeMethodDescriptor,
    .instanceLayout = {.type = &functionType, .size = sizeof(FunctionObject), .flags = kLayoutGc,
                       .dictOffset = offsetof(FunctionObject, dict), .weakOffset = offsetof(FunctionObject, weakrefs)},
    .dealloc = deallocFunction,
    .traverse = traverseFunction,
    .clear = clearFunction,
    .repr = reprFunction,
    .call = callFunction,
    .descrGet = bindToObject,
    .construct = construct,
    .getset = attributes,
    .members = members,
    .constructorSignature = "(code, globals, name=None, argdefs=None, closure=None)",
};

extern "C" {

Value krt_function_new(const CodeInfo* code, Value globals, Value defaults, Value kwdefaults, Value annotations,
                       Value closure) {
  if (!globals) globals = krt_module_globals(code->module);
  Value module = moduleNameIn(globals);
  if (!module && errorSet()) return Value();
  FunctionObject* f = takeSpare(code);
  if (!f) {
    f = reinterpret_cast<FunctionObject*>(newObject(&functionType.instanceLayout));
    if (!f) return Value();
    setCodeInfo(f, code);
    const bool isCounted = hasCountedNames(code);
    f->name = isCounted ? newRef(code->name) : code->name;
    f->qualname = isCounted ? newRef(code->qualname) : code->qualname;
    f->doc = isCounted ? xnewRef(code->docstring) : code->docstring;
  }
  f->globals = newRef(globals);
  f->closure = xnewRef(closure);
  f->defaults = xnewRef(defaults);
  f->isAsWritten = true;
  f->kwdefaults = xnewRef(kwdefaults);
  f->annotations = xnewRef(annotations);
  f->module = xnewRef(module);
  gcTrack(&f->header);
  return Value(&f->header);
}

} // extern "C"

Value classCellOf(const FunctionObject* f) {
  for (uint32_t n = 0; n < f->code->freeCount; ++n)
    if (f->code->freeNames[n] == NAME(__class__)) return asTuple(f->closure)->items[n].as<CellObject>()->contents;
  return {};
}

} // namespace krait
