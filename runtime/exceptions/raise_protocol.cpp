// `raise`, `except`, and what is being handled: context chaining, matching, the per-frame handled exception.
#include "runtime/exceptions/base_exception.h"
#include "runtime/exceptions/exception.h"
#include "runtime/object/protocol.h"
#include "runtime/types/async_step.h"
#include "runtime/types/sequence.h"
#include "runtime/types/str.h"

namespace krait {
namespace {

bool isExceptionClass(Value v) {
  return v.isPointer() && (typeOfObject(v.object())->flags & kTypeType) && (v.as<Type>()->flags & kTypeException);
}

/// What `raise … from cause` stores: an instance (owned), null for None. *ok false with an error.
Value resolveCause(Value cause, bool* ok) {
  *ok = true;
  if (isException(cause)) return newRef(cause);
  if (isNone(cause)) return Value();
  if (isExceptionClass(cause)) {
    Value made = call(cause);
    *ok = static_cast<bool>(made);
    return made;
  }
  *ok = false;
  return raise(TypeErrorType, "exception causes must derive from BaseException");
}

Value reraiseHandled() {
  Value handled = handledException();
  if (!handled) return raise(RuntimeErrorType, "No active exception to reraise");
  errorRestore(newRef(handled));
  return Value();
}

constexpr const char* kNotAClass = "catching classes that do not inherit from BaseException is not allowed";

int32_t checkCatchable(Value type) {
  if (isTuple(type)) {
    for (int64_t i = 0; i < asTuple(type)->size; ++i)
      if (!isExceptionClass(asTuple(type)->items[i])) return fail(TypeErrorType, kNotAClass);
    return 0;
  }
  return isExceptionClass(type) ? 0 : fail(TypeErrorType, kNotAClass);
}
} // namespace

bool exceptionMatches(Value exception, Value type) {
  if (isTuple(type)) {
    for (int64_t i = 0; i < asTuple(type)->size; ++i)
      if (exceptionMatches(exception, asTuple(type)->items[i])) return true;
    return false;
  }
  return isExceptionClass(type) && isSubtype(typeOf(exception), type.as<Type>());
}

Value handledException() {
  for (HandledExc* item = krt_hot.handled; item; item = item->previous)
    if (item->value) return item->value;
  return Value();
}

void chainContext(Value exception, Value context) {
  if (exception == context) return;
  // Cut the chain where it would lead back to `exception`; Brent-like guard against chains that are cyclic already.
  Value slow = context;
  bool advance = false;
  for (Value o = context; Value next = asException(o)->context; o = next) {
    if (next == exception) {
      clear(asException(o)->context);
      break;
    }
    if (advance) slow = asException(slow)->context;
    advance = !advance;
    if (next == slow) break;
  }
  assign(asException(exception)->context, newRef(context));
}

/// A builtin class whose instances are made of their arguments alone: nobody sees how.
static bool isPlainException(const Type* t) {
  return !(t->flags & kTypeHeap) && t->construct == exceptions::baseNew && t->init == exceptions::baseInit;
}

/// What calling the class gives, an exception or not.
static Value callClass(Value exceptionClass, Value argument) {
  if (isPlainException(exceptionClass.as<Type>())) {
    Ref args(argument ? newTupleFrom(&argument, 1) : emptyTuple());
    return args ? exceptions::allocateException(exceptionClass.as<Type>(), args) : Value();
  }
  return argument ? call(exceptionClass, {argument}) : call(exceptionClass);
}

Value instantiate(Value exceptionClass, Value argument) {
  Ref made(callClass(exceptionClass, argument));
  if (made && !isException(made))
    return raise(TypeErrorType, "calling %R should have returned an instance of BaseException, not %s", exceptionClass,
                 typeOf(made)->name);
  return made.release();
}

/// What `raise exception` raises (owned): a class is called.
static Value instanceToRaise(Value exception) {
  if (isException(exception)) return newRef(exception);
  if (!isExceptionClass(exception)) return raise(TypeErrorType, "exceptions must derive from BaseException");
  Ref made(callClass(exception, Value()));
  if (made && !isException(made)) // a statement shows the class, throw() its name
    return raise(TypeErrorType, "calling %R should have returned an instance of BaseException, not %R", exception, asValue(typeOf(made)));
  return made.release();
}

extern "C" {

Value krt_raise(Value exception) {
  if (!exception) return reraiseHandled();
  const Value instance = instanceToRaise(exception);
  return instance ? raiseInstance(instance) : Value();
}

Value krt_raise_from(Owned givenException, Owned givenCause) {
  Ref cause(givenCause), exception(givenException), instance(instanceToRaise(exception)); // they die from the last on
  if (!instance) return Value();
  bool ok;
  Value resolved = resolveCause(cause, &ok);
  if (!ok) return Value();
  asException(instance)->suppressContext = true;
  assign(asException(instance)->cause, resolved);
  return raiseInstance(instance.release());
}

void krt_reraise(Owned exception) { errorRestore(exception); }

Value krt_exc_take() {
  Value taken = errorTake().release();
  if (taken) asException(taken)->isUnmade = false;
  return taken;
}

Value krt_exc_push(Value exception) {
  Value previous = krt_hot.handled->value;
  krt_hot.handled->value = newRef(exception);
  return previous;
}

void krt_exc_pop(Owned previous) { assign(krt_hot.handled->value, previous); }

int32_t krt_exc_match(Value exception, Value type) {
  if (type == asValue(typeOf(exception))) return 1;
  if (checkCatchable(type) < 0) return -1;
  return exceptionMatches(exception, type);
}

Value krt_exc_match_star(Value exception, Value type, Value* rest) {
  *rest = Value();
  if (isNone(exception)) {
    *rest = newRef(none());
    return newRef(none());
  }
  if (checkCatchable(type) < 0) return Value();
  const char* groupText = "catching ExceptionGroup with except* is not allowed. Use except instead.";
  int64_t count = isTuple(type) ? asTuple(type)->size : 1;
  for (int64_t i = 0; i < count; ++i) {
    Value candidate = isTuple(type) ? asTuple(type)->items[i] : type;
    if (isSubtype(candidate.as<Type>(), &BaseExceptionGroupType)) return raise(TypeErrorType, "%s", groupText);
  }
  bool group = isInstanceOf(exception, BaseExceptionGroupType);
  if (exceptionMatches(exception, type)) {
    Ref match;
    if (group) {
      match = Ref::share(exception);
    } else {
      Ref members(newTuple({exception}));
      if (!members) return Value();
      match.reset(call(asValue(&BaseExceptionGroupType), {emptyStr(), members}));
      if (!match) return Value();
    }
    *rest = newRef(none());
    return match.release();
  }
  if (!group) {
    *rest = newRef(exception);
    return newRef(none());
  }
  Ref pair(callMethod(exception, "split", {type}));
  if (!pair) return Value();
  if (!isTuple(pair) || asTuple(pair)->size != 2)
    return raise(TypeErrorType, "%T.split must return a 2-tuple, got %T", exception, pair.get());
  *rest = newRef(asTuple(pair)->items[1]);
  return newRef(asTuple(pair)->items[0]);
}

int32_t krt_is_stop_async() {
  if (krt_hot.raised == Value(quietStopAsync)) {
    krt_hot.raised = Value();
    return 1;
  }
  return errorClearIf(StopAsyncIterationType);
}

Value krt_assertion_error(Value message) { return raiseObject(AssertionErrorType, message); }

} // extern "C"

} // namespace krait
