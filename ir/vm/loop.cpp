// The instructions of CPython 3.11, one case each, over the runtime's entries. Every reference on the stack is owned;
// null words are there where CPython has them (PUSH_NULL, LOAD_METHOD, the absent exception below the first one).
#include "ir/bytecode/flow_graph.h"
#include "ir/vm/program.h"
#include "ir/vm/vm.h"
#include "runtime/abi/eager_code.h"
#include "runtime/abi/entries.h"
#include "runtime/abi/sections.h"
#include "runtime/exceptions/known_frames.h"
#include "runtime/object/names.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/async_step.h"
#include "runtime/types/int.h"
#include "runtime/types/sequence.h"
#include "runtime/types/code_object.h"
#include "runtime/types/str.h"
#include "runtime/object/class_build.h"

#include <algorithm>
#include <optional>

namespace krait::ir::vm {

namespace {

using bytecode::Opcode;
using enum bytecode::Opcode;
using Binary = Value (*)(Value, Value);

// BINARY_OP's argument: the operators, then their in-place forms.
constexpr Binary kOperators[] = {krt_add, krt_and, krt_floordiv, krt_lshift, krt_matmul, krt_mul, krt_mod,
                                 krt_or,  krt_pow, krt_rshift,   krt_sub,    krt_truediv, krt_xor};
constexpr Binary kInPlace[] = {krt_iadd, krt_iand, krt_ifloordiv, krt_ilshift, krt_imatmul, krt_imul, krt_imod,
                               krt_ior,  krt_ipow, krt_irshift,   krt_isub,    krt_itruediv, krt_ixor};
constexpr uint32_t kOperatorCount = std::size(kOperators);
constexpr Binary kComparisons[] = {krt_lt, krt_le, krt_eq, krt_ne, krt_gt, krt_ge};

// How an instruction ended.
enum class Step : uint8_t { Next, Failed, Again, Left, Yielded, Returned };

class Runner {
public:
  Runner(Activation& a, Value* out) : a_(a), p_(*a.program), out_(out) {}

  int32_t loop(bool failed) {
    Step step = failed ? thrownInto() : Step::Next;
    for (;;) {
      if (step == Step::Next) {
        if (eventsActive && traceInstruction(a_) < 0) [[unlikely]] {
          a_.last = a_.next;
          if (!a_.hasJumped) a_.site = a_.next; // else the traceback tells where to, as in CPython
          step = unwind(true, static_cast<uint32_t>(a_.last));
          continue;
        }
        step = instruction();
        continue;
      }
      switch (step) {
      case Step::Failed: step = unwind(true, at_); break;
      case Step::Again: step = unwind(false, at_); break;
      case Step::Left: return kResumeRaise;
      case Step::Yielded: return kResumeYield;
      case Step::Returned: return kResumeReturn;
      case Step::Next: break;
      }
    }
  }

private:
  // ---- the stack ---------------------------------------------------------------------------------
  void push(Value v) { *a_.top++ = v; }
  Value take() { return *--a_.top; } // owned
  Ref pop() { return Ref(*--a_.top); }
  Value& peek(uint32_t n) { return a_.top[-static_cast<int64_t>(n)]; }
  void popTo(const Value* bottom) {
    while (a_.top > bottom) xdecref(take());
  }
  // Pushes a result; null: an error.
  Step result(Value v) {
    if (!v) return Step::Failed;
    push(v);
    return Step::Next;
  }
  static Step status(int32_t s) { return s < 0 ? Step::Failed : Step::Next; }
  Step flag(int32_t answer, bool negate = false) {
    if (answer < 0) return Step::Failed;
    push(newRef(boolean((answer != 0) != negate)));
    return Step::Next;
  }

  Value constant(uint32_t i) const { return asTuple(p_.constants)->items[i]; }
  Value name(uint32_t i) const { return asTuple(p_.names)->items[i]; }
  Value nameSpace() const { return a_.names ? a_.names : a_.globals; }
  uint32_t freeIndex(uint32_t variable) const { return variable - p_.info.varCount; }

  // ---- errors --------------------------------------------------------------------------------------
  // To the handler of the instruction `at`, or out. `raised`: it is news, which gets an entry in the traceback.
  Step unwind(bool raised, uint32_t at) {
    if (!krt_hot.raised) raise(SystemErrorType, "error return without exception set");
    const Handler* h = p_.handlerAt(at);
    if (raised || !h) {
      std::optional<OpenLocals> open;
      if (h && eventsActive) open.emplace(a_);
      if (!h) dropStack();
      addTracebackEntry(a_.code, a_.function, a_.site, a_.locals, p_.info.varCount + p_.info.cellCount,
                        (h ? kTracebackHandled : kTracebackLeaving) | (raised ? 0 : kTracebackAgain), a_.frameAddress);
    }
    if (!h) {
      leave();
      return Step::Left;
    }
    popTo(a_.stack + h->depth);
    if (h->pushesLast) push(Value::ofSmallInt(a_.last));
    push(krt_exc_take());
    a_.next = h->target;
    return Step::Next;
  }

  void dropStack() {
    Value raised = krt_hot.raised;
    krt_hot.raised = Value();
    popTo(a_.stack);
    krt_hot.raised = raised;
  }

  // Variables die; what their death runs does not disturb an exception on its way.
  void leave() {
    Value raised = krt_hot.raised;
    krt_hot.raised = Value();
    if (a_.generator) endGeneratorFrame(a_.generator, a_.site, a_.locals);
    else endFrameAt(a_.code, a_.frameAddress, a_.site, a_.locals, p_.info.varCount + p_.info.cellCount);
    a_.site = kLeftSite;
    for (uint32_t i = 0; i < p_.localCount; ++i) clear(a_.locals[i]);
    krt_hot.raised = raised;
  }

  int32_t traceCall() {
    OpenLocals open(a_);
    return krt_trace_event(kTraceCall);
  }

  // A generator is resumed with an exception: what it delegates to gets it first.
  Step thrownInto() {
    at_ = a_.last < 0 ? 0 : static_cast<uint32_t>(a_.last);
    a_.site = at_;
    if (eventsActive && traceCall() < 0) return Step::Failed;
    if (a_.last > 0 && p_.opcode(at_ - 1) == static_cast<uint32_t>(SEND)) {
      Value answer;
      const int32_t done = krt_send(peek(1), Value(), &answer);
      if (done == kResumeYield) return yield(answer, peek(1));
      krt_generator_set_awaiting(a_.generator, Value());
      if (done == kResumeRaise) return Step::Failed;
      decref(take());
      push(answer);
      a_.next = at_ + p_.argument(at_ - 1);
      return Step::Next;
    }
    return Step::Failed;
  }

  // ---- control ---------------------------------------------------------------------------------------
  Step jumpIf(bool condition, uint32_t to) {
    if (condition) a_.next = to;
    return Step::Next;
  }
  Step truthJump(bool wanted, uint32_t to) {
    Ref v = pop();
    const int32_t truth = krt_truth(v);
    return truth < 0 ? Step::Failed : jumpIf((truth != 0) == wanted, to);
  }
  Step orPop(bool wanted, uint32_t to) {
    const int32_t truth = krt_truth(peek(1));
    if (truth < 0) return Step::Failed;
    if ((truth != 0) == wanted) return jumpIf(true, to);
    decref(take());
    return Step::Next;
  }
  Step noneJump(bool wanted, uint32_t to) {
    Ref v = pop();
    return jumpIf(isNone(v) == wanted, to);
  }
  Step jumpBackward(uint32_t to) {
    a_.next = to;
    return polled(Step::Next);
  }
  /// Behind what may have jumped back: signals and other threads are heard.
  Step polled(Step done) {
    return done == Step::Next && krt_hot.depth > krt_hot.limit ? status(krt_poll()) : done;
  }

  Step returnValue() {
    Ref v = pop();
    if (eventsActive && krt_trace_return(v) < 0) { // the frame is left, and says nothing of it
      addTracebackEntry(a_.code, a_.function, a_.site, a_.locals, p_.info.varCount + p_.info.cellCount,
                        kTracebackLeaving | kTracebackAgain, a_.frameAddress);
      dropStack();
      leave();
      return Step::Left;
    }
    popTo(a_.stack);
    leave();
    *out_ = v.release();
    return Step::Returned;
  }
  // `awaiting`: what the generator delegates to, or null.
  Step yield(Value owned, Value awaiting) {
    Ref v(owned);
    krt_generator_set_awaiting(a_.generator, awaiting);
    if (eventsActive) {
      a_.hasJumped = false;
      a_.isYielding = true;
      const int32_t traced = krt_trace_return(v);
      a_.isYielding = false;
      if (traced < 0) {
        krt_generator_set_awaiting(a_.generator, Value());
        dropStack();
        leave();
        return Step::Left;
      }
      if (a_.hasJumped) krt_generator_set_awaiting(a_.generator, Value());
    }
    *out_ = v.release();
    return Step::Yielded;
  }
  Step send(uint32_t to) {
    Value sent = take(), answer;
    const int32_t done = krt_send(peek(1), sent, &answer);
    if (done == kResumeRaise) return Step::Failed;
    if (done == kResumeYield) return result(answer);
    krt_generator_set_awaiting(a_.generator, Value());
    decref(take());
    push(answer);
    a_.next = to;
    return Step::Next;
  }
  Step endAsyncFor() {
    if (!exceptionMatches(peek(1), asValue(&StopAsyncIterationType))) {
      krt_reraise(take());
      return Step::Again;
    }
    popTo(a_.top - 2);
    return Step::Next;
  }
  Step reraise(uint32_t arg) {
    Value exception = take();
    if (arg) a_.last = a_.site = static_cast<uint32_t>(peek(arg).smallInt());
    krt_reraise(exception);
    return Step::Again;
  }
  Step raiseArguments(uint32_t arg) {
    Ref cause = arg == 2 ? pop() : Ref(), exception = arg >= 1 ? pop() : Ref();
    const bool isAgain = arg == 0 && handledException();
    if (arg == 2) krt_raise_from(exception.release(), cause.release());
    else krt_raise(exception);
    return isAgain ? Step::Again : Step::Failed;
  }
  Step forIter(uint32_t to) {
    if (Value item = eventsActive ? krt_next_watched(peek(1)) : krt_next(peek(1))) {
      push(item);
      return Step::Next;
    }
    if (krt_hot.raised) return Step::Failed;
    decref(take());
    a_.next = to;
    return Step::Next;
  }

  // ---- variables ---------------------------------------------------------------------------------------
  Step loadFast(uint32_t i) {
    if (!a_.locals[i]) return krt_raise_unbound_local(a_.code, i), Step::Failed;
    push(newRef(a_.locals[i]));
    return Step::Next;
  }
  Step deleteFast(uint32_t i) {
    if (!a_.locals[i]) return krt_raise_unbound_local(a_.code, i), Step::Failed;
    clear(a_.locals[i]);
    return Step::Next;
  }
  Step unboundCell(uint32_t i) {
    if (i < p_.info.varCount) krt_raise_unbound_local(a_.code, i);
    else krt_raise_unbound_free(a_.code, freeIndex(i));
    return Step::Failed;
  }
  Step loadDeref(uint32_t i) {
    Value v = krt_cell_get(a_.locals[i]);
    if (!v) return unboundCell(i);
    push(v);
    return Step::Next;
  }
  Step deleteDeref(uint32_t i) {
    if (!a_.locals[i].as<CellObject>()->contents) return unboundCell(i);
    krt_cell_set(a_.locals[i], Value());
    return Step::Next;
  }
  Step makeCell(uint32_t i) {
    Value cell = krt_cell_new(a_.locals[i]);
    if (!cell) return Step::Failed;
    assign(a_.locals[i], cell);
    return Step::Next;
  }
  Step copyFreeVars(uint32_t count) {
    for (uint32_t i = 0; i < count; ++i)
      a_.locals[p_.localCount - count + i] = newRef(krt_function_closure(a_.function, i));
    return Step::Next;
  }
  Step loadGlobal(uint32_t arg) {
    if (arg & 1) push(Value());
    return result(krt_dict_global_get(a_.globals, name(arg >> 1)));
  }

  // ---- attributes and calls ----------------------------------------------------------------------------
  Step loadAttribute(Value attribute) {
    Ref o = pop();
    return result(getAttr(o, attribute));
  }
  Step storeAttribute(Value attribute) {
    Ref o = pop(), v = pop();
    return status(setAttr(o, attribute, v));
  }
  Step loadMethod(Value attribute) {
    Ref o = pop();
    MethodCache cache{};
    Value self, method = krt_method_load(o, attribute, &cache, &self);
    if (!method) return Step::Failed;
    push(self ? method : Value());
    push(self ? self : method);
    return Step::Next;
  }
  Step call(uint32_t count) {
    Value* arguments = a_.top - count;
    const bool isMethod = static_cast<bool>(arguments[-2]);
    Ref callee(isMethod ? arguments[-2] : arguments[-1]);
    if (isMethod) --arguments, ++count;
    Value* bottom = a_.top - count - (isMethod ? 1 : 2);
    a_.top = arguments; // the words behind are the callee's
    Ref names = std::move(keywordNames_);
    Value made = names                                                                 ? krt_call_kw(callee, arguments, count, names)
                 : count == 0 && callee.get() == asValue(&superType) ? callSuper()
                                                                                       : krt_call_n(callee, arguments, count);
    a_.top = bottom;
    return result(made);
  }
  // super(): its arguments are the class cell and the first variable.
  Value callSuper() {
    Value type, self = p_.info.varCount && p_.info.argCount ? a_.locals[0] : Value();
    if (self && isExact(self, cellType)) self = self.as<CellObject>()->contents;
    for (uint32_t i = 0; i < p_.info.freeCount; ++i)
      if (strEqual(p_.info.freeNames[i], NAME(__class__)))
        type = a_.locals[p_.localCount - p_.info.freeCount + i].as<CellObject>()->contents;
    return krt_super_new_guarded(asValue(&superType), type, self);
  }
  Step callEx(bool hasKeywords) {
    Ref keywords = hasKeywords ? pop() : Ref(), positional = pop(), callee = pop();
    Value made = krt_call_ex(callee, positional, keywords);
    xdecref(take()); // the null word below
    return result(made);
  }
  Step makeFunction(uint32_t flags) {
    Ref code = pop();
    Ref closure = flags & 8 ? pop() : Ref(), annotations = flags & 4 ? pop() : Ref();
    Ref keywordDefaults = flags & 2 ? pop() : Ref(), defaults = flags & 1 ? pop() : Ref();
    const CodeInfo* info = code.get().as<CodeObject>()->info;
    if (info->flags & kCodeEager) info = bytecodeInfo(info); // bytecode means the generator
    else info = codeForGlobals(info, a_.globals);
    if (!info) return Step::Failed;
    return result(krt_function_new(info, a_.globals, defaults, keywordDefaults, annotations, closure));
  }

  // ---- building ----------------------------------------------------------------------------------------
  template <class Make> Step build(uint32_t count, Make make) {
    Value* items = a_.top - count;
    a_.top = items; // owned by what is made
    return result(make(items, count));
  }
  Step buildConstKeyMap(uint32_t count) {
    Ref keys = pop(), dict(newDict());
    int32_t done = dict ? 0 : -1;
    for (uint32_t i = 0; i < count && done == 0; ++i) done = dictSet(dict, asTuple(keys)->items[i], peek(count - i));
    popTo(a_.top - count);
    return done < 0 ? Step::Failed : result(dict.release());
  }
  Step unpack(uint32_t count) {
    Ref sequence = pop();
    if (krt_unpack(sequence, a_.top, count) < 0) return Step::Failed;
    std::reverse(a_.top, a_.top + count);
    a_.top += count;
    return Step::Next;
  }
  Step unpackEx(uint32_t before, uint32_t after) {
    Ref sequence = pop();
    const uint32_t count = before + 1 + after;
    if (krt_unpack_ex(sequence, a_.top, before, after) < 0) return Step::Failed;
    std::reverse(a_.top, a_.top + count);
    a_.top += count;
    return Step::Next;
  }
  Step binary(uint32_t arg) {
    Ref right = pop(), left = pop();
    if (arg < kOperatorCount) return result(kOperators[arg](left, right));
    Value made = kInPlace[arg - kOperatorCount](left, right);
    if (made) static_cast<void>(left.release()); // consumed on success only
    return result(made);
  }
  Step formatValue(uint32_t arg) {
    Ref spec = arg & 4 ? pop() : Ref(), v = pop();
    constexpr int32_t kConversions[] = {0, 's', 'r', 'a'};
    return result(krt_format_value(v, kConversions[arg & 3], spec));
  }

  // ---- with, except, match -------------------------------------------------------------------------------
  Step beforeWith(int32_t isAsync) {
    Value first, second;
    Ref manager = pop(), enter(krt_with_enter_lookup(manager, isAsync, &first));
    Ref entered(enter ? first : Value());
    Ref exit(enter ? krt_with_exit_lookup(manager, isAsync, &second) : Value());
    Ref exited(exit ? second : Value());
    if (exited && !isNone(exited)) exit.reset(newMethod(exit, exited)); // the stack has room for one
    if (!exit) return Step::Failed;
    push(exit.release());
    return result(krt_method_call0(enter, entered.release()));
  }
  Step pushExcInfo() {
    Value exception = take();
    push(krt_exc_push(exception));
    push(exception);
    return Step::Next;
  }
  Step popExcept() {
    krt_exc_pop(take());
    return Step::Next;
  }
  Step checkExcMatch() {
    Ref type = pop();
    return flag(krt_exc_match(peek(1), type));
  }
  Step checkGroupMatch() {
    Ref type = pop();
    Value rest, match = krt_exc_match_star(peek(1), type, &rest);
    if (!match) return Step::Failed;
    if (!isNone(match)) {
      assign(peek(1), rest);
      assign(krt_hot.handled->value, newRef(match));
    } else {
      xdecref(rest);
    }
    push(match);
    return Step::Next;
  }
  Step matchClass(uint32_t count) {
    Ref names = pop(), type = pop(), subject = pop();
    const int32_t is = krt_match_instance(subject, type);
    if (is <= 0) return is < 0 ? Step::Failed : result(none());
    const int64_t size = count + asTuple(names)->size;
    Ref values(newTuple(size));
    const int32_t found = values ? krt_match_class(subject, type, count, names, asTuple(values)->items, nullptr) : -1;
    return found < 0 ? Step::Failed : result(found ? values.release() : none());
  }
  Step getLength() {
    const int64_t n = krt_match_length(peek(1));
    return n < 0 ? Step::Failed : result(newInt(n));
  }
  Step import(uint32_t i) {
    Ref list = pop(), level = pop();
    const int64_t n = toInt64(level);
    return result(krt_import(a_.globals, name(i), list, static_cast<int32_t>(n)));
  }

  Step instruction();
  Step simple(Opcode op, uint32_t arg);

  Activation& a_;
  const Program& p_;
  Value* out_;
  Ref keywordNames_;
  uint32_t at_ = 0; // the instruction that runs
};

// Fetches, and does what changes the course of things.
Step Runner::instruction() {
  uint32_t arg = 0, at = a_.next;
  if (at >= p_.size()) return raise(SystemErrorType, "bytecode of %U ends without a return", p_.info.qualname), Step::Failed;
  auto op = static_cast<Opcode>(p_.opcode(at));
  arg = p_.argument(at);
  while (op == EXTENDED_ARG && at + 1 < p_.size()) {
    ++at;
    op = static_cast<Opcode>(p_.opcode(at));
    arg = arg << 8 | p_.argument(at);
  }
  at_ = at;
  a_.site = at;
  a_.last = at;
  a_.next = at + 1 + bytecode::cacheWords(op);
  const uint32_t forward = a_.next + arg, backward = a_.next - arg;
  switch (op) {
  case RESUME:
    if (eventsActive && traceCall() < 0) return Step::Failed;
    return Step::Next;
  case NOP:
  case CACHE:
  case PRECALL:
  case RETURN_GENERATOR: return Step::Next; // that value was sent
  case JUMP_FORWARD: a_.next = forward; return Step::Next;
  case JUMP_BACKWARD: return jumpBackward(backward);
  case JUMP_BACKWARD_NO_INTERRUPT: a_.next = backward; return Step::Next;
  case POP_JUMP_FORWARD_IF_FALSE: return truthJump(false, forward);
  case POP_JUMP_FORWARD_IF_TRUE: return truthJump(true, forward);
  case POP_JUMP_BACKWARD_IF_FALSE: return polled(truthJump(false, backward));
  case POP_JUMP_BACKWARD_IF_TRUE: return polled(truthJump(true, backward));
  case POP_JUMP_FORWARD_IF_NONE: return noneJump(true, forward);
  case POP_JUMP_FORWARD_IF_NOT_NONE: return noneJump(false, forward);
  case POP_JUMP_BACKWARD_IF_NONE: return polled(noneJump(true, backward));
  case POP_JUMP_BACKWARD_IF_NOT_NONE: return polled(noneJump(false, backward));
  case JUMP_IF_FALSE_OR_POP: return orPop(false, forward);
  case JUMP_IF_TRUE_OR_POP: return orPop(true, forward);
  case FOR_ITER: return forIter(forward);
  case SEND: return send(forward);
  case END_ASYNC_FOR: return endAsyncFor();
  case YIELD_VALUE: {
    const bool delegates = at > 0 && p_.opcode(at - 1) == static_cast<uint32_t>(SEND);
    Value v = take();
    return yield(v, delegates ? peek(1) : Value());
  }
  case RETURN_VALUE: return returnValue();
  case RAISE_VARARGS: return raiseArguments(arg);
  case RERAISE: return reraise(arg);
  default: return simple(op, arg);
  }
}

Step Runner::simple(Opcode op, uint32_t arg) {
  switch (op) {
  // ---- the stack
  case POP_TOP: xdecref(take()); return Step::Next;
  case PUSH_NULL: push(Value()); return Step::Next;
  case COPY: push(xnewRef(peek(arg))); return Step::Next;
  case SWAP: std::swap(peek(1), peek(arg)); return Step::Next;
  case LOAD_CONST: push(newRef(constant(arg))); return Step::Next;
  case KW_NAMES: keywordNames_ = Ref::share(constant(arg)); return Step::Next;

  // ---- variables
  case LOAD_FAST: return loadFast(arg);
  case STORE_FAST: assign(a_.locals[arg], take()); return Step::Next;
  case DELETE_FAST: return deleteFast(arg);
  case MAKE_CELL: return makeCell(arg);
  case COPY_FREE_VARS: return copyFreeVars(arg);
  case LOAD_CLOSURE: push(newRef(a_.locals[arg])); return Step::Next;
  case LOAD_DEREF: return loadDeref(arg);
  case STORE_DEREF: krt_cell_set(a_.locals[arg], take()); return Step::Next;
  case DELETE_DEREF: return deleteDeref(arg);
  case LOAD_CLASSDEREF: return result(krt_name_get_deref(nameSpace(), a_.locals[arg], p_.info.freeNames[arg - (p_.localCount - p_.info.freeCount)]));
  case LOAD_GLOBAL: return loadGlobal(arg);
  case STORE_GLOBAL: return status(krt_dict_global_set(a_.globals, name(arg), pop()));
  case DELETE_GLOBAL: return status(krt_dict_global_del(a_.globals, name(arg)));
  case LOAD_NAME: return result(krt_name_get(nameSpace(), a_.globals, name(arg)));
  case STORE_NAME: return status(krt_name_set(nameSpace(), name(arg), pop()));
  case DELETE_NAME: return status(krt_name_del(nameSpace(), name(arg)));
  case SETUP_ANNOTATIONS: return status(krt_annotations_setup(nameSpace()));

  // ---- operators
  case UNARY_POSITIVE: return result(krt_pos(pop()));
  case UNARY_NEGATIVE: return result(krt_neg(pop()));
  case UNARY_INVERT: return result(krt_invert(pop()));
  case UNARY_NOT: return flag(krt_truth(pop()), true);
  case BINARY_OP: return binary(arg);
  case COMPARE_OP: {
    Ref right = pop(), left = pop();
    return result(kComparisons[arg](left, right));
  }
  case IS_OP: {
    Ref right = pop(), left = pop();
    return flag(krt_is(left, right), arg);
  }
  case CONTAINS_OP: {
    Ref container = pop(), v = pop();
    return flag(krt_contains(container, v), arg);
  }
  case BINARY_SUBSCR: {
    Ref key = pop(), o = pop();
    return result(krt_item_get(o, key));
  }
  case STORE_SUBSCR: {
    Ref key = pop(), o = pop(), v = pop();
    return status(krt_item_set(o, key, v));
  }
  case DELETE_SUBSCR: {
    Ref key = pop(), o = pop();
    return status(krt_item_del(o, key));
  }

  // ---- attributes, calls, functions
  case LOAD_ATTR: return loadAttribute(name(arg));
  case STORE_ATTR: return storeAttribute(name(arg));
  case DELETE_ATTR: return status(krt_attr_del(pop(), name(arg)));
  case LOAD_METHOD: return loadMethod(name(arg));
  case CALL: return call(arg);
  case CALL_FUNCTION_EX: return callEx(arg & 1);
  case MAKE_FUNCTION: return makeFunction(arg);
  case LOAD_BUILD_CLASS: return result(classBuilder(a_.globals));
  case LOAD_ASSERTION_ERROR: push(newRef(asValue(&AssertionErrorType))); return Step::Next;
  case IMPORT_NAME: return import(arg);
  case IMPORT_FROM: return result(krt_import_from(peek(1), name(arg)));
  case IMPORT_STAR: return status(krt_import_star(pop(), nameSpace()));
  case PRINT_EXPR: return status(krt_print_expr(pop()));

  // ---- building
  case BUILD_TUPLE: return build(arg, krt_tuple_new);
  case BUILD_LIST: return build(arg, krt_list_new);
  case BUILD_SET: return build(arg, krt_set_new);
  case BUILD_STRING: return build(arg, krt_string_join);
  case BUILD_MAP: return build(arg * 2, [](Value* words, uint64_t n) { return krt_dict_new(words, n / 2); });
  case BUILD_CONST_KEY_MAP: return buildConstKeyMap(arg);
  case BUILD_SLICE: {
    Ref step = arg == 3 ? pop() : Ref(newRef(none())), stop = pop(), start = pop();
    return result(krt_slice_new(start, stop, step));
  }
  case LIST_TO_TUPLE: return result(krt_list_to_tuple(pop()));
  case LIST_APPEND: {
    Value v = take();
    return status(krt_list_append(peek(arg), v));
  }
  case SET_ADD: {
    Ref v = pop();
    return status(krt_set_add(peek(arg), v));
  }
  case MAP_ADD: {
    Ref v = pop(), key = pop();
    return status(krt_dict_set(peek(arg), key, v));
  }
  case LIST_EXTEND: {
    Ref v = pop();
    return status(krt_list_extend(peek(arg), v));
  }
  case SET_UPDATE: {
    Ref v = pop();
    return status(krt_set_update(peek(arg), v));
  }
  case DICT_UPDATE: {
    Ref v = pop();
    return status(krt_dict_update(peek(arg), v));
  }
  case DICT_MERGE: {
    Ref v = pop();
    return status(krt_call_dict_merge(peek(arg), v, peek(arg + 2)));
  }
  case UNPACK_SEQUENCE: return unpack(arg);
  case UNPACK_EX: return unpackEx(arg & 0xFF, arg >> 8);
  case FORMAT_VALUE: return formatValue(arg);

  // ---- iterators, generators
  case GET_ITER: return result(krt_iter(pop()));
  case GET_YIELD_FROM_ITER: return result(krt_yield_from_iter(take()));
  case GET_AWAITABLE: return result(krt_await_iter(take(), static_cast<int32_t>(arg)));
  case GET_AITER: return result(krt_aiter(pop()));
  case GET_ANEXT: return result(nextAwaitable(peek(1)));
  case ASYNC_GEN_WRAP: return result(krt_async_gen_wrap(take()));

  // ---- with, except, match
  case BEFORE_WITH: return beforeWith(0);
  case BEFORE_ASYNC_WITH: return beforeWith(1);
  case WITH_EXCEPT_START: return result(krt_with_exit_call(peek(4), none(), peek(1)));
  case PUSH_EXC_INFO: return pushExcInfo();
  case POP_EXCEPT: return popExcept();
  case CHECK_EXC_MATCH: return checkExcMatch();
  case CHECK_EG_MATCH: return checkGroupMatch();
  case PREP_RERAISE_STAR: {
    Ref list = pop(), original = pop();
    return result(krt_exc_group_finish(original, list));
  }
  case GET_LEN: return getLength();
  case MATCH_MAPPING: return flag(krt_match_is_mapping(peek(1)));
  case MATCH_SEQUENCE: return flag(krt_match_is_sequence(peek(1)));
  case MATCH_KEYS: return result(krt_match_keys(peek(2), peek(1)));
  case MATCH_CLASS: return matchClass(arg);
  default: return raise(SystemErrorType, "unknown opcode"), Step::Failed;
  }
}

} // namespace

int32_t run(Activation& a, bool failed, Value* out) { return Runner(a, out).loop(failed); }

} // namespace krait::ir::vm
