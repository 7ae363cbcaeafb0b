// The loop. One C++ frame per activation of Python code; an error is a null word
// (or -1) from a runtime entry and leads, through the table of error points, to
// a handler or out of the function. One case per operation of the IR, in the
// order of operations.def: an operation without one does not compile.
#include "ir/interp/interpreter.h"

#include "ir/core/function.h"
#include "ir/interp/code.h"
#include "ir/interp/globals.h"
#include "ir/interp/unit.h"
#include "runtime/exceptions/frame_walk.h"
#include "runtime/object/protocol.h"
#include "runtime/object/ref.h"
#include "runtime/types/dict.h"
#include "runtime/types/function.h"
#include "runtime/types/generator.h"
#include "runtime/types/sequence.h"

#include <alloca.h>
#include <cstring>

namespace krait::ir::interp {

namespace {

struct Activation : InterpreterActivation {
  const Code* decoded;
  Value* registers;
  GeneratorObject* generator; // null in plain functions
  Value globals;              // borrowed
};

// Links an activation for as long as it runs.
class Linked {
public:
  explicit Linked(Activation& a) : thread_(currentThread()) {
    a.previous = thread_->activation;
    thread_->activation = &a;
  }
  ~Linked() { thread_->activation = thread_->activation->previous; }
  Linked(const Linked&) = delete;

private:
  ThreadState* thread_;
};

uint32_t cellNumber(const Code& code, uint32_t reg) {
  return reg >= code.frees ? code.cellCount + (reg - code.frees) : reg - code.varCount;
}

// Named locals, cells and hidden locals die.
void leave(const Code& code, Value* R) {
  for (uint32_t i = 0; i < code.variables; ++i)
    if (Value v = R[i]) {
      R[i] = Value();
      decref(v);
    }
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

// Words handed to an entry that takes an array; owned ones are moved by the caller.
struct Words {
  explicit Words(uint32_t n) : data(n <= kInline ? small : new Value[n]) {}
  ~Words() {
    if (data != small) delete[] data;
  }
  Words(const Words&) = delete;
  static constexpr uint32_t kInline = 8;
  Value small[kInline];
  Value* data;
};

Value callWords(Value callee, Value* args, uint32_t n) {
  switch (n) {
  case 0: return krt_call0(callee);
  case 1: return krt_call1(callee, args[0]);
  case 2: return krt_call2(callee, args[0], args[1]);
  case 3: return krt_call3(callee, args[0], args[1], args[2]);
  case 4: return krt_call4(callee, args[0], args[1], args[2], args[3]);
  default: return krt_call_n(callee, args, n);
  }
}

Value methodWords(Value object, Value name, MethodCache* cache, Value* args, uint32_t n) {
  switch (n) {
  case 0: return krt_method0(object, name, cache);
  case 1: return krt_method1(object, name, cache, args[0]);
  case 2: return krt_method2(object, name, cache, args[0], args[1]);
  case 3: return krt_method3(object, name, cache, args[0], args[1], args[2]);
  default: return krt_method_n(object, name, cache, args, n);
  }
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

Value rawInt(int64_t v) { return Value(static_cast<uint64_t>(v)); }
Value rawDouble(double v) { return Value(std::bit_cast<uint64_t>(v)); }
int64_t asInt(Value v) { return static_cast<int64_t>(v.bits); }
double asDouble(Value v) { return std::bit_cast<double>(v.bits); }

// Runs from word `start`. `sent`: what a generator is resumed with (null: the pending exception).
int32_t execute(Activation& a, uint32_t start, Value sent, Value* out) {
  const Code& code = *a.decoded;
  Unit& unit = *code.unit;
  Value* const R = a.registers;
  const uint32_t* const base = code.words.data();
  const uint32_t* pc = base + start;
  bool resuming = a.generator != nullptr;

// Operands of the instruction, by word.
#define R_(k) R[pc[k]]
#define SITE() a.site = pc[1]
// The owned result of an entry goes to the register in word `to`; the next instruction is `size` words on.
#define RESULT(to, size, expression)                                                                           \
  {                                                                                                            \
    Value answer_ = (expression);                                                                               \
    if (!answer_) goto failed;                                                                                 \
    R_(to) = answer_;                                                                                          \
    pc += size;                                                                                                \
    break;                                                                                                     \
  }
#define STATUS(size, expression)                                                                               \
  {                                                                                                            \
    if ((expression) < 0) goto failed;                                                                         \
    pc += size;                                                                                                \
    break;                                                                                                     \
  }
#define FLAG(to, size, expression)                                                                             \
  {                                                                                                            \
    int32_t flag = (expression);                                                                               \
    if (flag < 0) goto failed;                                                                                 \
    R_(to) = rawInt(flag);                                                                                     \
    pc += size;                                                                                                \
    break;                                                                                                     \
  }
#define UNARY(op, entry) case Opcode::op: SITE(); RESULT(2, 4, entry(R_(3)))
#define BINARY(op, entry) case Opcode::op: SITE(); RESULT(2, 5, entry(R_(3), R_(4)))
#define TEST(op, entry, comparison)                                                                            \
  case Opcode::op: {                                                                                           \
    Value left = R_(3), right = R_(4);                                                                         \
    if (left.bits & right.bits & Value::kIntTag) {                                                             \
      R_(2) = rawInt(static_cast<int64_t>(left.bits) comparison static_cast<int64_t>(right.bits));             \
      pc += 5;                                                                                                 \
      break;                                                                                                   \
    }                                                                                                          \
    SITE();                                                                                                    \
    FLAG(2, 5, entry(left, right))                                                                             \
  }
// Small integers are added as words: one of them without its tag.
#define ARITHMETIC(op, entry, builtin, word)                                                                   \
  case Opcode::op: {                                                                                           \
    Value left = R_(3), right = R_(4);                                                                         \
    int64_t made;                                                                                              \
    if ((left.bits & right.bits & Value::kIntTag) && !builtin(asInt(left), asInt(word), &made)) {              \
      R_(2) = rawInt(made);                                                                                    \
      pc += 5;                                                                                                 \
      break;                                                                                                   \
    }                                                                                                          \
    SITE();                                                                                                    \
    RESULT(2, 5, entry(left, right))                                                                           \
  }
#define UNTAGGED Value(right.bits - 1)
#define RAW_COMPARE(op)                                                                                        \
  case Opcode::op: {                                                                                           \
    R_(1) = rawInt(compareSmall(core::Op::op, asInt(R_(2)), asInt(R_(3))));                                    \
    pc += 4;                                                                                                   \
    break;                                                                                                     \
  }

#define FLOAT_COMPARE(op, comparison)                                                                          \
  case Opcode::op: {                                                                                           \
    R_(1) = rawInt(asDouble(R_(2)) comparison asDouble(R_(3)));                                                \
    pc += 4;                                                                                                   \
    break;                                                                                                     \
  }

  for (;;) {
    switch (static_cast<Opcode>(*pc)) {
    // ---- constants and copies ------------------------------------------------------------------
    case Opcode::Const: break; // a register
    case Opcode::Copy: {
      Value v = R_(2);
      xincref(v);
      R_(1) = v;
      pc += 3;
      break;
    }
    case Opcode::Kill: {
      Value v = R_(1);
      pc += 2;
      xdecref(v);
      break;
    }

    // ---- locals ----------------------------------------------------------------------------------
    case Opcode::LocalGet:
    case Opcode::LocalRead:
    case Opcode::LocalPeek:
    case Opcode::LocalLend: break; // registers
    case Opcode::CheckLocal:
      if (!R_(2)) [[unlikely]] {
        SITE();
        krt_raise_unbound_local(a.code, pc[2]);
        goto failed;
      }
      pc += 3;
      break;
    case Opcode::LocalTake: {
      Value& local = R_(1);
      R_(2) = local;
      local = Value();
      pc += 3;
      break;
    }
    case Opcode::LocalSet: {
      Value& local = R_(1);
      Value old = local;
      local = R_(2);
      pc += 3;
      xdecref(old);
      break;
    }
    case Opcode::LocalInit:
      R_(1) = R_(2);
      pc += 3;
      break;
    case Opcode::LocalDel: {
      SITE();
      Value& local = R_(2);
      Value old = local;
      if (!old) {
        krt_raise_unbound_local(a.code, pc[2]);
        goto failed;
      }
      local = Value();
      pc += 3;
      decref(old);
      break;
    }
    case Opcode::LocalClear: {
      Value& local = R_(1);
      Value old = local;
      local = Value();
      pc += 2;
      xdecref(old);
      break;
    }

    // ---- cells -------------------------------------------------------------------------------------
    case Opcode::CellMake:
      R_(1) = krt_cell_new(Value());
      pc += 2;
      break;
    case Opcode::CellFromLocal: {
      Value& local = R_(1);
      R_(2) = krt_cell_new(local);
      Value old = local;
      local = Value();
      pc += 3;
      xdecref(old);
      break;
    }
    case Opcode::CellGet: {
      SITE();
      Value v = krt_cell_get(R_(2));
      if (!v) {
        krt_raise_unbound_free(a.code, cellNumber(code, pc[2]));
        goto failed;
      }
      R_(3) = v;
      pc += 4;
      break;
    }
    case Opcode::CellPeek:
      R_(2) = R_(1) ? krt_cell_get(R_(1)) : Value();
      pc += 3;
      break;
    case Opcode::CellSet:
      krt_cell_set(R_(1), R_(2));
      pc += 3;
      break;
    case Opcode::CellDel: {
      SITE();
      if (!R_(2).as<CellObject>()->contents) {
        krt_raise_unbound_free(a.code, cellNumber(code, pc[2]));
        goto failed;
      }
      krt_cell_set(R_(2), Value());
      pc += 3;
      break;
    }
    case Opcode::CellRef: break; // a register

    // ---- globals and namespaces --------------------------------------------------------------------
    case Opcode::GlobalGet: SITE(); RESULT(4, 5, globalGet(a.globals, unit.cell(pc[2]), code.globalCaches[pc[3]]))
    case Opcode::GlobalSet: {
      SITE();
      Value v = R_(3);
      int32_t status = krt_dict_global_set(a.globals, unit.cell(pc[2]), v);
      decref(v);
      STATUS(4, status)
    }
    case Opcode::GlobalDel: SITE(); STATUS(3, krt_dict_global_del(a.globals, unit.cell(pc[2])))
    case Opcode::GlobalsDict:
      R_(1) = a.globals;
      pc += 2;
      break;
    case Opcode::NameGet: SITE(); RESULT(3, 5, krt_name_get(R_(4), a.globals, unit.name(pc[2])))
    case Opcode::NameGetDeref: SITE(); RESULT(4, 6, krt_name_get_deref(R_(5), R_(3), unit.name(pc[2])))
    case Opcode::NameSet: SITE(); STATUS(5, krt_name_set(R_(3), unit.name(pc[2]), R_(4)))
    case Opcode::NameDel: SITE(); STATUS(4, krt_name_del(R_(3), unit.name(pc[2])))
    case Opcode::AnnotationsSetup: SITE(); STATUS(3, krt_annotations_setup(R_(2) ? R_(2) : a.globals))
    case Opcode::LocalsDict: SITE(); RESULT(3, 4, localsDict(code, a.code, R, R_(2)))

    // ---- attributes and items ------------------------------------------------------------------------
    case Opcode::AttrGet: SITE(); RESULT(4, 6, krt_attr_get(R_(5), unit.name(pc[2]), &code.caches[pc[3]]))
    case Opcode::AttrSet: SITE(); STATUS(6, krt_attr_set(R_(4), unit.name(pc[2]), R_(5), &code.caches[pc[3]]))
    case Opcode::AttrDel: SITE(); STATUS(4, krt_attr_del(R_(3), unit.name(pc[2])))
    case Opcode::SuperAttr: SITE(); RESULT(3, 7, krt_super_attr_guarded(R_(4), R_(5), R_(6), unit.name(pc[2])))
    case Opcode::SuperNew: SITE(); RESULT(2, 6, krt_super_new_guarded(R_(3), R_(4), R_(5)))
    case Opcode::ItemGet: SITE(); RESULT(2, 5, krt_item_get(R_(3), R_(4)))
    case Opcode::ItemSet: SITE(); STATUS(5, krt_item_set(R_(2), R_(3), R_(4)))
    case Opcode::ItemDel: SITE(); STATUS(4, krt_item_del(R_(2), R_(3)))
    case Opcode::SliceGet: SITE(); RESULT(2, 7, krt_slice_get(R_(3), R_(4), R_(5), R_(6)))
    case Opcode::SliceSet: SITE(); STATUS(7, krt_slice_set(R_(2), R_(3), R_(4), R_(5), R_(6)))
    case Opcode::SliceNew:
      R_(1) = krt_slice_new(R_(2), R_(3), R_(4));
      pc += 5;
      break;

    // ---- operators -------------------------------------------------------------------------------------
    ARITHMETIC(BinaryAdd, krt_add, __builtin_add_overflow, UNTAGGED)
    ARITHMETIC(BinarySub, krt_sub, __builtin_sub_overflow, UNTAGGED)
    BINARY(BinaryMul, krt_mul)
    BINARY(BinaryTrueDiv, krt_truediv)
    BINARY(BinaryFloorDiv, krt_floordiv)
    BINARY(BinaryMod, krt_mod)
    BINARY(BinaryPow, krt_pow)
    BINARY(BinaryLShift, krt_lshift)
    BINARY(BinaryRShift, krt_rshift)
    BINARY(BinaryAnd, krt_and)
    BINARY(BinaryOr, krt_or)
    BINARY(BinaryXor, krt_xor)
    BINARY(BinaryMatMul, krt_matmul)
    ARITHMETIC(InplaceAdd, krt_iadd, __builtin_add_overflow, UNTAGGED)
    ARITHMETIC(InplaceSub, krt_isub, __builtin_sub_overflow, UNTAGGED)
    BINARY(InplaceMul, krt_imul)
    BINARY(InplaceTrueDiv, krt_itruediv)
    BINARY(InplaceFloorDiv, krt_ifloordiv)
    BINARY(InplaceMod, krt_imod)
    BINARY(InplacePow, krt_ipow)
    BINARY(InplaceLShift, krt_ilshift)
    BINARY(InplaceRShift, krt_irshift)
    BINARY(InplaceAnd, krt_iand)
    BINARY(InplaceOr, krt_ior)
    BINARY(InplaceXor, krt_ixor)
    BINARY(InplaceMatMul, krt_imatmul)
    UNARY(UnaryNeg, krt_neg)
    UNARY(UnaryPos, krt_pos)
    UNARY(UnaryInvert, krt_invert)
    UNARY(UnaryNot, krt_not)
    BINARY(CompareLt, krt_lt)
    BINARY(CompareLe, krt_le)
    BINARY(CompareEq, krt_eq)
    BINARY(CompareNe, krt_ne)
    BINARY(CompareGt, krt_gt)
    BINARY(CompareGe, krt_ge)
    TEST(TestLt, krt_test_lt, <)
    TEST(TestLe, krt_test_le, <=)
    TEST(TestEq, krt_test_eq, ==)
    TEST(TestNe, krt_test_ne, !=)
    TEST(TestGt, krt_test_gt, >)
    TEST(TestGe, krt_test_ge, >=)
    case Opcode::Truth: SITE(); FLAG(2, 4, krt_truth(R_(3)))
    case Opcode::Is:
      R_(1) = rawInt(krt_is(R_(2), R_(3)));
      pc += 4;
      break;
    case Opcode::Contains: SITE(); FLAG(2, 5, krt_contains(R_(3), R_(4)))
    case Opcode::BoolNew:
      R_(1) = boolean(R_(2).bits);
      pc += 3;
      break;
    case Opcode::BoolNot:
      R_(1) = rawInt(!R_(2).bits);
      pc += 3;
      break;

    // ---- calls -------------------------------------------------------------------------------------------
    case Opcode::Call: {
      SITE();
      uint32_t n = pc[3] - 1;
      const uint32_t* args = pc + 5;
      Value callee = R_(4), made;
      switch (n) {
      case 0: made = krt_call0(callee); break;
      case 1: made = krt_call1(callee, R[args[0]]); break;
      case 2: made = krt_call2(callee, R[args[0]], R[args[1]]); break;
      case 3: made = krt_call3(callee, R[args[0]], R[args[1]], R[args[2]]); break;
      default: {
        Words words(n);
        for (uint32_t i = 0; i < n; ++i) words.data[i] = R[args[i]];
        made = callWords(callee, words.data, n);
      }
      }
      RESULT(2, 4 + pc[3], made)
    }
    case Opcode::CallKw: {
      SITE();
      uint32_t n = pc[4] - 1;
      Words words(n);
      for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(6 + i);
      RESULT(3, 5 + pc[4], krt_call_kw(R_(5), words.data, n, R_(2)))
    }
    case Opcode::CallEx: SITE(); RESULT(2, 6, krt_call_ex(R_(3), R_(4), R_(5)))
    case Opcode::Method: {
      SITE();
      uint32_t n = pc[5] - 1;
      Words words(n);
      for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(7 + i);
      RESULT(4, 6 + pc[5], methodWords(R_(6), unit.name(pc[2]), &code.caches[pc[3]], words.data, n))
    }
    case Opcode::MethodKw: {
      SITE();
      uint32_t n = pc[6] - 1;
      Words words(n);
      for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(8 + i);
      RESULT(5, 7 + pc[6], krt_method_kw(R_(7), unit.name(pc[2]), &code.caches[pc[4]], words.data, n, R_(3)))
    }
    case Opcode::MethodLoad: {
      SITE();
      Value self;
      Value function = krt_method_load(R_(6), unit.name(pc[2]), &code.caches[pc[3]], &self);
      if (!function) goto failed;
      R_(4) = function;
      R_(5) = self;
      pc += 7;
      break;
    }
    case Opcode::MethodCall: {
      SITE();
      uint32_t n = pc[3] - 2;
      Value self = R_(5);
      Words words(n + 1);
      uint32_t count = 0;
      if (self) words.data[count++] = self;
      for (uint32_t i = 0; i < n; ++i) words.data[count++] = R_(6 + i);
      RESULT(2, 4 + pc[3], callWords(R_(4), words.data, count))
    }
    case Opcode::MethodCallKw: {
      SITE();
      uint32_t n = pc[4] - 2;
      Value self = R_(6);
      Words words(n + 1);
      uint32_t count = 0;
      if (self) words.data[count++] = self;
      for (uint32_t i = 0; i < n; ++i) words.data[count++] = R_(7 + i);
      RESULT(3, 5 + pc[4], krt_call_kw(R_(5), words.data, count, R_(2)))
    }
    case Opcode::CallScoped: {
      SITE();
      uint32_t n = pc[3] - 3;
      Words words(n);
      for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(7 + i);
      RESULT(2, 4 + pc[3], krt_call_scoped(R_(4), R_(5), R_(6), words.data, n))
    }
    case Opcode::CallListExtend: SITE(); STATUS(5, krt_call_list_extend(R_(2), R_(3), R_(4)))
    case Opcode::CallDictMerge: SITE(); STATUS(5, krt_call_dict_merge(R_(2), R_(3), R_(4)))
    case Opcode::CallDictAdd: SITE(); STATUS(6, krt_call_dict_add(R_(3), unit.name(pc[2]), R_(4), R_(5)))

    // ---- functions, classes, imports -----------------------------------------------------------------------
    case Opcode::FunctionNew:
      SITE();
      RESULT(3, 8, krt_function_new(unit.codeInfo(pc[2]), a.globals, R_(4), R_(5), R_(6), R_(7)))
    case Opcode::ClassBuild: SITE(); RESULT(2, 7, krt_class_build(R_(3), R_(4), R_(5), R_(6)))
    case Opcode::TypingNew:
      SITE();
      RESULT(3, 7, krt_typing_new(static_cast<int32_t>(pc[2]), R_(4), R_(5), R_(6)))
    case Opcode::Import:
      SITE();
      RESULT(3, 6, krt_import(a.globals, R_(4), R_(5), static_cast<int32_t>(pc[2])))
    case Opcode::ImportFrom: SITE(); RESULT(3, 5, krt_import_from(R_(4), unit.name(pc[2])))
    case Opcode::ImportStar: SITE(); STATUS(4, krt_import_star(R_(2), R_(3) ? R_(3) : a.globals))

    // ---- iteration and unpacking ---------------------------------------------------------------------------
    case Opcode::Iter: SITE(); RESULT(2, 4, krt_iter(R_(3)))
    case Opcode::NextBr: {
      SITE();
      Value item = krt_next(R_(3));
      if (item) {
        R_(2) = item;
        pc = base + pc[4];
      } else {
        if (krt_hot.raised) goto failed;
        pc = base + pc[5];
      }
      break;
    }
    UNARY(AIter, krt_aiter)
    UNARY(ANext, krt_anext)
    case Opcode::Unpack: {
      SITE();
      uint32_t n = pc[2];
      Words words(n);
      if (krt_unpack(R_(4 + n), words.data, n) < 0) goto failed;
      for (uint32_t i = 0; i < n; ++i) R_(4 + i) = words.data[i];
      pc += 5 + n;
      break;
    }
    case Opcode::UnpackEx: {
      SITE();
      uint32_t n = pc[4];
      Words words(n);
      if (krt_unpack_ex(R_(5 + n), words.data, pc[2], pc[3]) < 0) goto failed;
      for (uint32_t i = 0; i < n; ++i) R_(5 + i) = words.data[i];
      pc += 6 + n;
      break;
    }

    // ---- building ------------------------------------------------------------------------------------------
    case Opcode::ListNew:
    case Opcode::TupleNew:
    case Opcode::StringJoin: {
      uint32_t n = pc[2];
      Words words(n);
      for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(3 + i);
      Value made = static_cast<Opcode>(*pc) == Opcode::ListNew    ? krt_list_new(words.data, n)
                   : static_cast<Opcode>(*pc) == Opcode::TupleNew ? krt_tuple_new(words.data, n)
                                                                  : krt_string_join(words.data, n);
      R_(1) = made;
      pc += 3 + n;
      break;
    }
    case Opcode::SetNew:
    case Opcode::DictNew: {
      SITE();
      uint32_t n = pc[3];
      Words words(n);
      for (uint32_t i = 0; i < n; ++i) words.data[i] = R_(4 + i);
      RESULT(2, 4 + n,
             static_cast<Opcode>(*pc) == Opcode::SetNew ? krt_set_new(words.data, n) : krt_dict_new(words.data, n / 2))
    }
    case Opcode::ListAppend:
      krt_list_append(R_(1), R_(2));
      pc += 3;
      break;
    case Opcode::ListExtend: SITE(); STATUS(4, krt_list_extend(R_(2), R_(3)))
    case Opcode::ListToTuple:
      R_(1) = krt_list_to_tuple(R_(2));
      pc += 3;
      break;
    case Opcode::SetAdd: SITE(); STATUS(4, krt_set_add(R_(2), R_(3)))
    case Opcode::SetUpdate: SITE(); STATUS(4, krt_set_update(R_(2), R_(3)))
    case Opcode::DictSet: SITE(); STATUS(5, krt_dict_set(R_(2), R_(3), R_(4)))
    case Opcode::DictUpdate: SITE(); STATUS(4, krt_dict_update(R_(2), R_(3)))
    case Opcode::Format:
      SITE();
      RESULT(3, 6, krt_format_value(R_(4), static_cast<int32_t>(pc[2]), R_(5)))

    // ---- errors --------------------------------------------------------------------------------------------
    case Opcode::Raise:
      SITE();
      krt_raise(R_(2), R_(3));
      goto failed;
    case Opcode::RaiseBare:
      SITE();
      krt_raise(Value(), Value());
      goto failed;
    case Opcode::Reraise:
      SITE();
      krt_reraise(R_(2));
      goto failed;
    case Opcode::ExcTake:
      R_(1) = krt_exc_take();
      pc += 2;
      break;
    case Opcode::ExcStopAsync:
      R_(1) = rawInt(krt_is_stop_async());
      pc += 2;
      break;
    case Opcode::ExcPush:
      R_(1) = krt_exc_push(R_(2));
      pc += 3;
      break;
    case Opcode::ExcPop: {
      Value& local = R_(1);
      Value previous = local;
      local = Value();
      pc += 2;
      krt_exc_pop(previous);
      break;
    }
    case Opcode::ExcMatch: SITE(); FLAG(2, 5, krt_exc_match(R_(3), R_(4)))
    case Opcode::ExcMatchStar: {
      SITE();
      Value rest;
      Value matched = krt_exc_match_star(R_(4), R_(5), &rest);
      if (!matched) goto failed;
      R_(2) = matched;
      R_(3) = rest;
      pc += 6;
      break;
    }
    case Opcode::ExcGroupFinish: SITE(); RESULT(2, 5, krt_exc_group_finish(R_(3), R_(4)))
    case Opcode::AssertFail:
      SITE();
      krt_assertion_error(R_(2));
      goto failed;

    // ---- with ------------------------------------------------------------------------------------------------
    case Opcode::WithEnter:
      SITE();
      RESULT(3, 5, krt_with_enter_lookup(R_(4), static_cast<int32_t>(pc[2])))
    case Opcode::WithExit:
      SITE();
      RESULT(3, 5, krt_with_exit_lookup(R_(4), static_cast<int32_t>(pc[2])))
    case Opcode::WithExitCall: SITE(); RESULT(2, 5, krt_with_exit_call(R_(3), R_(4)))

    // ---- match -----------------------------------------------------------------------------------------------
    case Opcode::MatchIsSequence: SITE(); FLAG(2, 4, krt_match_is_sequence(R_(3)))
    case Opcode::MatchIsMapping: SITE(); FLAG(2, 4, krt_match_is_mapping(R_(3)))
    case Opcode::MatchLength: {
      SITE();
      int64_t n = krt_match_length(R_(3));
      if (n < 0) goto failed;
      R_(2) = rawInt(n);
      pc += 4;
      break;
    }
    case Opcode::MatchKeys: SITE(); RESULT(2, 5, krt_match_keys(R_(3), R_(4)))
    case Opcode::MatchClass: SITE(); RESULT(3, 7, krt_match_class(R_(4), R_(5), pc[2], R_(6)))
    case Opcode::MatchRest: SITE(); RESULT(2, 5, krt_match_rest(R_(3), R_(4)))

    // ---- generators and coroutines -----------------------------------------------------------------------------
    case Opcode::GenStart:
      SITE();
      if (!sent) goto failed;
      decref(sent);
      resuming = false;
      pc += 2;
      break;
    case Opcode::Yield:
      SITE();
      if (!resuming) {
        krt_generator_set_state(a.generator, pc[2]);
        *out = R_(4);
        return kResumeYield;
      }
      resuming = false;
      if (!sent) goto failed;
      R_(3) = sent;
      pc += 5;
      break;
    case Opcode::YieldFrom: {
      SITE();
      Value word = resuming ? sent : none();
      resuming = false;
      Value answer;
      int32_t result = krt_send(R_(4), word, &answer);
      if (result == kResumeYield) {
        krt_generator_set_awaiting(a.generator, R_(4));
        krt_generator_set_state(a.generator, pc[2]);
        *out = answer;
        return kResumeYield;
      }
      krt_generator_set_awaiting(a.generator, Value());
      if (result == kResumeRaise) goto failed;
      R_(3) = answer;
      pc += 5;
      break;
    }
    UNARY(YieldFromIter, krt_yield_from_iter)
    case Opcode::AwaitIter: SITE(); RESULT(3, 5, krt_await_iter(R_(4), static_cast<int32_t>(pc[2])))
    case Opcode::AsyncGenWrap:
      R_(1) = krt_async_gen_wrap(R_(2));
      pc += 3;
      break;

    // ---- control -----------------------------------------------------------------------------------------------
    case Opcode::Br: break; // decoded to Move and Jump
    case Opcode::Jump: pc = base + pc[1]; break;
    case Opcode::Move:
      R_(1) = R_(2);
      pc += 3;
      break;
    case Opcode::CondBr: pc = base + (R_(1).bits ? pc[2] : pc[3]); break;
    case Opcode::FrameLeave:
      leave(code, R);
      pc += 1;
      break;
    case Opcode::Ret: *out = R_(1); return kResumeReturn;
    case Opcode::Unreachable: __builtin_trap();
    case Opcode::Poll:
      if (krt_hot.depth > krt_hot.limit) [[unlikely]] {
        SITE();
        if (krt_poll() < 0) goto failed;
      }
      pc += 2;
      break;
    case Opcode::PrintExpr: SITE(); STATUS(3, krt_print_expr(R_(2)))
    case Opcode::TraceEvent: SITE(); STATUS(3, krt_trace_event(static_cast<int32_t>(pc[2])))
    case Opcode::TraceReturn: SITE(); STATUS(3, krt_trace_return(R_(2)))

    // ---- raw numbers -------------------------------------------------------------------------------------------
    case Opcode::I64Const:
      R_(3) = Value(pc[1] | static_cast<uint64_t>(pc[2]) << 32);
      pc += 4;
      break;
    case Opcode::I64Add:
      R_(1) = Value(R_(2).bits + R_(3).bits);
      pc += 4;
      break;
    case Opcode::I64Sub:
      R_(1) = Value(R_(2).bits - R_(3).bits);
      pc += 4;
      break;
    case Opcode::I64Mul:
      R_(1) = Value(R_(2).bits * R_(3).bits);
      pc += 4;
      break;
    RAW_COMPARE(I64Eq)
    RAW_COMPARE(I64Ne)
    RAW_COMPARE(I64Lt)
    RAW_COMPARE(I64Le)
    RAW_COMPARE(I64Gt)
    RAW_COMPARE(I64Ge)
    case Opcode::F64Add:
      R_(1) = rawDouble(asDouble(R_(2)) + asDouble(R_(3)));
      pc += 4;
      break;
    case Opcode::F64Sub:
      R_(1) = rawDouble(asDouble(R_(2)) - asDouble(R_(3)));
      pc += 4;
      break;
    case Opcode::F64Mul:
      R_(1) = rawDouble(asDouble(R_(2)) * asDouble(R_(3)));
      pc += 4;
      break;
    case Opcode::F64Div:
      R_(1) = rawDouble(asDouble(R_(2)) / asDouble(R_(3)));
      pc += 4;
      break;
    case Opcode::F64Const:
      R_(3) = Value(pc[1] | static_cast<uint64_t>(pc[2]) << 32);
      pc += 4;
      break;
    FLOAT_COMPARE(F64Eq, ==)
    FLOAT_COMPARE(F64Ne, !=)
    FLOAT_COMPARE(F64Lt, <)
    FLOAT_COMPARE(F64Le, <=)
    FLOAT_COMPARE(F64Gt, >)
    FLOAT_COMPARE(F64Ge, >=)
    case Opcode::AllFloat: {
      bool all = true;
      uint32_t n = pc[2];
      for (uint32_t i = 0; i < n; ++i) all &= R_(3 + i).isImmediateFloat();
      R_(1) = rawInt(all);
      pc += 3 + n;
      break;
    }
    case Opcode::UnboxF64:
      R_(1) = rawDouble(R_(2).immediateFloat());
      pc += 3;
      break;
    case Opcode::BoxI64:
      R_(1) = krt_box_int(asInt(R_(2)));
      pc += 3;
      break;
    case Opcode::BoxF64:
      R_(1) = krt_box_float(asDouble(R_(2)));
      pc += 3;
      break;
    case Opcode::Count_: __builtin_unreachable();
    }
    continue;

  failed : {
    const ErrorPoint& point = code.errorAt(static_cast<uint32_t>(pc - base));
    if (!krt_hot.raised) [[unlikely]]
      raise(SystemErrorType, "error return without exception set"); // a runtime entry broke its contract
    for (uint32_t i = 0; i < point.cleanupCount; ++i) xdecref(R[code.cleanups[point.firstCleanup + i]]);
    bool leaving = point.handler == ErrorPoint::kNoHandler;
    resuming = false;
    // Leaving without an entry of its own, the locals move into the record of the one made before.
    if (point.trace || leaving)
      addTracebackEntry(a.code, a.function, point.trace ? a.site : core::kNone, R, code.varCount + code.cellCount,
                        leaving, a.frameAddress);
    if (leaving) {
      // What dies here must not disturb the exception that is on its way.
      Value raised = krt_hot.raised;
      krt_hot.raised = Value();
      leave(code, R);
      krt_hot.raised = raised;
      return kResumeRaise;
    }
    pc = base + point.handler;
  }
  }
}

void prepare(Activation& a, const CodeInfo* info, FunctionObject* f, const Code& code, Value* registers,
             const void* frameAddress) {
  a.code = info;
  a.function = f;
  a.site = 0;
  a.frameAddress = frameAddress;
  a.locals = registers;
  a.decoded = &code;
  a.registers = registers;
  a.generator = nullptr;
  a.globals = f->globals;
  for (uint32_t i = 0; i < code.freeCount; ++i) registers[code.frees + i] = krt_function_closure(f, i);
  registers[code.null] = Value();
  memcpy(static_cast<void*>(registers + code.firstConstant), code.constants.data(), code.constants.size() * sizeof(Value));
}

Value invokeFunction(FunctionObject* f, Value* argv) {
  const CodeInfo* info = f->code;
  const Code& code = codeOf(info);
  if (info->flags & (kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator)) return krt_generator_new(f, info, argv);
  uint32_t params = info->paramCount;
  if (krt_frame_enter() < 0) {
    for (uint32_t i = 0; i < params; ++i) decref(argv[i]);
    return Value();
  }
  auto* registers = static_cast<Value*>(alloca(code.registerCount * sizeof(Value)));
  memcpy(static_cast<void*>(registers), argv, params * sizeof(Value));
  memset(static_cast<void*>(registers + params), 0, (code.persistent - params) * sizeof(Value));
  Activation a;
  prepare(a, info, f, code, registers, __builtin_frame_address(0));
  Value result;
  {
    Linked linked(a);
    Ref keep = Ref::share(Value(&f->header)); // the caller may drop the last reference meanwhile
    if (execute(a, 0, Value(), &result) == kResumeRaise) result = Value();
  }
  krt_frame_leave();
  return result;
}

int32_t resumeGenerator(GeneratorObject* g, Value sent, Value* out) {
  const CodeInfo* info = g->code;
  const Code& code = codeOf(info);
  if (krt_frame_enter() < 0) {
    xdecref(sent);
    return kResumeRaise;
  }
  auto* registers = static_cast<Value*>(alloca(code.registerCount * sizeof(Value)));
  // While it runs, the generator's words are here; nobody may find stale ones in its slots.
  Value* slots = krt_generator_slots(g);
  size_t bytes = code.persistent * sizeof(Value);
  memcpy(static_cast<void*>(registers), slots, bytes);
  memset(static_cast<void*>(slots), 0, bytes);
  Activation a;
  prepare(a, info, krt_generator_function(g), code, registers, __builtin_frame_address(0));
  a.generator = g;
  int32_t result;
  {
    Linked linked(a);
    result = execute(a, code.resumePoints[krt_generator_state(g)], sent, out);
  }
  if (result == kResumeYield) {
    for (uint32_t r : code.emptied[krt_generator_state(g)]) registers[r] = Value();
    memcpy(static_cast<void*>(slots), registers, bytes);
    g->site = a.site;
  }
  krt_frame_leave();
  return result;
}

// Machine entries by number of parameters.
template <size_t> using Word = Value;
template <size_t... I> Value entryOf(FunctionObject* f, Word<I>... words) {
  Value argv[sizeof...(I) + 1] = {words...};
  return invokeFunction(f, argv);
}
template <size_t... I> void* entryAddress(std::index_sequence<I...>) {
  return reinterpret_cast<void*>(&entryOf<I...>);
}
constexpr size_t kMaxEntryParams = 12;
template <size_t... N> void* entryFor(uint32_t params, std::index_sequence<N...>) {
  static void* const table[] = {entryAddress(std::make_index_sequence<N>())...};
  return params < sizeof...(N) ? table[params] : nullptr;
}

} // namespace

void bindEntries(CodeInfo& info) {
  info.entry = entryFor(info.paramCount, std::make_index_sequence<kMaxEntryParams + 1>());
  info.invoke = invokeFunction;
  info.resume = resumeGenerator;
}

bool isInterpreted(const CodeInfo* info) { return info->invoke == invokeFunction; }

} // namespace krait::ir::interp
