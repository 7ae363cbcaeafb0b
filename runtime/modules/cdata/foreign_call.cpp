// Foreign functions and callbacks, by libffi. Arguments and results are passed as addresses of C values.
#include <cerrno>
#include <cstring>
#include <cwchar>
#include <dlfcn.h>
#include <ffi.h>
#include <memory>
#include <vector>
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/modules/cdata/cdata.h"
#include "runtime/modules/path_argument.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/blocking.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/arguments.h"
#include "runtime/types/bytes.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait::cdata {
namespace {

thread_local int ownErrno; // ctypes.get_errno()

// ---- types -------------------------------------------------------------------------------------

struct FfiTypeObject {
  Object header;
  ffi_type* type;
  ffi_type structure;   // `type` points here for structures
  ffi_type** elements;  // of a structure, null-terminated
  Value parts;          // tuple of the elements' objects, or null
};

ffi_type* simpleType(char code) {
  switch (code) {
  case 'c': case 'b': return &ffi_type_sint8;
  case 'B': case '?': return &ffi_type_uint8;
  case 'h': return &ffi_type_sint16;
  case 'H': return &ffi_type_uint16;
  case 'i': return &ffi_type_sint32;
  case 'I': case 'u': return &ffi_type_uint32;
  case 'l': case 'q': return &ffi_type_sint64;
  case 'L': case 'Q': return &ffi_type_uint64;
  case 'f': return &ffi_type_float;
  case 'd': return &ffi_type_double;
  case 'g': return &ffi_type_longdouble;
  case 'v': return &ffi_type_void;
  default: return &ffi_type_pointer;
  }
}

/// ffi_type(code) or ffi_type(tuple of elements, size, alignment)
Value makeType(Value, const Value* argv) {
  Ref made(Value(newObject(&ffiTypeType.instanceLayout)));
  if (!made) return Value();
  auto* t = made.as<FfiTypeObject>();
  if (isStr(argv[0])) {
    t->type = simpleType(static_cast<char>(asStr(argv[0])->at(0)));
    return made.release();
  }
  int64_t size = 0, alignment = 0;
  if (!isTuple(argv[0]) || !sizeArgument(argv[1], &size) || !sizeArgument(argv[2], &alignment))
    return errorSet() ? Value() : raise(TypeErrorType, "ffi_type needs a code or a tuple");
  const int64_t n = asTuple(argv[0])->size;
  t->elements = new ffi_type*[static_cast<size_t>(n) + 1];
  for (int64_t i = 0; i < n; ++i) t->elements[i] = asTuple(argv[0])->items[i].as<FfiTypeObject>()->type;
  t->elements[n] = nullptr;
  t->structure = {static_cast<size_t>(size), static_cast<unsigned short>(alignment), FFI_TYPE_STRUCT, t->elements};
  t->type = &t->structure;
  t->parts = newRef(argv[0]);
  return made.release();
}
void deallocType(Object* o) {
  auto* t = reinterpret_cast<FfiTypeObject*>(o);
  delete[] t->elements;
  clear(t->parts);
  freeObject(o);
}

bool typeArgument(Value v, ffi_type** out) {
  if (typeOf(v) != &ffiTypeType) return raise(TypeErrorType, "ffi_type expected, not %T", v), false;
  *out = v.as<FfiTypeObject>()->type;
  return true;
}
bool typeList(Value tuple, std::vector<ffi_type*>* out) {
  for (int64_t i = 0; i < asTuple(tuple)->size; ++i) {
    out->emplace_back();
    if (!typeArgument(asTuple(tuple)->items[i], &out->back())) return false;
  }
  return true;
}

// ---- calls -------------------------------------------------------------------------------------

constexpr int kUsesErrno = 8, kKeepsGil = 4; // FUNCFLAG_USE_ERRNO, FUNCFLAG_PYTHONAPI

/// call(function, result type, result address, argument types, argument addresses, flags, fixed count or -1)
Value call(Value, const Value* argv) {
  uint8_t *function, *result;
  ffi_type* resultType;
  std::vector<ffi_type*> types;
  int flags = 0, fixed = -1;
  if (!addressArgument(argv[0], &function) || !typeArgument(argv[1], &resultType) || !addressArgument(argv[2], &result) ||
      !typeList(argv[3], &types) || !intArgument(argv[5], &flags) || !intArgument(argv[6], &fixed))
    return Value();
  std::vector<void*> values;
  for (int64_t i = 0; i < asTuple(argv[4])->size; ++i) {
    uint8_t* at;
    if (!addressArgument(asTuple(argv[4])->items[i], &at)) return Value();
    values.push_back(at);
  }
  const auto count = static_cast<unsigned>(types.size());
  ffi_cif cif;
  const ffi_status prepared = fixed < 0 ? ffi_prep_cif(&cif, FFI_DEFAULT_ABI, count, resultType, types.data())
                                        : ffi_prep_cif_var(&cif, FFI_DEFAULT_ABI, static_cast<unsigned>(fixed), count, resultType, types.data());
  if (prepared != FFI_OK) return raise(RuntimeErrorType, "ffi_prep_cif failed");
  // Small results come widened to a machine word.
  std::unique_ptr<uint8_t[]> space(new uint8_t[std::max<size_t>(resultType->size, 16) + 16]());
  auto perform = [&] {
    if (flags & kUsesErrno) std::swap(errno, ownErrno);
    ffi_call(&cif, reinterpret_cast<void (*)()>(function), space.get(), values.data());
    if (flags & kUsesErrno) std::swap(errno, ownErrno);
  };
  if (flags & kKeepsGil) {
    perform();
    if (errorSet()) return Value();
  } else {
    Blocking release;
    perform();
  }
  if (resultType != &ffi_type_void) memcpy(result, space.get(), resultType->size);
  return newRef(none());
}

// ---- callbacks ---------------------------------------------------------------------------------

struct ClosureObject {
  Object header;
  ffi_closure* closure;
  void* code;
  ffi_cif cif;
  ffi_type** types;
  Value function;  // what is called back
  Value arguments; // makes its arguments of a tuple of their addresses
  Value give;      // stores its result at an address
  Value parts;     // tuple: the types, kept
  bool raises;     // leaves errors to the caller
};

void onCall(ffi_cif* cif, void* result, void** arguments, void* context) {
  auto* closure = static_cast<ClosureObject*>(context);
  Unblocking held;
  Ref keep = Ref::share(Value(&closure->header));
  Ref addresses(newTuple(static_cast<int64_t>(cif->nargs)));
  if (cif->nargs == 0) addresses.reset(newRef(emptyTuple()));
  for (unsigned i = 0; addresses && i < cif->nargs; ++i)
    asTuple(addresses)->items[i] = newIntUnsigned(reinterpret_cast<uintptr_t>(arguments[i]));
  if (cif->rtype != &ffi_type_void) memset(result, 0, std::max<size_t>(cif->rtype->size, sizeof(ffi_arg)));
  Ref where(newIntUnsigned(reinterpret_cast<uintptr_t>(result)));
  Ref given(addresses && where ? krait::call(closure->arguments, {addresses}) : Value());
  Ref value(given ? callTupleDict(closure->function, given, Value()) : Value());
  Ref done(value ? krait::call(closure->give, {where, value}) : Value());
  if (done || closure->raises) return;
  errorUnraisable(value ? "on converting result of ctypes callback function" : "on calling ctypes callback function", closure->function);
}

/// closure(function, result type, argument types, arguments, give, raises)
Value makeClosure(Value, const Value* argv) {
  Ref made(Value(newObject(&closureType.instanceLayout)));
  if (!made) return Value();
  auto* c = made.as<ClosureObject>();
  std::vector<ffi_type*> types;
  ffi_type* resultType;
  if (!typeArgument(argv[1], &resultType) || !typeList(argv[2], &types)) return Value();
  c->types = new ffi_type*[types.size() + 1];
  std::copy(types.begin(), types.end(), c->types);
  c->function = newRef(argv[0]);
  c->arguments = newRef(argv[3]);
  c->give = newRef(argv[4]);
  c->raises = isTrue(argv[5]) > 0;
  c->parts = newTuple({argv[1], argv[2]});
  c->closure = static_cast<ffi_closure*>(ffi_closure_alloc(sizeof(ffi_closure), &c->code));
  if (!c->parts || !c->closure) return errorSet() ? Value() : raiseNoMemory();
  if (ffi_prep_cif(&c->cif, FFI_DEFAULT_ABI, static_cast<unsigned>(types.size()), resultType, c->types) != FFI_OK ||
      ffi_prep_closure_loc(c->closure, &c->cif, onCall, c, c->code) != FFI_OK)
    return raise(RuntimeErrorType, "ffi_prep_closure failed");
  gcTrack(&c->header);
  return made.release();
}
int traverseClosure(Object* o, Visit visit, void* context) {
  auto* c = reinterpret_cast<ClosureObject*>(o);
  for (Value v : {c->function, c->arguments, c->give})
    if (int stop = visit(v, context)) return stop;
  return 0;
}
void clearClosure(Object* o) {
  auto* c = reinterpret_cast<ClosureObject*>(o);
  for (Value* v : {&c->function, &c->arguments, &c->give}) clear(*v);
}
void deallocClosure(Object* o) {
  gcUntrack(o);
  auto* c = reinterpret_cast<ClosureObject*>(o);
  if (c->closure) ffi_closure_free(c->closure);
  delete[] c->types;
  clearClosure(o);
  clear(c->parts);
  freeObject(o);
}
Value closureAddress(Value self, void*) { return newIntUnsigned(reinterpret_cast<uintptr_t>(self.as<ClosureObject>()->code)); }
constinit const GetSetDef closureAttributes[] = {{"address", closureAddress}, {}};

// ---- libraries ---------------------------------------------------------------------------------

/// What dlopen(None) opens: the program itself.
void* ownLibrary() {
  void* handle = dlopen(nullptr, RTLD_NOW);
  if (handle) dlclose(handle);
  return handle;
}

Value open(Value, const Value* argv) {
  int mode = RTLD_NOW;
  if (!intArgument(argv[1], &mode)) return Value();
  Ref name(isNone(argv[0]) ? Value() : fileSystemPath(argv[0]));
  if (!name && errorSet()) return Value();
  void* handle = dlopen(name ? bytesView(name).data() : nullptr, mode | RTLD_NOW);
  if (handle) return newIntUnsigned(reinterpret_cast<uintptr_t>(handle));
  const char* text = dlerror();
  Ref message(newStr(text ? text : "dlopen() error"));
  return message ? raiseObject(OSErrorType, message) : Value();
}
Value symbol(Value, const Value* argv) {
  uint8_t* handle;
  if (!addressArgument(argv[0], &handle)) return Value();
  if (!isStr(argv[1])) return raise(TypeErrorType, "a symbol's name must be str, not %T", argv[1]);
  Utf8 name(argv[1]);
  if (!name.ok()) return Value();
  // The program's own names of CPython's mean ours, also where its library is loaded for guests: that knows no object of krait.
  const bool isPythons = handle == ownLibrary() && (name.view().starts_with("Py") || name.view().starts_with("_Py"));
  void* found = isPythons ? pythonFunction(name.data()) : dlsym(handle, name.data());
  if (found) return newIntUnsigned(reinterpret_cast<uintptr_t>(found));
  if (isPythons) return raise(OSErrorType, "%s: undefined symbol: %s", program_invocation_name, name.data());
  const char* text = dlerror();
  return raise(OSErrorType, "%s", text ? text : "symbol is null");
}
Value closeLibrary(Value, Value v) {
  uint8_t* handle;
  if (!addressArgument(v, &handle)) return Value();
  if (dlclose(handle) == 0) return newRef(none());
  return raise(OSErrorType, "%s", dlerror());
}
Value getErrno(Value) { return newInt(ownErrno); }
Value setErrno(Value, Value v) {
  int number = 0;
  if (!intArgument(v, &number)) return Value();
  Value old = newInt(ownErrno);
  ownErrno = number;
  return old;
}

/// Addresses of C functions that ctypes calls: memmove, memset and the two that make objects of memory.
Value stringAt(const char* at, int size) { return newBytes(std::string_view(at, size < 0 ? strlen(at) : static_cast<size_t>(size))); }
Value wideStringAt(const wchar_t* at, int size) {
  return newStrFromUcs4(reinterpret_cast<const uint32_t*>(at), size < 0 ? wcslen(at) : static_cast<size_t>(size));
}
template <auto Function> Value functionAddress(Value) { return newIntUnsigned(reinterpret_cast<uintptr_t>(Function)); }

} // namespace

constinit const MethodDef callMethods[] = {
    {"ffi_type", makeType, "(what, size=0, alignment=0, /)"},
    {"call", call, "(function, result_type, result, types, values, flags, fixed, /)"},
    {"closure", makeClosure, "(function, result_type, types, arguments, give, raises, /)"},
    {"dlopen", open, "(name, mode, /)"},
    {"dlsym", symbol, "(handle, name, /)"},
    {"dlclose", closeLibrary},
    {"get_errno", getErrno},
    {"set_errno", setErrno},
    {"memmove_address", functionAddress<memmove>},
    {"memset_address", functionAddress<memset>},
    {"string_at_address", functionAddress<stringAt>},
    {"wstring_at_address", functionAddress<wideStringAt>},
    {},
};

constinit krait::Type ffiTypeType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_ctypes.ffi_type",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &ffiTypeType, .size = sizeof(FfiTypeObject)},
    .dealloc = deallocType,
};

constinit krait::Type closureType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_ctypes.CThunkObject",
    .base = &objectType,
    .flags = kTypeDisallowInstantiation,
    .instanceLayout = {.type = &closureType, .size = sizeof(ClosureObject), .flags = kLayoutGc},
    .dealloc = deallocClosure,
    .traverse = traverseClosure,
    .clear = clearClosure,
    .getset = closureAttributes,
};

} // namespace krait::cdata
