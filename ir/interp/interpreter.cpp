// The loop. One C++ frame per activation of Python code; an error is a null word
// (or -1) from a runtime entry and leads, through the table of error points, to
// a handler or out of the function. One label per operation of the IR, by concern
// in operations_*.inc: an operation without one does not compile.
#include "ir/core/operators.h"
#include "ir/interp/activation.h"

#include "ir/core/function.h"
#include "ir/interp/globals.h"
#include "ir/interp/interpreter.h"
#include "ir/interp/raw_locals.h"
#include "ir/interp/unit.h"
#include "ir/interp/words.h"
#include "runtime/abi/observers.h"
#include "runtime/abi/sections.h"
#include "runtime/builtins/first_builtins.h"
#include "runtime/exceptions/known_frames.h"
#include "runtime/exceptions/parameter_cells.h"
#include "runtime/modules/array.h"
#include "runtime/object/attribute_cache.h"
#include "runtime/object/cache_fill.h"
#include "runtime/object/method_rows.h"
#include "runtime/object/protocol.h"
#include "runtime/threads/tracing.h"
#include "runtime/types/async_step.h"
#include "runtime/types/byte_iter.h"
#include "runtime/types/byte_methods.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/generator_protocol.h"
#include "runtime/types/int.h"
#include "runtime/types/iterators.h"
#include "runtime/types/set_table.h"
#include "runtime/types/str.h"
#include "runtime/types/str_iter.h"
#include "runtime/types/sequence.h"

#include <cmath>
#include <bit>
#include <cstring>
#include <vector>

// Programs that import no array are linked without its file.
namespace krait {
extern Type arrayType [[gnu::weak]];
}

namespace krait::ir::interp {

namespace {

// Whoever holds the frame object gets the locals.
void endOf(Activation& a) {
  if (a.generator) return endGeneratorFrame(a.generator, a.site, a.registers);
  if (krt_hot.frames || krt_hot.caught) endFrameAt(a.code, a.frameAddress, a.site, a.registers, a.decoded->varCount + a.decoded->cellCount);
}

// Named locals, cells and hidden locals die.
[[gnu::always_inline]] inline void leave(const Code& code, const CodeInfo* info, Value* R) {
  if (code.cellCount) placeParameterCells(info, R);
  for (Value *local = R, *end = R + code.variables; local != end; ++local) {
    const Value v = *local;
    if (!v) continue;
    *local = Value();
    decref(v);
  }
}

uint32_t cellNumber(const Code& code, uint32_t reg) {
  return reg >= code.frees ? code.cellCount + (reg - code.frees) : reg - code.varCount;
}

// locals(): names and values of the bound variables, cells looked into.
Value localsDict(const Code& code, const CodeInfo* info, Value* R, Value& kept) {
  uint32_t count = code.varCount + code.cellCount + code.freeCount;
  std::vector<Value> names(count), values(count);
  uint32_t n = 0;
  for (uint32_t i = 0; i < code.varCount; ++i, ++n) names[n] = info->varNames[i], values[n] = R[i];
  auto addCell = [&](Value name, Value cell) {
    names[n] = name;
    values[n] = cell ? cell.as<CellObject>()->contents : Value();
    // A parameter that became a cell is listed as a local too.
    for (uint32_t k = 0; k < code.varCount; ++k)
      if (names[k] == name) {
        values[k] = values[n];
        return;
      }
    ++n;
  };
  for (uint32_t i = 0; i < code.cellCount; ++i) addCell(info->cellNames[i], R[code.varCount + i]);
  for (uint32_t i = 0; i < code.freeCount; ++i) addCell(info->freeNames[i], R[code.frees + i]);
  if (!kept) return kept = krt_locals_dict(names.data(), values.data(), n), xnewRef(kept);
  return krt_locals_update(kept, names.data(), values.data(), n) < 0 ? Value() : newRef(kept);
}

template <class T> bool compareSmall(core::Op op, T a, T b) {
  switch (op) {
  case core::Op::I64Eq: return a == b;
  case core::Op::I64Ne: return a != b;
  case core::Op::I64Lt: return a < b;
  case core::Op::I64Le: return a <= b;
  case core::Op::I64Gt: return a > b;
  default: return a >= b;
  }
}

// xdecref, here.
[[gnu::always_inline]] inline void dies(Value v) {
  if (v && v.isPointer() && --v.object()->refs == 0) [[unlikely]] destroy(v.object());
}

// The item of a list or tuple by a small index (borrowed), or null.
[[gnu::always_inline]] inline Value knownItem(Value o, Value key) {
  if (!key.isSmallInt() || !o.isPointer()) return Value();
  const Layout* l = o.object()->layout;
  const int64_t index = key.smallInt();
  if (l == &listType.instanceLayout) return static_cast<uint64_t>(index) < static_cast<uint64_t>(asList(o)->size) ? asList(o)->items[index] : Value();
  if (l == &tupleType.instanceLayout) return static_cast<uint64_t>(index) < static_cast<uint64_t>(asTuple(o)->size) ? asTuple(o)->items[index] : Value();
  return Value();
}

// krt_next, with what most loops are over here.
inline Value nextItem(Value iterator) {
  if (eventsActive) [[unlikely]] return krt_next_watched(iterator);
  if (iterator.isPointer()) {
    const Layout* l = iterator.object()->layout;
    if (l == &rangeIteratorType.instanceLayout) {
      auto* it = iterator.as<RangeIterator>();
      if (it->remaining <= 0) return Value();
      const int64_t v = it->current;
      it->current = static_cast<int64_t>(static_cast<uint64_t>(v) + static_cast<uint64_t>(it->step));
      --it->remaining;
      return newInt(v);
    }
    if (l == &listIteratorType.instanceLayout) {
      auto* it = iterator.as<ListIterator>();
      if (it->list && it->index < asList(it->list)->size) [[likely]] return newRef(asList(it->list)->items[it->index++]);
    }
  }
  return krt_next(iterator);
}

// Whether calls with so many arguments by position run here.
inline bool runsHere(const FunctionObject* f, uint32_t count) {
  return f->arity == static_cast<int32_t>(count) && f->code->invoke == invokeInterpreted;
}
inline FunctionObject* functionHere(Value callee, uint32_t count) {
  if (!callee.isPointer() || callee.object()->layout != &functionType.instanceLayout) return nullptr;
  auto* f = callee.as<FunctionObject>();
  return runsHere(f, count) ? f : nullptr;
}

// An activation that the loop itself runs for the one that called. Walks over the stack know it by its own place there, from where they
// find the loop's machine frame as if it had been called from that.
struct InnerActivation : Activation {
  struct MachineFrame {
    const void *caller, *returnAddress;
  } frame;
  const uint32_t* call;  // the caller's instruction
  uint32_t result, size; // the register for what is returned; words to the next instruction. Nothing in a generator's
};
constexpr size_t kInnerRoom = 2048;

// The generator that the loop steps itself, if the iterator is one: it waits for nobody, and nobody listens.
inline GeneratorObject* steppedHere(Value iterator) {
  if (!iterator.isPointer() || iterator.object()->layout != &generatorType.instanceLayout) return nullptr;
  auto* g = iterator.as<GeneratorObject>();
  const bool isFree = g->status <= GenStatus::Suspended && !g->awaiting && !g->delegator && !krt_hot.traced && !eventsActive;
  return isFree && g->code->resume == resumeGenerator ? g : nullptr;
}

// What is to be called, with arguments from the caller's registers.
struct Call {
  FunctionObject* function;
  Value self; // owned; may be null
  const uint32_t* arguments;
  uint32_t count, result, size;
};

// What the loop needs now and then.
struct Loop {
  Activation* activation; // the innermost of this loop
  const Code* code;       // its code, with what is found there
  const uint32_t* base;
  std::byte* innermost; // where the room for more of them ends
  Value* out;
  Value sent; // what a generator is resumed with
  bool resuming;
  Words::Place words;
};

Value rawInt(int64_t v) { return Value(static_cast<uint64_t>(v)); }
Value rawDouble(double v) { return Value(std::bit_cast<uint64_t>(v)); }
// Null unless it is exactly an array of the type code, with such an item.
uint8_t* arrayItem(Value array, char code, int64_t index, bool isFromEnd) {
  if (!array.isPointer() || typeOfObject(array.object()) != &arrayType || asArray(array)->kind->code != code) return nullptr;
  const int64_t size = asArray(array)->size, at = isFromEnd ? index + size : index;
  return at >= 0 && at < size ? asArray(array)->at(at) : nullptr;
}

// Whether no code runs when so many references to it die.
bool dieQuietly(Value v, uint64_t references) {
  return !v.isPointer() || static_cast<uint64_t>(v.object()->refs) > references /*or immortal*/ || isExact(v, floatType) || isExact(v, intType) || isExact(v, strType);
}

int64_t asInt(Value v) { return static_cast<int64_t>(v.bits); }
double asDouble(Value v) { return std::bit_cast<double>(v.bits); }

/// list.index, tuple.index: from where the immediate says.
int64_t countedFrom(uint32_t imm, int64_t index, int64_t size) { return imm == 1 || (imm == 2 && index < 0) ? index + size : index; }

} // namespace

int32_t execute(Activation& entered, uint32_t start, Value sent, Value* out) {
  // Activations that calls began here, from the end on, each in front of its registers.
  alignas(16) std::byte room[kInnerRoom];
  Loop loop{&entered, entered.decoded, entered.decoded->words.data(), room + kInnerRoom, out, sent, entered.generator != nullptr, {}};
  asm("" : : "r"(&loop) : "memory"); // in memory: the processor's registers are for `pc` and `R`
  Activation*& a = loop.activation;
  const Code*& code = loop.code;
  const uint32_t*& base = loop.base;
  bool& resuming = loop.resuming;
  Call call;
  GeneratorObject* generator;
  Value item;
  Value* R = entered.registers;
  const uint32_t* pc = base + start;
  static const void* const kPlaces[] = {
#define OP(name, text, operands, result, attributes, flags, entry) &&at##name,
#include "ir/core/operations.def"
      &&atCheckLocal, &&atMove, &&atJump, &&atPollJump, &&atCopySet, &&atNextSet, &&atLeaveRet, &&atCopyYield, &&atMoveJump};

// Every operation goes to the next one itself: the processor then predicts each from where it comes.
#define OPERATION(op) at##op:
#define NEXT goto *kPlaces[*pc]
// Operands of the instruction, by word.
#define R_(k) R[pc[k]]
#define SITE() a->site = pc[1]
// The same where nothing can be raised: what no text stands for leaves the place as it is.
#define DEATH_SITE()                                                                                            \
  if (pc[1] != core::kNone) a->site = pc[1]
// The next instruction is `size` words on. What is mostly next after it was looked at is that an operand dies.
#define NEXT_AFTER(size)                                                                                       \
  {                                                                                                            \
    pc += size;                                                                                                \
    if (*pc == static_cast<uint32_t>(Opcode::Kill)) {                                                          \
      const Value dying_ = R_(1);                                                                              \
      pc += 2;                                                                                                 \
      dies(dying_);                                                                                            \
    }                                                                                                          \
    NEXT;                                                                                                      \
  }
// The owned result of an entry goes to the register in word `to`; the next instruction is `size` words on.
#define RESULT(to, size, expression)                                                                           \
  {                                                                                                            \
    Value answer_ = (expression);                                                                              \
    if (!answer_) goto failed;                                                                                 \
    R_(to) = answer_;                                                                                          \
    NEXT_AFTER(size)                                                                                           \
  }
#define STATUS(size, expression)                                                                               \
  {                                                                                                            \
    if ((expression) < 0) goto failed;                                                                         \
    NEXT_AFTER(size)                                                                                           \
  }
// A raw truth value; the branch that mostly follows is taken at once.
#define DECIDE(to, size, flag)                                                                                 \
  {                                                                                                            \
    const bool holds_ = (flag);                                                                                \
    R_(to) = rawInt(holds_);                                                                                   \
    if (pc[size] == static_cast<uint32_t>(Opcode::CondBr) && pc[size + 1] == pc[to])                           \
      pc = base + pc[size + (holds_ ? 2 : 3)];                                                                 \
    else                                                                                                       \
      pc += size;                                                                                              \
    NEXT;                                                                                                      \
  }
#define FLAG(to, size, expression)                                                                             \
  {                                                                                                            \
    int32_t flag = (expression);                                                                               \
    if (flag < 0) goto failed;                                                                                 \
    DECIDE(to, size, flag != 0)                                                                                \
  }
#define UNARY(op, entry) OPERATION(op) SITE(); RESULT(2, 4, entry(R_(3)))
#define BINARY(op, entry) OPERATION(op) SITE(); RESULT(2, 5, entry(R_(3), R_(4)))
#define TEST(op, entry, comparison)                                                                            \
  OPERATION(op) {                                                                                              \
    Value left = R_(3), right = R_(4);                                                                         \
    if (left.bits & right.bits & Value::kIntTag) {                                                             \
      DECIDE(2, 5, static_cast<int64_t>(left.bits) comparison static_cast<int64_t>(right.bits))                \
    }                                                                                                          \
    SITE();                                                                                                    \
    FLAG(2, 5, entry(left, right))                                                                             \
  }
// Small integers are added as words: one of them without its tag.
#define ARITHMETIC(op, entry, builtin, word)                                                                   \
  OPERATION(op) {                                                                                              \
    Value left = R_(3), right = R_(4);                                                                         \
    int64_t made;                                                                                              \
    const bool areSmall = (left.bits & right.bits & Value::kIntTag) && !krt_numbers_are_objects;                \
    if (areSmall && !builtin(asInt(left), asInt(word), &made)) {                                               \
      R_(2) = rawInt(made);                                                                                    \
      NEXT_AFTER(5)                                                                                            \
    }                                                                                                          \
    SITE();                                                                                                    \
    RESULT(2, 5, entry(left, right))                                                                           \
  }
#define MULTIPLICATION(op, entry)                                                                              \
  OPERATION(op) {                                                                                              \
    Value left = R_(3), right = R_(4);                                                                         \
    int64_t made;                                                                                              \
    const bool areSmall = (left.bits & right.bits & Value::kIntTag) && !krt_numbers_are_objects;                \
    if (areSmall && !__builtin_mul_overflow(asInt(left) - 1, right.smallInt(), &made)) {                       \
      R_(2) = rawInt(made + 1);                                                                                \
      NEXT_AFTER(5)                                                                                            \
    }                                                                                                          \
    SITE();                                                                                                    \
    RESULT(2, 5, entry(left, right))                                                                           \
  }
#define UNTAGGED Value(right.bits - 1)
#define RAW_COMPARE(op)                                                                                        \
  OPERATION(op) {                                                                                              \
    R_(1) = rawInt(compareSmall(core::Op::op, asInt(R_(2)), asInt(R_(3))));                                    \
    pc += 4;                                                                                                   \
    NEXT;                                                                                                      \
  }

#define FLOAT_COMPARE(op, comparison)                                                                          \
  OPERATION(op) {                                                                                              \
    R_(1) = rawInt(asDouble(R_(2)) comparison asDouble(R_(3)));                                                \
    pc += 4;                                                                                                   \
    NEXT;                                                                                                      \
  }

// Ends an activation: its caller's goes on, at the instruction that began it.
#define LEAVE_INNER()                                                                                          \
  {                                                                                                            \
    auto* inner_ = static_cast<InnerActivation*>(a);                                                           \
    --krt_hot.depth;                                                                                           \
    a = static_cast<Activation*>(inner_->previous);                                                            \
    currentThread()->activation = a;                                                                           \
    loop.innermost = reinterpret_cast<std::byte*>(inner_ + 1);                                                 \
    pc = inner_->call;                                                                                         \
    code = a->decoded;                                                                                         \
    R = a->registers;                                                                                          \
    base = code->words.data();                                                                                 \
  }

  NEXT;

#include "ir/interp/operations_names.inc"
#include "ir/interp/operations_operators.inc"
#include "ir/interp/operations_calls.inc"
#include "ir/interp/operations_containers.inc"
#include "ir/interp/operations_control.inc"
#include "ir/interp/operations_versions.inc"

enter: {
    const CodeInfo* info = call.function->code;
    const Code* callee = knownCode(info);
    const size_t size = callee->innerWords * sizeof(Value) + sizeof(InnerActivation);
    if (krt_hot.traced || size > static_cast<size_t>(loop.innermost - room) || krt_hot.depth >= krt_hot.limit) [[unlikely]] {
      const Value made = callInterpreted(call.function, call.self, R, call.arguments, call.count);
      if (!made) goto failed;
      R[call.result] = made;
      NEXT_AFTER(call.size)
    }
    ++krt_hot.depth;
    auto* inner = reinterpret_cast<InnerActivation*>(loop.innermost) - 1;
    Value* const registers = reinterpret_cast<Value*>(loop.innermost -= size);
    Value* next = registers;
    if (call.self) *next++ = call.self;
    for (const uint32_t *at = call.arguments, *end = at + call.count; at != end; ++at, ++next) {
      *next = R[*at];
      asm("" : "+r"(next));
    }
    clearWords(next, static_cast<uint32_t>(registers + callee->persistent - next));
    begin(*inner, info, call.function, *callee, registers, &inner->frame);
    inner->frame = {__builtin_frame_address(0), nullptr};
    incref(&call.function->header); // the caller may drop the last reference meanwhile
    inner->call = pc;
    inner->result = call.result;
    inner->size = call.size;
    link(*inner);
    a = inner;
    code = callee;
    R = registers;
    pc = base = callee->words.data();
    NEXT;
  }

returned: {
    if (a->generator) goto generatorEnded;
    const uint32_t result = static_cast<InnerActivation*>(a)->result, size = static_cast<InnerActivation*>(a)->size;
    const Value value = *loop.out;
    decref(&a->function->header);
    LEAVE_INNER()
    R[result] = value;
    NEXT_AFTER(size)
  }

// A step of a generator, for a loop over it, which holds it.
resume: {
    const Code* callee = knownCode(generator->code);
    const size_t size = ((callee->registerCount + 1) & ~1u) * sizeof(Value) + sizeof(InnerActivation);
    if (size > static_cast<size_t>(loop.innermost - room) || krt_hot.depth >= krt_hot.limit) [[unlikely]] {
      item = krt_next(Value(&generator->header));
      goto stepped;
    }
    ++krt_hot.depth;
    auto* inner = reinterpret_cast<InnerActivation*>(loop.innermost) - 1;
    Value* const registers = reinterpret_cast<Value*>(loop.innermost -= size);
    takeWords(registers, generator->slots, callee->persistent);
    begin(*inner, generator->code, generator->function, *callee, registers, &inner->frame);
    inner->frame = {__builtin_frame_address(0), nullptr};
    inner->generator = generator;
    inner->call = pc;
    link(*inner);
    generator->handled.previous = krt_hot.handled;
    krt_hot.handled = &generator->handled;
    generator->status = GenStatus::Running;
    loop.sent = none();
    resuming = true;
    a = inner;
    code = callee;
    R = registers;
    base = callee->words.data();
    pc = base + callee->resumePoints[generator->state];
    NEXT;
  }

yielded:
  generator = a->generator;
  fallAsleep(*a);
  LEAVE_INNER()
  krt_hot.handled = generator->handled.previous;
  generator->status = GenStatus::Suspended;
  item = *loop.out;
  goto stepped;

generatorEnded: {
    generator = a->generator;
    const Value value = *loop.out;
    LEAVE_INNER()
    krt_hot.handled = generator->handled.previous;
    generatorEnd(generator, value ? kResumeEmptied : kResumeRaise);
    xdecref(value);
    item = Value();
    goto stepped;
  }

// The item, or null, is there for who asked.
stepped:
  if (*pc == static_cast<uint32_t>(Opcode::NextSet)) goto nextSet;
  goto nextBr;

failed: {
    const ErrorPoint& point = code->errorAt(static_cast<uint32_t>(pc - base));
    if (point.boxes) boxRawLocals(*code, R);
    if (!krt_hot.raised) [[unlikely]]
      raise(SystemErrorType, "error return without exception set"); // a runtime entry broke its contract
    for (uint32_t i = 0; i < point.cleanupCount; ++i) xdecref(R[code->cleanups[point.firstCleanup + i]]);
    bool leaving = point.handler == ErrorPoint::kNoHandler;
    resuming = false;
    for (uint32_t i = code->firstCaptured; leaving && i < code->paramCount; ++i) clear(R[i]); // whoever called it still holds them
    // Leaving without an entry of its own, the locals move into the record of the one made before.
    if (point.trace || leaving)
      addTracebackEntry(a->code, a->function, a->site, R, code->varCount + code->cellCount,
                        (leaving ? kTracebackLeaving : kTracebackHandled) | (point.trace ? 0 : kTracebackAgain), a->frameAddress);
    if (leaving) {
      // What dies here must not disturb the exception that is on its way.
      Value raised = krt_hot.raised;
      krt_hot.raised = Value();
      // The named ones have moved; of the hidden ones the innermost loop's dies first.
      for (uint32_t i = code->variables; i-- > 0;) clear(R[i]);
      krt_hot.raised = raised;
      if (a == &entered) return kResumeRaise;
      if (a->generator) {
        *loop.out = Value();
        goto generatorEnded;
      }
      decref(&a->function->header);
      LEAVE_INNER()
      goto failed;
    }
    pc = base + point.handler;
    NEXT;
  }
}

} // namespace krait::ir::interp
