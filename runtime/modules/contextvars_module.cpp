// _contextvars: Context, ContextVar, Token.
//
// A Context has a dict from ContextVar to value, which it shares with its copies; who sets a variable makes a new one.
// The running context is the thread's, made on first use.
#include "runtime/modules/contextvars.h"
#include "runtime/memory/alloc.h"
#include "runtime/memory/gc.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/thread_state.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {

namespace {

struct ContextObject { Object header; Value vars, previous, weakrefs; bool entered; };
struct VarObject { Object header; Value name, fallback; };
struct TokenObject { Object header; Value context, var, oldValue; bool used; };

extern Type contextType, varType, tokenType, missingType;
alignas(16) constinit Object missingObject = KRAIT_STATIC_HEADER(missingType);
Value missing() { return Value(&missingObject); }

ContextObject* context(Value v) { return v.as<ContextObject>(); }
VarObject* var(Value v) { return v.as<VarObject>(); }
TokenObject* token(Value v) { return v.as<TokenObject>(); }

Value newContext(Value vars /*owned*/) {
  if (!vars) return Value();
  Object* o = newObject(&contextType.instanceLayout);
  if (!o) return decref(vars), Value();
  reinterpret_cast<ContextObject*>(o)->vars = vars;
  if (dictSize(vars)) gcTrack(o); // else nothing in it can lead back
  return Value(o);
}
void replaceVars(ContextObject* c, Value vars /*owned*/) {
  assign(c->vars, vars);
  gcTrack(&c->header);
}
/// The running context, borrowed.
Value currentContext() {
  ThreadState* t = currentThread();
  if (!t->context) t->context = newContext(newDict());
  return t->context;
}

// ---- Context -----------------------------------------------------------------------------------

Value contextConstruct(Type*, const Args& args) {
  if (args.count || args.nameCount()) return raise(TypeErrorType, "Context() does not accept any arguments");
  return newContext(newDict());
}
Value contextRun(Value self, const Args& args) {
  if (args.count < 1) return raise(TypeErrorType, "run() missing 1 required positional argument");
  auto* c = context(self);
  if (c->entered) return raise(RuntimeErrorType, "cannot enter context: %R is already entered", self);
  ThreadState* t = currentThread();
  Value previous = t->context;
  t->context = newRef(self);
  ++t->contextVersion;
  c->entered = true;
  Args rest{args.values + 1, args.count - 1, args.names};
  Value r = call(args[0], rest);
  c->entered = false;
  t = currentThread();
  Ref mine(t->context);
  t->context = previous;
  ++t->contextVersion;
  return r;
}
// A context's dict is never changed, but replaced.
Value contextCopy(Value self) { return newContext(newRef(context(self)->vars)); }
int32_t checkKey(Value key) {
  return typeOf(key) == &varType ? 0 : fail(TypeErrorType, "a ContextVar key was expected, got %R", key);
}
Value contextGetItem(Value self, Value key) {
  if (checkKey(key) < 0) return Value();
  Value v = dictGet(context(self)->vars, key);
  return v ? newRef(v) : errorSet() ? Value() : raiseKeyError(key);
}
Value contextGet(Value self, const Value* argv) {
  if (checkKey(argv[0]) < 0) return Value();
  Value v = dictGet(context(self)->vars, argv[0]);
  return newRef(v ? v : argv[1] ? argv[1] : none());
}
int32_t contextContains(Value self, Value key) { return checkKey(key) < 0 ? -1 : dictContains(context(self)->vars, key); }
int64_t contextLength(Value self) { return dictSize(context(self)->vars); }
Value contextIter(Value self) { return iterate(context(self)->vars); }
Value contextKeys(Value self) { return callMethod(context(self)->vars, "keys"); }
Value contextValues(Value self) { return callMethod(context(self)->vars, "values"); }
Value contextItems(Value self) { return callMethod(context(self)->vars, "items"); }
Value contextCompare(Value a, Value b, int op) {
  if (typeOf(b) != &contextType || (op != kEq && op != kNe)) return newRef(notImplemented());
  int32_t same = equal(context(a)->vars, context(b)->vars);
  return same < 0 ? Value() : boolean(same == (op == kEq));
}
int contextTraverse(Object* o, Visit visit, void* c) {
  auto* x = reinterpret_cast<ContextObject*>(o);
  if (int r = visit(x->vars, c)) return r;
  return visit(x->previous, c);
}
void contextClear(Object* o) {
  clear(reinterpret_cast<ContextObject*>(o)->vars);
  clear(reinterpret_cast<ContextObject*>(o)->previous);
}
void contextDealloc(Object* o) {
  gcUntrack(o);
  if (reinterpret_cast<ContextObject*>(o)->weakrefs) clearWeakrefs(o);
  contextClear(o);
  freeObject(o);
}
constinit const MethodDef contextMethods[] = {
    {"run", contextRun},
    {"copy", contextCopy, "($self, /)"},
    {"get", contextGet, "($self, key, default=None, /)"},
    {"keys", contextKeys, "($self, /)"},
    {"values", contextValues, "($self, /)"},
    {"items", contextItems, "($self, /)"},
    {},
};
constinit const SequenceSlots contextSequence = {.contains = contextContains};
constinit const MappingSlots contextMapping = {.length = contextLength, .subscript = contextGetItem};
constinit Type contextType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_contextvars.Context",
    .base = &objectType,
    .flags = kTypeOwnGetAttr,
    .instanceLayout = {.type = &contextType, .size = sizeof(ContextObject), .flags = kLayoutGc,
                       .weakOffset = offsetof(ContextObject, weakrefs)},
    .dealloc = contextDealloc,
    .traverse = contextTraverse,
    .clear = contextClear,
    .hash = hashNotImplemented,
    .compare = contextCompare,
    .iter = contextIter,
    .construct = contextConstruct,
    .sequence = &contextSequence,
    .mapping = &contextMapping,
    .methods = contextMethods,
};

// ---- ContextVar --------------------------------------------------------------------------------

Value varConstruct(Type*, const Args& args) {
  Value argv[2];
  Ref holder[2];
  if (bindArguments("ContextVar", "(name, /, *, default=None)", args, argv, 2, holder) < 0) return Value();
  if (!isStr(argv[0])) return raise(TypeErrorType, "context variable name must be a str");
  Object* o = newObject(&varType.instanceLayout);
  if (!o) return Value();
  auto* v = reinterpret_cast<VarObject*>(o);
  v->name = newRef(argv[0]);
  v->fallback = xnewRef(argv[1]);
  gcTrack(o);
  return Value(o);
}
Value varGet(Value self, const Value* argv) {
  Value c = currentContext();
  if (!c) return Value();
  Value v = dictGet(context(c)->vars, self);
  if (!v && errorSet()) return Value();
  if (!v) v = argv[0];
  if (!v) v = var(self)->fallback;
  return v ? newRef(v) : raiseObject(LookupErrorType, self);
}
Value varSet(Value self, Value v) {
  Value c = currentContext();
  if (!c) return Value();
  Value old = dictGet(context(c)->vars, self);
  if (!old && errorSet()) return Value();
  Ref result{Value(newObject(&tokenType.instanceLayout))};
  if (!result) return Value();
  token(result)->context = newRef(c);
  token(result)->var = newRef(self);
  token(result)->oldValue = xnewRef(old);
  gcTrack(result.get().object());
  // Iterators over the context see it as it was: the dict is replaced, not changed.
  Ref changed(dictCopy(context(c)->vars));
  if (!changed || dictSet(changed, self, v) < 0) return Value();
  replaceVars(context(c), changed.release());
  return result.release();
}
Value varReset(Value self, Value t) {
  if (typeOf(t) != &tokenType) return raise(TypeErrorType, "expected an instance of Token, got %R", t);
  Value c = currentContext();
  if (!c) return Value();
  if (token(t)->used) return raise(RuntimeErrorType, "%R has already been used once", t);
  if (token(t)->var != self) return raise(ValueErrorType, "%R was created by a different ContextVar", t);
  if (token(t)->context != c) return raise(ValueErrorType, "%R was created in a different Context", t);
  token(t)->used = true;
  Ref changed(dictCopy(context(c)->vars));
  if (!changed) return Value();
  int32_t r = token(t)->oldValue ? dictSet(changed, self, token(t)->oldValue) : dictDeleteIfPresent(changed, self);
  if (r < 0) return Value();
  replaceVars(context(c), changed.release());
  return newRef(none());
}
Value varRepr(Value self) {
  return var(self)->fallback
             ? formatText("<ContextVar name=%R default=%R at %p>", var(self)->name, var(self)->fallback, static_cast<void*>(self.object()))
             : formatText("<ContextVar name=%R at %p>", var(self)->name, static_cast<void*>(self.object()));
}
int64_t varHash(Value self) { return static_cast<int64_t>(self.bits >> 4); }
int varTraverse(Object* o, Visit visit, void* c) { return visit(reinterpret_cast<VarObject*>(o)->fallback, c); }
void varClear(Object* o) { clear(reinterpret_cast<VarObject*>(o)->fallback); }
void varDealloc(Object* o) {
  gcUntrack(o);
  varClear(o);
  clear(reinterpret_cast<VarObject*>(o)->name);
  freeObject(o);
}
Value varSubscript(Value cls, Value item) { return newGenericAlias(cls, item); }
constinit const MethodDef varMethods[] = {
    {"get", varGet, "($self, default=None, /)"},
    {"set", varSet, "($self, value, /)"},
    {"reset", varReset, "($self, token, /)"},
    {"__class_getitem__", varSubscript, "($type, item, /)", kMethodClass},
    {},
};
constinit const MemberDef varMembers[] = {{"name", MemberKind::Object, offsetof(VarObject, name), true}, {}};
constinit Type varType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_contextvars.ContextVar",
    .base = &objectType,
    .flags = kTypeOwnGetAttr,
    .instanceLayout = {.type = &varType, .size = sizeof(VarObject), .flags = kLayoutGc},
    .dealloc = varDealloc,
    .traverse = varTraverse,
    .clear = varClear,
    .repr = varRepr,
    .hash = varHash,
    .construct = varConstruct,
    .methods = varMethods,
    .members = varMembers,
};

// ---- Token -------------------------------------------------------------------------------------

Value tokenConstruct(Type*, const Args&) { return raise(RuntimeErrorType, "Tokens can only be created by ContextVars"); }
Value tokenVar(Value self, void*) { return newRef(token(self)->var); }
Value tokenOldValue(Value self, void*) { return newRef(token(self)->oldValue ? token(self)->oldValue : missing()); }
Value tokenRepr(Value self) {
  return formatText("<Token%s var=%R at %p>", token(self)->used ? " used" : "", token(self)->var, static_cast<void*>(self.object()));
}
int tokenTraverse(Object* o, Visit visit, void* c) {
  auto* t = reinterpret_cast<TokenObject*>(o);
  for (Value* v : {&t->context, &t->var, &t->oldValue})
    if (int r = visit(*v, c)) return r;
  return 0;
}
void tokenClear(Object* o) {
  auto* t = reinterpret_cast<TokenObject*>(o);
  for (Value* v : {&t->context, &t->var, &t->oldValue}) clear(*v);
}
void tokenDealloc(Object* o) {
  gcUntrack(o);
  tokenClear(o);
  freeObject(o);
}
constinit const MethodDef tokenMethods[] = {{"__class_getitem__", varSubscript, "($type, item, /)", kMethodClass}, {}};
constinit const GetSetDef tokenGetSet[] = {{"var", tokenVar}, {"old_value", tokenOldValue}, {}};
constinit Type tokenType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "_contextvars.Token",
    .base = &objectType,
    .flags = kTypeOwnGetAttr,
    .instanceLayout = {.type = &tokenType, .size = sizeof(TokenObject), .flags = kLayoutGc},
    .dealloc = tokenDealloc,
    .traverse = tokenTraverse,
    .clear = tokenClear,
    .repr = tokenRepr,
    .hash = hashNotImplemented,
    .construct = tokenConstruct,
    .methods = tokenMethods,
    .getset = tokenGetSet,
};
Value missingRepr(Value) { return newStr("<Token.MISSING>"); }
constinit Type missingType = {
    .header = KRAIT_STATIC_HEADER(typeType),
    .name = "Token.MISSING",
    .base = &objectType,
    .instanceLayout = {.type = &missingType, .size = sizeof(Object)},
    .repr = missingRepr,
};

Value copyContext(Value) { return copyCurrentContext(); }
constinit const MethodDef functions[] = {{"copy_context", copyContext, "($module, /)"}, {}};

int execute(Value module) {
  typeReady(&tokenType);
  if (dictSet(tokenType.dict, "MISSING", missing()) < 0) return -1;
  for (Type* t : {&contextType, &varType, &tokenType})
    if (moduleAddType(module, t) < 0) return -1;
  return 0;
}

} // namespace

Value copyCurrentContext() {
  Value c = currentContext();
  return c ? contextCopy(c) : Value();
}

extern "C" constinit const NativeModule krt_module_contextvars = {"_contextvars", functions, execute};

} // namespace krait
